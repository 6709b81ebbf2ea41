// The scripted gateway without a network: calls as they would be sent, and answers as `fetch` gives them.

import type { Deed } from "./steps.js";

/** A call as it was sent. */
export interface Sent {
  method: string;
  url: string;
  /** Names in lower case. */
  headers: Record<string, string>;
  body: Uint8Array;
}

/** Reads what `fetch` is called with, without using it up. */
export async function sentBy(input: RequestInfo | URL, init: RequestInit | undefined): Promise<Sent> {
  const request = input instanceof Request ? new Request(input.clone(), init) : new Request(input, init);
  const body = new Uint8Array(await request.arrayBuffer());
  return { method: request.method, url: request.url, headers: Object.fromEntries(request.headers), body };
}

/** Does what the script says. */
export async function performed(deed: Deed, signal: AbortSignal | undefined): Promise<Response> {
  if (signal?.aborted) throw signal.reason;
  switch (deed.deed) {
    case "answer": {
      // These have no body by definition, and a `Response` refuses to be given one.
      const bodiless = [204, 205, 304].includes(deed.status);
      return new Response(bodiless ? null : deed.body, { status: deed.status, headers: deed.headers });
    }
    case "refuse":
      throw new TypeError("fetch failed: connection refused");
    case "break":
      return new Response(brokenOff(), { headers: { "content-type": "application/json" } });
    case "hang":
      return new Promise((_, reject) => signal?.addEventListener("abort", () => reject(signal.reason), { once: true }));
  }
}

function brokenOff(): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start: (controller) => {
      controller.enqueue(new TextEncoder().encode('{"decision":'));
    },
    pull: (controller) => controller.error(new TypeError("terminated: connection reset")),
  });
}
