/** Calls that wait for a person, sealed so that exactly their bytes can be sent then. */
import { base64url, fromBase64url } from "../../encoding.js";
import { hashCredential, sameHash } from "../admin.js";
import { notFound, whyNotConsumable } from "../approval-refusals.js";
import { recordedLabel } from "../recorded.js";
import { Refusal } from "../reply.js";
import type { Approval, Store } from "../store/store.js";
import type { Vault } from "../vault/vault.js";
import type { PlannedCall } from "./calls.js";
import type { Identity } from "./identity.js";

/** What is sealed. Of the credential only a hash: it is given again when the call is made. */
interface KeptCall {
  agentId: string;
  traceId: string;
  source: "invoke" | "mcp";
  runtimeType: string | undefined;
  tool: string;
  method: string;
  url: string;
  vendorUrl: string | undefined;
  headers: [string, string][];
  body: string;
  /** Absent where the agent gave none. */
  credential?: string;
}

/** Keeps and opens calls. */
export class HeldCalls {
  constructor(
    private readonly store: Store,
    private readonly vault: Vault,
    private readonly now: () => number,
  ) {}

  /** Keeps the call of an approval. */
  async keep(approvalId: string, { call, tool, identity }: PlannedCall): Promise<void> {
    const { agentId, traceId, request } = call;
    const kept: KeptCall = {
      ...{ agentId, traceId, source: call.source as KeptCall["source"], runtimeType: call.context?.runtimeType, tool },
      ...{ method: request.method, url: request.url, vendorUrl: call.vendorUrl },
      ...{ headers: request.headers, body: base64url(request.body) },
      ...(identity.token === "" ? {} : { credential: await credentialHash(identity) }),
    };
    const sealed = await this.vault.seal(JSON.stringify(kept), placeOf(approvalId));
    await this.store.legacy.heldCalls.hold(approvalId, sealed, this.now());
  }

  /** The call of an approval, to be made with it; throws where it may not be. */
  async open(approval: Approval, identity: Identity, agentId: string | undefined): Promise<PlannedCall> {
    if (agentId !== undefined && recordedLabel(agentId) !== approval.agentId) throw notFound();
    const row = await this.store.legacy.heldCalls.find(approval.id);
    if (approval.status === "executed" && row) throw new Refusal(409, "OUTCOME_UNKNOWN", UNKNOWN);
    if (approval.status !== "approved") throw whyNotConsumable(approval, approval.digest, null, false);
    if (!row?.sealed) throw new Refusal(409, "CALL_NOT_HELD", NOT_HELD);
    const kept = JSON.parse(await this.vault.open(row.sealed, placeOf(approval.id))) as KeptCall;
    await this.#requireOwner(kept, identity, agentId);
    const { tool, traceId, source, runtimeType, method, url, vendorUrl, headers } = kept;
    return {
      tool,
      identity,
      call: {
        request: { method, url, headers, body: fromBase64url(kept.body) },
        ...{ agentId: kept.agentId, agentLabel: recordedLabel(kept.agentId), traceId, source },
        // What a person has approved is what is sent, redactions included.
        mode: "enforce",
        approvalId: approval.id,
        ...(vendorUrl === undefined ? {} : { vendorUrl }),
        ...(runtimeType === undefined ? {} : { context: { runtimeType } }),
      },
    };
  }

  async #requireOwner(kept: KeptCall, identity: Identity, agentId: string | undefined): Promise<void> {
    if (kept.credential === undefined && agentId === undefined) throw new Refusal(401, "SIGNATURE_REQUIRED", UNSIGNED);
    const given = identity.token === "" ? undefined : await credentialHash(identity);
    const same = kept.credential === undefined ? given === undefined : sameHash(given ?? "", kept.credential);
    if (!same) throw new Refusal(403, "CREDENTIAL_MISMATCH", OTHER_CREDENTIAL);
  }
}

const credentialHash = ({ type, token }: Identity) => hashCredential(`${type} ${token}`);
const placeOf = (approvalId: string) => `held_calls/${approvalId}/sealed`;

const UNKNOWN =
  "The approval was used, and it is not known how the call has ended: it is under way, or the gateway stopped in the middle of it. Look at the tool before you ask for it again.";
const NOT_HELD =
  "The gateway does not hold the call of this approval. Ask for exactly the same call again: the approval counts for it.";
const UNSIGNED =
  "The call was asked for without a credential, so only its agent's signature shows whose it is: send X-AIF-Agent-ID and X-AIF-Signature, or ask for the same call again.";
const OTHER_CREDENTIAL = "The call was asked for with another credential. Give the same one, or ask for the call anew.";
