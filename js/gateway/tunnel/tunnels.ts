/**
 * Tunnels (`CONNECT`): what agents send in them is between them and the host, so that there is little to decide and all the
 * more to refuse. Only hosts that the administrator has named, at checked addresses, for agents that may act.
 */

import type { Admission } from "../agents/admission.js";
import { type AgentKeys, keyStatus } from "../agents/agent-keys.js";
import { ANONYMOUS } from "../agents/claimed-name.js";
import { type Call, newCall, type Outcome } from "../call.js";
import type { Gatekeeper } from "../gatekeeper.js";
import type { Mode } from "../options.js";
import { type AddressRules, checkedAddresses, refuseOwnNames } from "../proxy/addresses.js";
import { decisionHeaders, Refusal } from "../reply.js";
import type { AgentKey } from "../store/keys.js";
import type { Store } from "../store/store.js";
import { isAllowed, type TunnelHost, tunnelTarget } from "./hosts.js";
import { proxyCredentials } from "./proxy-credentials.js";

/** A `CONNECT` as it came. */
export interface TunnelRequest {
  /** The request target. */
  authority: string;
  headers: Headers;
  /** IP address of the peer; without it nobody gets a tunnel. */
  peerAddress?: string;
}

/** A tunnel that may be opened now. Whoever opens it must call `ended`, whatever happens. */
export interface Tunnel {
  port: number;
  /** Only these may be connected to. */
  addresses: readonly string[];
  idleMs: number;
  /** Aborts when the tunnel has to end. */
  signal: AbortSignal;
  /** Headers of the answer that opens it. */
  headers: Record<string, string>;
  ended(how: { sentBytes: number; receivedBytes: number }): Promise<void>;
}

/** How many tunnels there may be, and how long they may be silent. */
export interface TunnelLimits {
  /** Default 256. */
  most: number;
  /** Of one agent. Default 64. */
  mostPerAgent: number;
  /** Default 5 minutes. */
  idleMs: number;
}

/** Defaults of {@link TunnelLimits}. */
export const DEFAULT_TUNNEL_LIMITS: TunnelLimits = { most: 256, mostPerAgent: 64, idleMs: 300_000 };

/** What tunnels are decided with. */
export interface TunnelsParts {
  gatekeeper: Gatekeeper;
  admission: Admission;
  keys: AgentKeys;
  store: Store;
  addressRules: () => AddressRules;
  hosts: readonly TunnelHost[];
  limits: TunnelLimits;
  mode: Mode;
  now: () => number;
}

interface Open {
  agentLabel: string;
  key: AgentKey | undefined;
  cut: AbortController;
}

/** Tunnels of a gateway, decided and open. */
export class Tunnels {
  readonly #open = new Set<Open>();

  constructor(private readonly parts: TunnelsParts) {}

  /** Decides a request for a tunnel; throws a `Refusal`, which is recorded where an agent has asked. */
  async request(request: TunnelRequest): Promise<Tunnel> {
    const { hosts, mode } = this.parts;
    if (hosts.length === 0) {
      throw new Refusal(
        405,
        "TUNNELS_OFF",
        "This gateway opens no tunnels: it cannot see inside them. Call /proxy/<url> instead, or have its administrator allow a host with --connect HOST.",
        { allow: "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS" },
      );
    }
    refuseStrange(request.headers);
    const { key, agentId } = await this.#identify(request);
    const call = newCall({ method: "CONNECT", url: "", headers: [], body: new Uint8Array(0) }, agentId, "connect", mode);
    try {
      return await this.#decide(request.authority, call, key);
    } catch (error) {
      if (!(error instanceof Refusal) || error instanceof Settled) throw error;
      const { report } = await this.parts.gatekeeper.refuse(call, error.code);
      throw new Settled(error.status, error.code, error.message, marks(call, report));
    }
  }

