// One snapshot of a request: read once, scanned, and sent; the caller's objects are never read again.

import { InvalidRequestError, PayloadTooLargeError } from "./errors.js";
import type { WireRequest } from "./types.js";

/** A request as bytes, and what else `fetch` needs to send it. */
export interface Snapshot {
  request: WireRequest;
  /** Options that say how to send, not what: signal, cache, dispatcher and the like. */
  init: RequestInit;
  redirect: RequestRedirect;
  signal: AbortSignal | undefined;
}

/** Takes the snapshot. `fetch(url)`, `fetch(url, init)`, `fetch(Request)` and `fetch(Request, init)` all become the same thing. */
export async function snapshot(input: RequestInfo | URL, init: RequestInit | undefined, maxBodyBytes: number): Promise<Snapshot> {
  let request: Request;
  if (input instanceof Request && input.body !== null && (init?.body ?? undefined) === undefined) {
    // Bun makes an empty Request from a used one instead of throwing.
    if (input.bodyUsed || read.has(input)) throw invalid("its body was read already", undefined);
    read.add(input);
  }
  try {
    // Streams need `duplex`, and callers should not have to know.
    const streaming = init?.body instanceof ReadableStream ? { duplex: "half" } : {};
    request = new Request(input, { ...streaming, ...init, redirect: "manual" } as RequestInit);
  } catch (cause) {
    throw invalid(cause instanceof Error ? cause.message : "it cannot be read", cause);
  }
  const body = await readBody(request, maxBodyBytes);
  const headers: [string, string][] = [];
  request.headers.forEach((value, name) => {
    headers.push([name, value]);
  });
  const signal = init?.signal ?? (input instanceof Request ? input.signal : undefined) ?? undefined;
  return {
    request: { method: request.method, url: request.url, headers, body },
    init: sending(input, init),
    redirect: init?.redirect ?? (input instanceof Request ? input.redirect : undefined) ?? "follow",
    signal,
  };
}

/** Requests whose body a snapshot has taken. */
const read = new WeakSet<Request>();

const FIELDS = ["cache", "credentials", "integrity", "keepalive", "mode", "referrer", "referrerPolicy"] as const;

function sending(input: RequestInfo | URL, init: RequestInit | undefined): RequestInit {
  const { method: _m, headers: _h, body: _b, redirect: _r, ...rest } = { ...init } as RequestInit & { duplex?: unknown };
  delete rest.duplex;
  if (!(input instanceof Request)) return rest;
  // Runtimes without these fields throw when they are set, so only what the Request has is carried over.
  const own: Record<string, unknown> = {};
  for (const field of FIELDS) {
    const value: unknown = input[field];
    if ((typeof value === "string" && value !== "" && value !== "about:client" && value !== "navigate") || value === true)
      own[field] = value;
  }
  return { ...own, signal: input.signal, ...rest };
}

async function readBody(request: Request, maxBodyBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    if (request.body === undefined) return new Uint8Array(await request.arrayBuffer());
    if (request.body === null) return new Uint8Array();
    for (const reader = request.body.getReader(); ; ) {
      const { done, value } = await reader.read();
      if (done) break;
      size += value.byteLength;
      if (size > maxBodyBytes) {
        await reader.cancel();
        throw tooLarge(maxBodyBytes);
      }
      chunks.push(value);
    }
  } catch (cause) {
    if (cause instanceof PayloadTooLargeError) throw cause;
    throw invalid("its body cannot be read", cause);
  }
  const body = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    body.set(chunk, at);
    at += chunk.byteLength;
  }
  return body;
}

function invalid(reason: string, cause: unknown): InvalidRequestError {
  const details = { decision: "DENY", reasonCodes: ["INVALID_REQUEST"], cause } as const;
  return new InvalidRequestError(`The request is not valid, so nothing was sent: ${reason}`, details);
}

function tooLarge(maxBodyBytes: number): PayloadTooLargeError {
  const details = { decision: "DENY", reasonCodes: ["PAYLOAD_TOO_LARGE"] } as const;
  const message = `The body is larger than ${maxBodyBytes} bytes, so nothing was sent. Raise maxBodyBytes if it should be scanned.`;
  return new PayloadTooLargeError(message, details);
}
