// What a scripted gateway can be told to do, and the answers that come of it.

import type { Decision } from "../types.js";

/** A decision, as an answer to a scan. */
export interface ScanStep {
  decision: Decision;
  /** Default none. */
  reasonCodes?: string[];
  /** 0 to 1. Default 0. */
  riskScore?: number;
  /** What is to be sent instead: JSON of the same shape as the body that the scan holds. */
  sanitizedBody?: unknown;
  /** For `REQUIRE_APPROVAL`: what becomes of it. Default: a person approves it before the first question. */
  approval?: ApprovalScript;
}

/** What becomes of an approval. */
export interface ApprovalScript {
  /** `pending` is never decided, `executed` was used by somebody else. */
  outcome: ApprovalState;
  /** Questions that are answered `pending` before. Default 0. */
  afterPolls?: number;
}

/** The states of an approval. */
export type ApprovalState = "pending" | "approved" | "denied" | "expired" | "executed";

/** An answer as it is written. */
export interface RawStep {
  /** Default 200. */
  status?: number;
  headers?: Record<string, string>;
  /** Text and bytes as they are, anything else as JSON. */
  body: unknown;
}

/**
 * What goes wrong:
 *
 * - `refused`: no connection; `reset`: the answer breaks off in its body; `hang`: no answer, until the caller gives up
 * - `redirect`: a redirect to another host; a number: an answer of that status, whose body allows everything
 * - `empty`, `not-json`, `unknown-decision`, `wrong-id`: an answer of status 200 that is none
 */
export type Fault = "refused" | "reset" | "hang" | "redirect" | "empty" | "not-json" | "unknown-decision" | "wrong-id" | number;

/** Internal to this entry: what the transport does. */
export type Deed =
  | { deed: "answer"; status: number; headers: Record<string, string>; body: Uint8Array<ArrayBuffer> }
  | { deed: "refuse" | "break" | "hang" };

const encoder = new TextEncoder();

/** An answer in JSON. */
export function answer(value: unknown, status = 200, headers: Record<string, string> = {}): Deed {
  const opaque = typeof value === "string" || value instanceof Uint8Array;
  const bytes = value instanceof Uint8Array ? value.slice() : encoder.encode(opaque ? String(value) : JSON.stringify(value));
  return { deed: "answer", status, headers: { "content-type": "application/json", ...headers }, body: bytes };
}

/** What a fault does; `allowing` is the answer that would let everything through. */
export function faulty(fault: Fault, allowing: Record<string, unknown>): Deed {
  switch (fault) {
    case "refused":
      return { deed: "refuse" };
    case "reset":
      return { deed: "break" };
    case "hang":
      return { deed: "hang" };
    case "redirect":
      return answer("", 307, { location: "https://elsewhere.test/" });
    case "empty":
      return answer("");
    case "not-json":
      return answer("<html><body>Service temporarily available</body></html>", 200, { "content-type": "text/html" });
    case "unknown-decision":
      return answer({ ...allowing, decision: "PERMIT", status: "permitted" });
    case "wrong-id":
      return answer({ ...allowing, decision: "REQUIRE_APPROVAL", approval_id: "../../v1/keys" });
    default:
      return answer(allowing, fault);
  }
}

/** Internal to this entry: true for what is written as it is. */
export const isRaw = (step: unknown): step is RawStep => typeof step === "object" && step !== null && "body" in step;

/** An answer as it was written by the test. */
export const raw = ({ status, headers, body }: RawStep): Deed => answer(body, status, headers);
