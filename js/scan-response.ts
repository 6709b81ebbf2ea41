// What an agent is about to read, inspected.

import { isBytes } from "./bytes.js";
import type { Core } from "./core/instance.js";
import { placeTexts } from "./core/texts.js";
import { EngineError } from "./errors.js";
import { invalidRequest } from "./refusal.js";
import type { DataClass, Finding } from "./types.js";

/** A response, and the trace that it belongs to. */
export interface ResponseInput {
  /** Names the scan that the response answers; a later `read_then_write` names it as its source. */
  traceId: string;
  headers?: [name: string, value: string][];
  body: Uint8Array | string;
  /** Milliseconds since 1970. Default: now. */
  timeMs?: number;
}

/** What was found in a response. */
export interface ResponseReport {
  data_classes: DataClass[];
  /** How many findings a redaction would replace. */
  fields_redacted_count: number;
  /** The same for the same body, under the memory's key; null without a memory. */
  content_fingerprint: string | null;
  /** `injection_marker` where it gives orders to the agent. */
  signals: string[];
  findings: Finding[];
  coverage: { bytes: number; skipped: string[] };
}

const encoder = new TextEncoder();

export function scanResponse(core: Core, engine: number, memory: number, response: ResponseInput): ResponseReport {
  const { traceId, headers = [], body, timeMs = Date.now() } = response ?? {};
  if (typeof traceId !== "string" || !Array.isArray(headers) || !(typeof body === "string" || isBytes(body)))
    throw invalidRequest("A response must be an object with traceId, headers (pairs of strings) and body (text or bytes).");
  const bytes = typeof body === "string" ? encoder.encode(body) : body;
  const texts = [traceId, ...headers.flatMap(([name, value]) => [String(name), String(value)])];
  const text = core.run((glue) => {
    const { start, end } = placeTexts(core, glue, texts, bytes.length);
    core.memory().set(bytes, start + end);
    return glue.engineScanResponse(engine, memory, texts.length, end, bytes.length, timeMs);
  });
  if (text === undefined) throw new EngineError("The scanning engine could not read the response.");
  return JSON.parse(text) as ResponseReport;
}
