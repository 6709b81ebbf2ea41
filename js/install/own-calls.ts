// What a client sends itself was scanned already, or is its own question to the gateway. It passes the patched paths without
// another scan, and nothing else does: there is no mark that could be copied, only the very call, byte by byte, once.

import type { WireRequest } from "../types.js";

/** A call that a client makes. Without headers they do not matter: it goes to the gateway. */
export interface OwnCall {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [string, string])[] | undefined;
  readonly body: Uint8Array;
}

const underWay = new Set<OwnCall>();

/** Sends a call through something that may lead through a patched path. */
export async function passOwn<T>(call: OwnCall, send: () => Promise<T>): Promise<T> {
  underWay.add(call);
  try {
    return await send();
  } finally {
    underWay.delete(call);
  }
}

/** Whether there is any call that `takeOwn` could know. */
export const ownCallsUnderWay = (): boolean => underWay.size > 0;

/** True for a call that a client is making; the next one like it is not the client's. */
export function takeOwn(request: WireRequest): boolean {
  for (const call of underWay) {
    if (!isCall(call, request)) continue;
    spendOwn(call);
    return true;
  }
  return false;
}

/** Ends a call's right to pass. A question to the gateway keeps it: some dispatchers send it through another. */
export function spendOwn(call: OwnCall): void {
  if (call.headers !== undefined) underWay.delete(call);
}

function isCall(call: OwnCall, { method, url, headers, body }: WireRequest): boolean {
  return (
    call.method === method &&
    call.url === url &&
    (call.headers === undefined || addsNothing(call.headers, headers)) &&
    call.body.length === body.length &&
    call.body.every((byte, at) => byte === body[at])
  );
}

/** Whether headers are the released ones, and beside them only what every client of HTTP adds by itself. */
export function addsNothing(
  released: readonly (readonly [string, string])[],
  sent: readonly (readonly [string, string])[],
): boolean {
  const left = [...released];
  for (const [name, value] of sent) {
    const plain = name.toLowerCase();
    const at = left.findIndex(([known, said]) => known.toLowerCase() === plain && said === value);
    if (at >= 0) left.splice(at, 1);
    else if (!ADDED[plain]?.test(value)) return false;
  }
  return left.every(([name]) => name.toLowerCase() === "content-length");
}

/** What is added, with values that hold nothing of anybody's. */
const ADDED: Record<string, RegExp> = {
  accept: /^\*\/\*$/,
  "accept-encoding": /^(br|gzip|deflate|zstd|identity|[, ])*$/,
  "accept-language": /^\*$/,
  "cache-control": /^(no-cache|max-age=0)$/,
  connection: /^(keep-alive|close)$/i,
  "content-length": /^\d{1,9}$/,
  pragma: /^no-cache$/,
  "sec-fetch-mode": /^(cors|no-cors|same-origin|navigate)$/,
  "transfer-encoding": /^chunked$/i,
  "user-agent": /^(node|undici)$/,
};
