/** Calls of clients that wait for a person at the other gateway: their state is asked for there, and their approval used there. */
import { answered, askOnce } from "../../gateway-json.js";
import type { Settings } from "../../options.js";
import type { Call } from "../call.js";
import { Refusal } from "../reply.js";

/** One call. */
export interface HeldCall {
  agentLabel: string;
  /** As the other gateway knows the call. */
  digest: string;
  /** As the client knows it; a client that states none scans again instead. */
  clientDigest: string | undefined;
  traceId: string;
  method: string;
}

/** Approvals at the other gateway that are remembered, and for how long. */
const MOST_HELD = 10_000;
const LONGEST_MS = 86_400_000;

/** What is told of an approval, under the names of the API. */
const TOLD = ["status", "decision", "decided_at", "expires_at", "remaining_seconds", "poll_guidance"];

/** Remembered while the gateway runs: after a restart the client scans again. */
export class HeldCalls {
  readonly #calls = new Map<string, HeldCall & { at: number }>();

  constructor(private readonly settings: Settings) {}

  /** Remembers a call of a client. */
  add({ approvalId, digest }: { approvalId: string; digest: string }, call: Call, now: number): void {
    this.#calls.delete(approvalId);
    const { agentLabel, clientDigest, traceId } = call;
    this.#calls.set(approvalId, { agentLabel, digest, clientDigest, traceId, method: call.request.method, at: now });
    for (const [id, { at }] of this.#calls) {
      if (this.#calls.size <= MOST_HELD && at > now - LONGEST_MS) break;
      this.#calls.delete(id);
    }
  }

  /** The call of an approval. */
  find(approvalId: string): HeldCall | undefined {
    return this.#calls.get(approvalId);
  }

  /** What the other gateway says of an approval. */
  async status(approvalId: string): Promise<Record<string, unknown>> {
    const told = await this.#ask("GET", `/v1/approvals/${approvalId}/status`, null);
    // A body that was changed there is of the call that was shown there: redacted more than the client's own.
    if (told.edited_version !== undefined && told.edited_version !== null)
      throw new Refusal(
        409,
        "EDIT_MISMATCH",
        "A person has changed the body. Scan the request again: the answer holds the new one.",
      );
    return { approval_id: approvalId, ...Object.fromEntries(TOLD.map((name) => [name, told[name] ?? null])) };
  }

  /** Uses an approval up; throws a 409 where that is not possible. */
  async consume(approvalId: string, { digest }: HeldCall): Promise<void> {
    const told = await this.#ask("POST", `/v1/approvals/${approvalId}/consume`, JSON.stringify({ request_digest: digest }));
    if (told.approval_id !== approvalId || told.status !== "executed") throw unclear();
    this.#calls.delete(approvalId);
  }

  async #ask(method: "GET" | "POST", path: string, body: string | null): Promise<Record<string, unknown>> {
    const answer = await askOnce(this.settings, { method, path, body, timeoutMs: this.settings.timeoutMs }, undefined).catch(
      () => {
        throw unclear();
      },
    );
    if (!answer) throw unclear();
    const { status } = answer;
    if (status === 429)
      throw new Refusal(429, "POLLED_TOO_FAST", "Poll an approval at most once in two seconds.", { "retry-after": "2" });
    if (status === 409)
      throw new Refusal(409, "APPROVAL_NOT_USABLE", "The other gateway does not let this approval be used. Ask for its status.");
    if (status !== 200) throw unclear();
    try {
      return answered(answer);
    } catch {
      throw unclear();
    }
  }
}

function unclear(): Refusal {
  return new Refusal(
    502,
    "GATEWAY_UNREACHABLE",
    "The gateway that decides this approval gives no answer that can be used. Try again.",
  );
}
