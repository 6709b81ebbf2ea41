/**
 * One call from the request to the upstream's answer: admitted, decided, its addresses checked, recorded, and only then
 * sent, exactly as the verdict holds it. Whatever makes calls for agents makes them here.
 */
import type { WireRequest } from "../../types.js";
import type { Admission } from "../agents/admission.js";
import type { Call, Outcome } from "../call.js";
import type { Gatekeeper } from "../gatekeeper.js";
import { Refusal } from "../reply.js";
import type { AgentKey } from "../store/keys.js";
import { type AddressRules, checkedAddresses } from "./addresses.js";
import type { Abort, UpstreamAnswer, Upstreams } from "./upstream.js";

/** What became of a call. */
export type Forwarded =
  /** Nothing was sent: DENY, or REQUIRE_APPROVAL with the approval that it waits for. */
  | { kind: "denied"; outcome: Outcome }
  | { kind: "held"; outcome: Outcome }
  | { kind: "sent"; outcome: Outcome; answer: UpstreamAnswer; request: WireRequest; target: URL }
  /** Decided and recorded as sent, and there is no answer: the upstream may have acted on it. */
  | { kind: "failed"; outcome: Outcome; failure: Refusal };

/** How a call is sent. */
export interface Sending {
  /** The key of the agent whose call it is. */
  key: AgentKey | undefined;
  /** Ends the call. */
  signal: Abort;
  /** Headers that the gateway adds after the decision, such as a credential that it holds. They replace the call's own. */
  added?: readonly (readonly [string, string])[];
  /** Whether the call may still go to this URL, which redaction may have changed within its origin. Default: it may. */
  allows?: (target: URL) => boolean;
}

/** What calls are forwarded with. */
export interface ForwardingParts {
  gatekeeper: Gatekeeper;
  admission: Admission;
  upstreams: Upstreams;
  addressRules: () => AddressRules;
}

/** Decides calls and sends them. */
export class Forwarding {
  constructor(private readonly parts: ForwardingParts) {}

  /** Throws a `Refusal` for what no policy is asked about, which is not recorded yet: a bad address, a used-up key, an end before the sending. */
  async forward(call: Call, sending: Sending): Promise<Forwarded> {
    const { gatekeeper, admission, addressRules } = this.parts;
    const refused = await admission.refusal(call, sending.key);
    if (refused) return { kind: "denied", outcome: refused };
    const url = new URL(call.request.url);
    const monitored = call.mode === "monitor";
    const verdict = await gatekeeper.decide(call, sending.signal instanceof AbortSignal ? sending.signal : undefined);
    // A host name is only looked up for a call that goes there: the question itself leaves this machine.
    const goes = monitored || verdict.decision === "ALLOW" || verdict.decision === "SANITIZE";
    const checked = goes ? await checkedAddresses(url, addressRules()) : undefined;
    // No approval is used up, and nothing is recorded as sent, for whoever waits no more.
    refuseLeft(sending.signal);
    const outcome = await gatekeeper.settle(call, verdict);
    const { decision } = outcome.report;
    if (outcome.refused) return { kind: "denied", outcome };
    if (!monitored && decision === "REQUIRE_APPROVAL") return { kind: "held", outcome };
    const request = monitored ? call.request : outcome.verdict.forward;
    if (!request || (!monitored && decision === "DENY")) return { kind: "denied", outcome };

    // A held call that has just used an approval up was not looked up before.
    const addresses = checked ?? (await checkedAddresses(url, addressRules()));
    refuseLeft(sending.signal);
    // Redaction may have touched the path or the query, never the origin that was checked.
    const target = new URL(request.url);
    if (target.origin !== url.origin || sending.allows?.(target) === false)
      return { kind: "denied", outcome: await gatekeeper.refuse(call, "GATEWAY_INTERNAL_ERROR") };
    try {
      const answer = await this.parts.upstreams.send(withAdded(request, sending.added), target, addresses, sending.signal);
      return { kind: "sent", outcome, answer, request, target };
    } catch (error) {
      if (error instanceof Refusal) return { kind: "failed", outcome, failure: error };
      throw error;
    }
  }
}

function refuseLeft({ aborted }: Abort): void {
  if (aborted) throw new Refusal(499, "CLIENT_LEFT", "The call was ended before it was sent. Nothing was sent.");
}

function withAdded(request: WireRequest, added: Sending["added"] = []): WireRequest {
  if (added.length === 0) return request;
  const names = new Set(added.map(([name]) => name.toLowerCase()));
  const kept = request.headers.filter(([name]) => !names.has(name.toLowerCase()));
  return { ...request, headers: [...kept, ...added.map(([name, value]): [string, string] => [name, value])] };
}
