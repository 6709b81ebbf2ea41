/** Makes the calls of the older protocol: decided, held or sent like every other call, and told in one form. */
import type { Approvals } from "../approvals.js";
import type { Call, Outcome } from "../call.js";
import type { Gatekeeper } from "../gatekeeper.js";
import type { Forwarded, Forwarding } from "../proxy/forwarding.js";
import { Refusal } from "../reply.js";
import type { Responses } from "../responses.js";
import type { Store } from "../store/store.js";
import { readAndRecord, type ToolAnswer, UNRECORDED } from "../tools/answer.js";
import { addedBy, type Credentials, heldBy, type OpenCredential } from "../tools/credentials.js";
import type { HeldCalls } from "./held-calls.js";
import { type Identity, ownCredential } from "./identity.js";

/** The upstream has this long for all of its answer. A client that leaves does not end a call: half a call is none that is known. */
const LONGEST_CALL_MS = 300_000;
/** Of headers in an agent's words: how the answer comes is the gateway's to say, which has to look at it. */
const OF_THE_GATEWAY = ["accept-encoding", "range", "if-range"];

/** A call, and what it is made with. */
export interface PlannedCall {
  call: Call;
  tool: string;
  identity: Identity;
}

/** What became of it. */
export interface MadeCall {
  call: Call;
  outcome: Outcome;
  /** Only where the call was made. */
  answer?: ToolAnswer;
  /** Why it was not made, or why there is no answer. */
  failure?: { code: string; message: string; status: number };
}

/** What calls are made with. */
export interface LegacyCallParts {
  forwarding: Forwarding;
  gatekeeper: Gatekeeper;
  approvals: Approvals;
  credentials: Credentials;
  /** Base of a tool's API: a credential that the gateway holds goes no higher. */
  baseOf: (tool: string) => string | undefined;
  responses: Responses;
  store: Store;
  held: HeldCalls;
}

/** Makes calls. */
export class LegacyCalls {
  constructor(private readonly parts: LegacyCallParts) {}

  /** Decides a call and makes it; what waits for a person is kept. Throws the 409 of an approval or a credential that cannot be used. */
  async make({ call: planned, tool, identity }: PlannedCall): Promise<MadeCall> {
    const own = ownCredential(tool, identity);
    const held = own ? undefined : await this.#held(tool, planned.request.url);
    const credential = own ?? held;
    const marks = own ? { approvedFor: `own:${own.tool}` } : heldBy(held);
    const call = { ...planned, request: withoutOwnHeaders(planned, credential), ...marks };
    let forwarded: Forwarded;
    try {
      const signal = AbortSignal.timeout(LONGEST_CALL_MS);
      forwarded = await this.parts.forwarding.forward(call, { key: undefined, signal, added: addedBy(credential) });
    } catch (error) {
      if (!(error instanceof Refusal) || error.status === 409) throw error;
      return { call, outcome: await this.parts.gatekeeper.refuse(call, error.code), failure: error };
    }
    const { outcome } = forwarded;
    if (forwarded.kind === "held" && outcome.approval) await this.parts.held.keep(outcome.approval.id, { call, tool, identity });
    const made: MadeCall = { call, outcome };
    if (forwarded.kind === "failed") made.failure = forwarded.failure;
    if (forwarded.kind === "sent") await this.#read(made, forwarded, credential);
    if (held && "request" in forwarded) await this.parts.credentials.used(held.tool);
    // Until here nobody could say how the call has ended; where this cannot be written, nobody will. The call was made all the same.
    if (outcome.usedApproval !== undefined) await this.parts.store.legacy.heldCalls.end(outcome.usedApproval).catch(() => {});
    return made;
  }

  /**
   * Makes the call of an approval. `agentId` is who has signed the request; older clients sign none, and show that the
   * approval is theirs by the credential that the call was asked for with.
   *
   * @throws {Refusal} 404 for an approval that is not the asker's, 401 where neither signature nor credential shows whose it
   * is, 403 for another credential, 409 where it cannot be used.
   */
  async execute(approvalId: string, identity: Identity, agentId: string | undefined): Promise<MadeCall> {
    const { approvals, held } = this.parts;
    return this.make(await held.open(await approvals.find(approvalId), identity, agentId));
  }

  /** The gateway's own credential for the tool, where it holds one for this URL. */
  async #held(tool: string, url: string): Promise<OpenCredential | undefined> {
    const base = this.parts.baseOf(tool);
    if (base === undefined) return undefined;
    const held = await this.parts.credentials.open(tool, new URL(url).origin);
    return url.startsWith(`${base}/`) ? held : undefined;
  }

  async #read(made: MadeCall, { answer }: Forwarded & { kind: "sent" }, credential: OpenCredential | undefined): Promise<void> {
    const read = await readAndRecord(answer, credential, made.call, this.parts.responses);
    if (read === "broken off")
      made.failure = { status: 502, code: "UPSTREAM_FAILED", message: "The call was made; its answer broke off." };
    // Not 503: clients would ask for the call again, which was made.
    else if (read === "unrecorded") made.failure = { status: 500, code: "ANSWER_UNRECORDED", message: UNRECORDED };
    else made.answer = read;
  }
}

/** A person decides about the call without a second credential, which would not be sent either. */
function withoutOwnHeaders({ request }: Call, credential: OpenCredential | undefined): Call["request"] {
  const dropped = [...OF_THE_GATEWAY, ...(credential ? [credential.header.toLowerCase()] : [])];
  const headers = request.headers.filter(([name]) => !dropped.includes(name));
  return { ...request, headers: [...headers, ["accept-encoding", "identity"]] };
}
