// A gateway that does what a test tells it to, and keeps what it was asked.

import { approvalPath, type Held, heldBy, status } from "./held.js";
import { formsOf, type Leak } from "./leaks.js";
import { type Listening, listen } from "./loopback.js";
import { type ApprovalState, answer, type Deed, type Fault, faulty, isRaw, type RawStep, raw, type ScanStep } from "./steps.js";
import { performed, type Sent, sentBy } from "./transport.js";

/** Options of a `ScriptedGateway`. */
export interface ScriptedGatewayOptions {
  /** Answers every scan for which there is no step. Default `{ decision: "ALLOW" }`. */
  otherwise?: ScanStep | RawStep | Fault;
  /** What `fetch` gives the calls to, that are not for the gateway. Default: an empty answer of status 200, without a network. */
  destination?: typeof globalThis.fetch;
}

/** A question that the gateway was asked. */
export interface GatewayRequest {
  method: string;
  /** Below the gateway's URL: `/v1/scan`. */
  path: string;
  /** Names in lower case. */
  headers: Record<string, string>;
  body: string;
}

/** The URL of a gateway that does not listen. Nothing answers there. */
const NOWHERE = "https://gateway.test";

/**
 * A gateway for tests. It decides nothing by itself: scans are answered by the steps that `scan` was given, in order, then
 * by `otherwise`. Approvals are bound to the digest of their call and are used once, as with a real gateway.
 *
 * @example
 * const gateway = new ScriptedGateway();
 * gateway.scan({ decision: "REQUIRE_APPROVAL", approval: { outcome: "approved", afterPolls: 2 } });
 * const client = new IntervenClient({ gatewayUrl: gateway.url, fetch: gateway.fetch, clock: new FakeClock() });
 */
export class ScriptedGateway {
  readonly #otherwise: ScanStep | RawStep | Fault;
  readonly #destination: typeof globalThis.fetch;
  readonly #scans: (ScanStep | RawStep | Fault)[] = [];
  readonly #polls: (ApprovalState | RawStep | Fault)[] = [];
  readonly #consumes: (RawStep | Fault)[] = [];
  readonly #held = new Map<string, Held>();
  #listening: Listening | undefined;
  /** Everything that it was asked, in order. */
  readonly requests: GatewayRequest[] = [];
  /** Every call that went to a destination through `fetch`, in order: as it was sent. */
  readonly sent: Sent[] = [];

  constructor({ otherwise = { decision: "ALLOW" }, destination }: ScriptedGatewayOptions = {}) {
    this.#otherwise = otherwise;
    this.#destination = destination ?? (async () => new Response());
  }

  /** For the client's option `gatewayUrl`. */
  get url(): string {
    return this.#listening?.url ?? NOWHERE;
  }

  /** The bodies of the scans that it was asked for, in order. */
  get scans(): Record<string, unknown>[] {
    return this.requests.filter(({ path }) => path === "/v1/scan").map(({ body }) => JSON.parse(body));
  }