  /** Ends the tunnels of an agent. */
  cut(agentLabel: string): void {
    for (const open of this.#open) if (open.agentLabel === agentLabel) open.cut.abort();
  }

  /** Ends tunnels whose agent was stopped, or whose key is good no more. */
  async sweep(): Promise<void> {
    const { store, now } = this.parts;
    for (const { agentLabel, key, cut } of this.#open) {
      const current = key && (await store.keys.findByPrefix(key.prefix));
      const over = key && (!current || ["revoked", "expired"].includes(keyStatus(current, now())));
      if (over || (await store.agents.isStopped(agentLabel))) cut.abort();
    }
  }

  /** Ends all tunnels. */
  close(): void {
    for (const { cut } of this.#open) cut.abort();
  }

  async #identify({ headers, peerAddress }: TunnelRequest): Promise<{ key: AgentKey | undefined; agentId: string }> {
    const { key: text, name } = proxyCredentials(headers);
    try {
      const key = await this.parts.keys.identify(text, peerAddress);
      return { key, agentId: key?.agentId ?? (name || ANONYMOUS) };
    } catch (error) {
      if (!(error instanceof Refusal) || error.status !== 401) throw error;
      if (error.code === "LOCAL_ONLY") throw new Refusal(403, error.code, error.message);
      const how = "As a proxy's password: HTTPS_PROXY=http://agent:<key>@<gateway>";
      throw new Refusal(407, error.code, `${error.message} ${how}`, { "proxy-authenticate": 'Basic realm="interven"' });
    }
  }

  async #decide(authority: string, call: Call, key: AgentKey | undefined): Promise<Tunnel> {
    const { gatekeeper, admission, addressRules, hosts } = this.parts;
    const { host, port, url } = tunnelTarget(authority);
    call.request.url = url.href;
    refuseOwnNames(url, addressRules());
    if (!isAllowed(hosts, host, port)) {
      throw new Refusal(
        403,
        "TUNNEL_NOT_ALLOWED",
        "The administrator of this gateway has not allowed tunnels to this host and port.",
      );
    }
    const open = this.#reserve(call, key);
    try {
      const refused = await admission.refusal(call, key);
      if (refused) throw this.#settled(call, refused);
      const verdict = await gatekeeper.decide(call);
      // There is nothing in a tunnel's name that could be replaced.
      if (verdict.decision === "SANITIZE" && call.mode === "enforce")
        throw this.#settled(call, await gatekeeper.refuse(call, "NOT_REDACTABLE"));
      // A host name is only looked up for a tunnel that goes there.
      const goes = call.mode === "monitor" || verdict.decision === "ALLOW";
      const checked = goes ? await checkedAddresses(url, addressRules()) : undefined;
      const outcome = await gatekeeper.settle(call, verdict);
      const { decision } = outcome.report;
      const passes = decision === "ALLOW" || (call.mode === "monitor" && !outcome.refused);
      if (!passes) throw this.#settled(call, outcome);
      const addresses = checked ?? (await checkedAddresses(url, addressRules()));
      return {
        ...{ port, addresses, idleMs: this.parts.limits.idleMs, signal: open.cut.signal },
        headers: marks(call, outcome.report),
        ended: (how) => this.#ended(open, call, how),
      };
    } catch (error) {
      this.#open.delete(open);
      throw error;
    }
  }

  #reserve({ agentLabel }: Call, key: AgentKey | undefined): Open {
    const { most, mostPerAgent } = this.parts.limits;
    const own = [...this.#open].filter((open) => open.agentLabel === agentLabel).length;
    if (this.#open.size >= most || own >= mostPerAgent) {
      throw new Refusal(503, "TOO_MANY_TUNNELS", "There are too many open tunnels. Close some, and try again.");
    }
    const open = { agentLabel, key, cut: new AbortController() };
    this.#open.add(open);
    return open;
  }

  async #ended(open: Open, call: Call, { sentBytes, receivedBytes }: Parameters<Tunnel["ended"]>[0]): Promise<void> {
    if (!this.#open.delete(open)) return;
    const { traceId: trace_id, agentLabel: agent_id } = call;
    const cut = open.cut.signal.aborted;
    const body = { actor: "gateway" as const, trace_id, agent_id, cut, sent_bytes: sentBytes, received_bytes: receivedBytes };
    await this.parts.store.recordEvent({ kind: "tunnel.closed", body }, this.parts.now());
  }

  /** The refusal of a call that is in the record. */
  #settled(call: Call, { report, approval }: Outcome): Settled {
    const codes = report.reason_codes.join(", ");
    if (!approval)
      return new Settled(403, report.reason_codes[0] ?? "DENY", `Blocked by interven: ${codes}.`, marks(call, report));
    return new Settled(
      403,
      "APPROVAL_REQUIRED",
      `Held by interven: a person must approve this tunnel; then ask for it again. Approval ${approval.id}: ${approval.url}`,
      marks(call, report),
    );
  }
}

/** A refusal that is in the record already. */
class Settled extends Refusal {}

function marks(call: Call, report: Outcome["report"]): Record<string, string> {
  return decisionHeaders(report.decision, call.traceId, report.reason_codes);
}

/** No agent sends these: pages do, and whoever wants a request to be two. */
function refuseStrange(headers: Headers): void {
  if (headers.has("origin") || headers.has("sec-fetch-site"))
    throw new Refusal(403, "ORIGIN_NOT_ALLOWED", "Tunnels are for agents, not for pages.");
  if (!["0", null].includes(headers.get("content-length")) || headers.has("transfer-encoding"))
    throw new Refusal(400, "INVALID_REQUEST", "CONNECT has no body.");
}
