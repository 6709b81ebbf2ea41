// A decision about one call that its caller makes itself, with the body to make it with.

import { handedOver } from "./approvals/executed.js";
import { knownOptions } from "./checks.js";
import { amended } from "./core/outcome.js";
import { CALL_OPTIONS, type CallOptions, callOptions, sameHead } from "./decide-call.js";
import { IntervenBlockedError } from "./errors.js";
import type { Inside } from "./guarding-client.js";
import { normaliseUrl } from "./local-engine.js";
import { refusal } from "./refusal.js";
import { readInput, type ScanInput } from "./scan-input.js";
import { type ScanResult, sameForm, scanResult } from "./scan-result.js";
import type { Decision } from "./types.js";
import { Unsendable } from "./unsendable.js";

/** What the call is made of, beside its method and URL. */
export interface GateOptions extends CallOptions, Pick<ScanInput, "body" | "headers"> {}

/** The names of the options above. */
export const GATE_OPTIONS = [...CALL_OPTIONS, "body", "headers"] as const;

/** Whether to make a call, and with which body. */
export interface GateResult {
  /** True: make the call with `body`. False: do not make it. */
  proceed: boolean;
  decision: Decision;
  /**
   * What to send: what was scanned, or its redaction, in the form that `body` had. Never the caller's own object. Where
   * `proceed` is false, whatever tries to send it throws the refusal.
   */
  body: unknown;
  /** The redacted body, where something was redacted and the call may be made. */
  sanitizedBody: unknown;
  scan: ScanResult;
  /** Why not, for people; it holds no payload. */
  blockedReason: string | undefined;
  /** Whether a person was waited for. */
  approvalWaited: boolean;
}

/** Decides a call, and waits for a person where one is needed. */
export async function gate(inside: Inside, method: string, url: string | URL, options: GateOptions): Promise<GateResult> {
  knownOptions(options, GATE_OPTIONS);
  const { agentId, runtimeType, onPending = inside.settings.onPending, signal } = callOptions(options);
  const { body, headers } = options;
  const read = readInput({ method, url, headers, body, agentId, signal });
  const request = { ...read.request, url: normaliseUrl(read.request.url) };
  let approvalWaited = false;
  const deciding = {
    agent: read.agentId ?? inside.settings.agentId,
    runtime: runtimeType,
    floor: read.complete ? undefined : "DENY",
    onPending: (pending: Parameters<NonNullable<typeof onPending>>[0]) => {
      approvalWaited = true;
      return onPending?.(pending);
    },
  };
  const outcome = await inside.decide(request, deciding, read.signal);
  await handedOver(outcome);
  const scan = scanResult(read, outcome);
  const result = { decision: scan.decision, scan, approvalWaited };
  if (!outcome.forward || outcome.request === undefined) {
    const error = refusal(amended(outcome, { report: { ...outcome.report, reason_codes: scan.reasonCodes } }), request.method);
    return blocked(result, error);
  }
  // The caller sends to the URL it knows, with the headers it has: were those redacted, that would send what was not to be sent.
  if (!sameHead(outcome.request, request)) {
    const { decision, reasonCodes, raw, traceId } = scan;
    return blocked(result, new IntervenBlockedError(ELSEWHERE, { decision, reasonCodes, report: raw, traceId }));
  }
  const sent = body === undefined ? undefined : sameForm(read.body, outcome.request.body);
  return {
    ...result,
    proceed: true,
    body: sent,
    sanitizedBody: sent === undefined ? undefined : scan.sanitizedBody,
    blockedReason: undefined,
  };
}

const ELSEWHERE =
  "The URL or a header must be redacted as well, so the call must not be made as it is: call again with scan.sanitizedUrl, scan.sanitizedHeaders and scan.sanitizedBody, " +
  "or use client.fetch, which sends what was redacted.";

function blocked(result: Pick<GateResult, "decision" | "scan" | "approvalWaited">, error: IntervenBlockedError): GateResult {
  const whole = { ...result, proceed: false, body: undefined, sanitizedBody: undefined, blockedReason: error.message };
  // Not enumerable, so that the result itself can still be written and logged.
  return Object.defineProperty(whole, "body", { value: new Unsendable(error), enumerable: false });
}