  /** For the client's option `fetch`. Calls to the gateway stay in the process; all others go to `destination`. */
  readonly fetch: typeof globalThis.fetch = async (input, init) => {
    const request = await sentBy(input, init);
    if (!request.url.startsWith(`${this.url}/`)) {
      this.sent.push(request);
      return this.#destination(input, init);
    }
    const body = new TextDecoder().decode(request.body);
    return performed(this.#answered({ ...request, path: request.url.slice(this.url.length), body }), init?.signal ?? undefined);
  };

  /** Answers to the next scans, in order. */
  scan(...steps: (ScanStep | RawStep | Fault)[]): this {
    this.#scans.push(...steps);
    return this;
  }

  /** Answers to the next questions about an approval, in order, before what its own script says. */
  poll(...steps: (ApprovalState | RawStep | Fault)[]): this {
    this.#polls.push(...steps);
    return this;
  }

  /** Answers to the next attempts to use an approval, in order, before what is right. */
  consume(...steps: (RawStep | Fault)[]): this {
    this.#consumes.push(...steps);
    return this;
  }

  /**
   * Listens on a free loopback port, on Node, Deno and Bun; `url` is then the one of that port, and `fetch` is not needed.
   *
   * @throws {Error} where a runtime has no sockets to listen with.
   */
  async listen(): Promise<void> {
    this.#listening ??= await listen((request) => this.#answered(request));
  }

  /** Stops listening, and cuts off what hangs. */
  async close(): Promise<void> {
    const listening = this.#listening;
    this.#listening = undefined;
    listening?.close();
  }

  /**
   * Where any of these values is in what the gateway was asked: as it is, with JSON's escapes, in percent escapes, in hex or
   * in base64. The `authorization` header is not looked at: there the client's own key belongs.
   */
  leaksOf(...values: string[]): Leak[] {
    return this.requests.flatMap(({ method, path, headers, body }) => {
      const { authorization: _, ...others } = headers;
      const parts = Object.entries({ path, headers: Object.entries(others).flat().join("\n"), body });
      return parts.flatMap(([part, text]) =>
        values.flatMap((value, index) =>
          formsOf(value, text).map((form): Leak => ({ index, form, where: `${method} ${path.split("?")[0]} ${part}` })),
        ),
      );
    });
  }

  #answered({ method, path, headers, body }: GatewayRequest): Deed {
    this.requests.push({ method, path, headers, body });
    if (method === "GET" && path === "/health") return answer({ status: "ok" });
    if (method === "POST" && path === "/v1/scan") return this.#scanned(body);
    const approval = approvalPath(path);
    const held = approval && this.#held.get(approval.id);
    if (held && method === "GET" && approval.endpoint === "status") return this.#polled(held);
    if (held && method === "POST" && approval.endpoint === "consume") return this.#consumed(held, body);
    return answer({ error: { code: "NOT_FOUND" } }, 404);
  }

  #scanned(body: string): Deed {
    const step = this.#scans.shift() ?? this.#otherwise;
    const common = { risk_score: 0, risk_band: "LOW", reason_codes: [], trace_id: crypto.randomUUID() };
    if (typeof step !== "object") return faulty(step, { decision: "ALLOW", ...common });
    if (isRaw(step)) return raw(step);
    const { decision, riskScore = 0, reasonCodes = [], sanitizedBody, approval } = step;
    const said: Record<string, unknown> = { ...common, decision, risk_score: riskScore, reason_codes: reasonCodes };
    if (sanitizedBody !== undefined) said.sanitized_body = sanitizedBody;
    if (decision === "REQUIRE_APPROVAL") {
      const held = heldBy(body, approval, this.#held.size + 1);
      this.#held.set(held.id, held);
      said.approval_id = held.id;
    }
    return answer(said);
  }

  #polled(held: Held): Deed {
    const step = this.#polls.shift();
    const allowing = { approval_id: held.id, status: "approved" };
    if (step === undefined) return answer({ ...allowing, status: status(held) });
    if (isRaw(step)) return raw(step);
    if (step === "executed") held.used = true;
    if (isState(step)) return answer({ ...allowing, status: step });
    return faulty(step, allowing);
  }

  #consumed(held: Held, body: string): Deed {
    const step = this.#consumes.shift();
    const done = { approval_id: held.id, status: "executed" };
    if (isRaw(step)) return raw(step);
    if (step !== undefined) return faulty(step, done);
    const { request_digest: digest, holder } = JSON.parse(body) as { request_digest?: unknown; holder?: unknown };
    if (held.digest === undefined || digest !== held.digest) return answer({ error: { code: "DIGEST_MISMATCH" } }, 409);
    const before = held.used && (holder === undefined || holder !== held.holder);
    if (before) return answer({ error: { code: "APPROVAL_ALREADY_EXECUTED" } }, 409);
    Object.assign(held, { used: true, holder });
    return answer(done);
  }
}

const STATES: readonly unknown[] = ["pending", "approved", "denied", "expired", "executed"] satisfies ApprovalState[];
const isState = (step: unknown): step is ApprovalState => STATES.includes(step);
