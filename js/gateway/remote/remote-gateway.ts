/**
 * Another gateway that is asked about every call as well. The client's own machine asks it: the stricter decision holds, its
 * redactions are made, it is shown no secret and no personal data, and a person who is needed is asked there.
 */
import type { Outcome } from "../../core/outcome.js";
import { decide } from "../../decide.js";
import type { Engine } from "../../engine.js";
import { ConfigurationError } from "../../errors.js";
import { localVerdict } from "../../local-verdict.js";
import { type ClientOptions, type Settings, settle } from "../../options.js";
import type { LocalVerdict, WireRequest } from "../../types.js";
import type { Call } from "../call.js";
import { Refusal } from "../reply.js";
import { deniedVerdict } from "../reports.js";
import { HeldCalls } from "./held-calls.js";

/** How the other gateway is reached: options of a client, with the same meaning. */
export type RemoteOptions = Pick<ClientOptions, "apiKey" | "gatewayUrl" | "failMode" | "timeoutMs" | "maxRetries" | "fetch">;

/** Names the gateways that a question has come through. */
const GATEWAYS_HEADER = "x-interven-gateways";
/**
 * Says there what a call is set apart by, such as the credential that is added to it: so that a person sees it, and an
 * approval of the same call without it is another. It is part of the question alone.
 */
const APART_HEADER = "interven-approved-for";
/** Gateways that ask each other in a row. */
const MOST_GATEWAYS = 4;
/** What is over: the call needs another approval. */
const OVER = ["APPROVAL_EXPIRED", "APPROVAL_USED"];

/** A verdict that has the other gateway's word in it. `approvalId` is of an approval there, while that is waited for. */
export interface RemoteVerdict extends LocalVerdict {
  approvalId?: string;
}

/** The engine of the moment. */
type Begins = Pick<Engine, "begin" | "decideHere">;

/** The other gateway. */
export class RemoteGateway {
  readonly #settings: Settings & { gatewayUrl: string };
  readonly #id = crypto.randomUUID();
  readonly held: HeldCalls;

  /** @throws {ConfigurationError} for an option that cannot be used, or without any. */
  constructor(options: RemoteOptions) {
    const settings = settle({ ...options, env: {} });
    const { gatewayUrl } = settings;
    if (gatewayUrl === undefined) throw new ConfigurationError("Asking another gateway needs its gatewayUrl, or an apiKey.");
    this.#settings = { ...settings, gatewayUrl };
    this.held = new HeldCalls(this.#settings);
  }

  /** Where it is. */
  get url(): string {
    return this.#settings.gatewayUrl;
  }

  /** Where a person decides. */
  approvalUrl(id: string): string {
    return `${this.url}/#approval=${id}`;
  }

  /** The gateways that a question has come through; throws a 421 where this one is among them. */
  hops(headers: Headers): string[] {
    const hops = (headers.get(GATEWAYS_HEADER) ?? "").split(",").filter(Boolean);
    if (!hops.includes(this.#id) && hops.length < MOST_GATEWAYS) return hops;
    throw new Refusal(
      421,
      "GATEWAY_LOOP",
      "Gateways ask each other in a circle, or too many in a row. Start one of them without --gateway-url.",
    );
  }

  /** What both gateways make of a call. A call that a person has approved there comes back as one that may go, once. */
  async decide(engine: Begins, call: Call, now: number, signal: AbortSignal | undefined): Promise<RemoteVerdict> {
    const first = await this.#ask(engine, call, now, signal, undefined);
    const asked = waiting(first);
    if (!asked) return final(first, call);
    // Its state may be asked for once in two seconds: not by whoever has only just begun to wait.
    const isNew = this.held.find(asked.approvalId) === undefined;
    this.held.add(asked, call, now);
    if (isNew) return final(first, call);
    // It may be approved by now, and is then used up for exactly this call.
    const second = await this.#ask(engine, call, now, signal, asked);
    if (second.cause !== undefined && OVER.includes(second.cause))
      return final(await this.#ask(engine, call, now, signal, undefined), call);
    return final(second, call);
  }

  async #ask(
    engine: Begins,
    call: Call,
    now: number,
    signal: AbortSignal | undefined,
    resume: { approvalId: string; digest: string } | undefined,
  ): Promise<Outcome> {
    const { floor, claimed, runtimeType } = call.context ?? {};
    const known = { agent: call.agentId, time_ms: now, floor, claimed, runtime: runtimeType };
    const hops = [...(call.hops ?? []), this.#id].join();
    const settings = { ...this.#settings, fetch: through(this.#settings.fetch, hops) };
    const own = { ...known, wait: false, ...(resume ? { resume } : {}) };
    const { request, approvedFor } = call;
    if (approvedFor === undefined) return decide(settings, engine, request, own, signal);
    const marked: WireRequest = { ...request, headers: [...request.headers, [APART_HEADER, approvedFor]] };
    const outcome = await decide(settings, engine, marked, own, signal);
    if (outcome.request) {
      const headers = outcome.request.headers.filter(([name]) => name !== APART_HEADER);
      outcome.request = { ...outcome.request, headers };
    }
    return outcome;
  }
}

/** The approval that a call waits for, and what it was asked for with. */
function waiting({ forward, report, approvalId, asked }: Outcome): { approvalId: string; digest: string } | undefined {
  if (forward || report.decision !== "REQUIRE_APPROVAL" || approvalId === undefined || asked === undefined) return undefined;
  return { approvalId, digest: asked };
}

/** An outcome that is neither sent nor waited for is a refusal, whatever else it says. */
function final(outcome: Outcome, { request }: Call): RemoteVerdict {
  const approval = waiting(outcome);
  if (outcome.forward || outcome.report.decision === "DENY") return localVerdict(outcome, request);
  if (approval) return Object.assign(localVerdict(outcome, request), { approvalId: approval.approvalId });
  const codes = [...outcome.report.reason_codes, outcome.cause ?? "APPROVAL_UNAVAILABLE"];
  return deniedVerdict({ ...outcome.report, decision: "DENY", reason_codes: [...new Set(codes)], digest: null });
}

function through(fetch: Settings["fetch"], hops: string): Settings["fetch"] {
  return (input, init) =>
    fetch(input, { ...init, headers: { ...(init?.headers as Record<string, string>), [GATEWAYS_HEADER]: hops } });
}
