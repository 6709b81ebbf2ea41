// An answer of `fetch`, with its body inspected and redacted as it is read.

import type { Outcome } from "./core/outcome.js";
import type { Given, RedactorHandle, RedactorReport } from "./core/redactor-handle.js";
import { ConfigurationError, ResponseBlockedError } from "./errors.js";
import type { LocalEngine } from "./local-engine.js";
import { redactingStream, type Sieve, sourceOf } from "./redacting-stream.js";
import { withBody } from "./response-body.js";
import type { ResponseScan, ResponseSettings } from "./response-options.js";
import { isCompressed, looksLikeText, readingOf, SNIFFED } from "./response-reading.js";
import type { Finding } from "./types.js";

/** Takes an answer as it came, and gives it as the caller may have it. */
export type Receive = (response: Response, outcome: Outcome) => Response;

/** Findings that a report shows; it counts more. */
const MOST_FINDINGS = 1_000;
const BODILESS = new Set([101, 204, 205, 304]);
const EMPTY: RedactorReport = {
  data_classes: [],
  fields_redacted_count: 0,
  content_fingerprint: null,
  coverage: { bytes: 0, skipped: [] },
};

/** Makes what inspects the answers of a client; answers come as they are when `settings` has nothing to say. */
export function receiver(engine: LocalEngine, settings: ResponseSettings | undefined): Receive {
  if (settings === undefined) return (response) => response;
  if (!engine.readsResponses) throw new ConfigurationError("This entry reads no responses: scanResponses needs `interven`.");
  return (response, outcome) => {
    // What a page may not read, it cannot pass on either.
    if (response.status === 0) return response;
    const sieve = new ResponseSieve(engine, settings, response, outcome.traceId ?? crypto.randomUUID());
    try {
      sieve.headers(response.headers);
    } catch (error) {
      // Not awaited: a source may never say that it was cancelled.
      response.body?.cancel?.().catch(() => {});
      throw error;
    }
    // Chromium gives answers that can have no body an empty one.
    if (!response.body || BODILESS.has(response.status)) {
      sieve.end("complete", null);
      return response;
    }
    return withBody(response, redactingStream(sourceOf(response), sieve), () => sieve.error);
  };
}

class ResponseSieve implements Sieve {
  readonly #engine: LocalEngine;
  readonly #settings: ResponseSettings;
  readonly #scan: ResponseScan;
  readonly #contentType: string | null;
  readonly #coded: boolean;
  #redactor: RedactorHandle | undefined;
  /** What ended the answer. */
  error: unknown;
  /** The first bytes, until they have told what the rest is. */
  #first: Uint8Array[] = [];
  #waiting: number;

  constructor(engine: LocalEngine, settings: ResponseSettings, response: Response, traceId: string) {
    this.#engine = engine;
    this.#settings = settings;
    this.#contentType = response.headers.get("content-type");
    this.#coded = response.headers.has("content-encoding");
    const reading = readingOf(this.#contentType);
    this.#waiting = reading === "unsure" ? SNIFFED : this.#coded ? 4 : 0;
    const signals: string[] = [];
    this.#scan = {
      ...EMPTY,
      traceId,
      status: response.status,
      reading: "none",
      outcome: "complete",
      reason: null,
      signals,
      findings: [],
    };
    if (reading !== "unsure" && response.body && !BODILESS.has(response.status)) this.#scan.reading = reading;
  }

  /** Looks at the headers; they are reported and stay as they are. */
  headers(headers: Headers): void {
    const { findings, data_classes } = this.#engine.scanResponse({
      traceId: this.#scan.traceId,
      headers: [...headers],
      body: "",
    });
    this.#note(findings);
    this.#scan.data_classes = data_classes;
    if (this.#settings.injection === "deny" && data_classes.includes("INJECTION")) {
      this.end("withheld", "injection");
      throw this.refuse("injection");
    }
  }

  push(bytes: Uint8Array, ends: boolean): Given {
    if (this.#waiting > 0) {
      if (bytes.length > 0) this.#first.push(bytes.slice());
      const size = this.#first.reduce((sum, piece) => sum + piece.length, 0);
      if (size < this.#waiting && !ends) return { bytes: new Uint8Array(), findings: [], withheld: undefined };
      this.#waiting = 0;
      return this.#settle(new Uint8Array(joined(this.#first, size)), ends);
    }
    if (this.#scan.reading === "binary") return this.#pass(bytes);
    this.#redactor ??= this.#begin();
    const given = this.#redactor.push(bytes, ends);
    this.#note(given.findings);
    return given;
  }

  /** The first bytes say what it is. */
  #settle(bytes: Uint8Array<ArrayBuffer>, ends: boolean): Given {
    const head = bytes.subarray(0, SNIFFED);
    const isText = this.#scan.reading !== "none" || looksLikeText(head, ends && bytes.length <= SNIFFED);
    if (isText && !(this.#coded && isCompressed(head))) {
      if (this.#scan.reading === "none") this.#scan.reading = "text";
      return this.push(bytes, ends);
    }
    this.#scan.reading = "binary";
    return this.#pass(bytes);
  }

  #pass(bytes: Uint8Array): Given {
    const denied = this.#settings.binary === "deny";
    const passed = denied ? new Uint8Array() : (bytes as Uint8Array<ArrayBuffer>);
    return { bytes: passed, findings: [], withheld: denied ? "binary" : undefined };
  }

  #begin(): RedactorHandle {
    const { redact, injection, joinEvents: joins } = this.#settings;
    const { traceId, reading } = this.#scan;
    if (reading === "binary" || reading === "none") throw new TypeError("Nothing to redact.");
    const contentType = reading === "document" ? (this.#contentType ?? "") : "";
    return this.#engine.beginRedactor({ traceId, reading, contentType, redact, deniesInjection: injection === "deny", joins });
  }

  failed(error: unknown): void {
    this.error = error;
  }

  refuse(reason: string): ResponseBlockedError {
    return new ResponseBlockedError(reason, this.#scan);
  }

  end(outcome: ResponseScan["outcome"], reason: string | null): void {
    const scan = this.#scan;
    const body = this.#told();
    const classes = new Set([...scan.data_classes, ...body.data_classes]);
    Object.assign(scan, { ...body, data_classes: [...classes].sort(byOrder), outcome, reason });
    scan.signals = classes.has("INJECTION") ? ["injection_marker"] : [];
    this.#redactor?.free();
    this.#settings.onResponse?.(scan);
  }

  /** What the redactor knows; nothing when the instance that it was in has stopped. */
  #told(): RedactorReport {
    try {
      return this.#redactor?.report() ?? EMPTY;
    } catch {
      return { ...EMPTY, coverage: { bytes: 0, skipped: ["engine_replaced"] } };
    }
  }

  #note(findings: Finding[]): void {
    this.#scan.findings.push(...findings.slice(0, MOST_FINDINGS - this.#scan.findings.length));
  }
}

const ORDER = ["SECRETS", "PII", "PHI", "INTERNAL", "INJECTION"];

const byOrder = (a: string, b: string): number => ORDER.indexOf(a) - ORDER.indexOf(b);

function joined(pieces: Uint8Array[], size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}
