/** Makes the calls of the older protocol: decided, held or sent like every other call, and told in one form. */
import type { Approvals } from "../approvals.js";
import type { Call, Gatekeeper, Outcome } from "../gatekeeper.js";
import type { Forwarded, Forwarding } from "../proxy/forwarding.js";
import { Refusal } from "../reply.js";
import type { Store } from "../store/store.js";
import type { HeldCalls } from "./held-calls.js";
import { credentialHeader, type Identity } from "./identity.js";
import { type ReadAnswer, readAnswer } from "./upstream-answer.js";

/** The upstream has this long for all of its answer. A client that leaves does not end a call: half a call is none that is known. */
const LONGEST_CALL_MS = 300_000;

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
  answer?: ReadAnswer;
  /** Why it was not, or why there is no answer. */
  failure?: Refusal;
}

/** What calls are made with. */
export interface LegacyCallParts {
  forwarding: Forwarding;
  gatekeeper: Gatekeeper;
  approvals: Approvals;
  store: Store;
  held: HeldCalls;
}

/** Makes calls. */
export class LegacyCalls {
  constructor(private readonly parts: LegacyCallParts) {}

  /** Decides a call and makes it; what waits for a person is kept. Throws the 409 of an approval that cannot be used. */
  async make(planned: PlannedCall): Promise<MadeCall> {
    const { call, tool, identity } = planned;
    const header = credentialHeader(tool, identity);
    const sending = { key: undefined, signal: AbortSignal.timeout(LONGEST_CALL_MS), added: header ? [header] : [] };
    let forwarded: Forwarded;
    try {
      forwarded = await this.parts.forwarding.forward(call, sending);
    } catch (error) {
      if (!(error instanceof Refusal) || error.status === 409) throw error;
      return { call, outcome: await this.parts.gatekeeper.refuse(call, error.code), failure: error };
    }
    const { outcome } = forwarded;
    if (forwarded.kind === "held" && outcome.approval) await this.parts.held.keep(outcome.approval.id, planned);
    const made: MadeCall = { call, outcome };
    if (forwarded.kind === "sent") made.answer = await readAnswer(forwarded.answer);
    if (forwarded.kind === "failed") made.failure = forwarded.failure;
    // Until here nobody could say how the call has ended.
    if (outcome.usedApproval !== undefined) await this.parts.store.legacy.heldCalls.end(outcome.usedApproval);
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
    const approval = await approvals.find(approvalId);
    const planned = await held.open(approval, identity, agentId);
    return this.make(planned);
  }
}
