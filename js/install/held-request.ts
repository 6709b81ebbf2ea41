// A request of node:http that is held back: what is written to it is kept, and it gets no connection until it is released.

import { copiedBytes } from "../bytes.js";
import { invalidRequest } from "../refusal.js";
import type { WireRequest } from "../types.js";
import { maxBodyBytes, released, tunnelsAllowed } from "./guards.js";
import { readHead, scannedHeaders, writeHead } from "./http-head.js";
import { type Place, placeByHeader, targetUrl } from "./http-target.js";
import type { ClientRequest } from "./http-types.js";
import { takeOwn } from "./own-calls.js";
import { TUNNEL } from "./tunnels.js";
import { tooLarge } from "./undici-request.js";

/** How a request gets its connection. */
export interface Connecting {
  /** Where to, asked again before it happens; nothing when only the head says it. */
  place: (() => Place) | undefined;
  connect(): void;
  /** Ends the request without a connection. */
  fail(error: unknown): void;
}

/** What the requests' own methods do, for when a request is released. */
export type Methods = Pick<ClientRequest, "end" | "destroy">;

type Callback = (error?: unknown) => void;

export class HeldRequest {
  readonly #request: ClientRequest;
  readonly #methods: Methods;
  readonly #aborting = new AbortController();
  readonly #pieces: Uint8Array[] = [];
  #size = 0;
  #ended = false;
  #deciding = false;
  #onFinish: Callback | undefined;
  #connecting: Connecting | undefined;
  /** Whether it was released: everything that is done to it is now done for real. */
  isReleased = false;

  constructor(request: ClientRequest, methods: Methods) {
    this.#request = request;
    this.#methods = methods;
    this.#ended = request.finished;
    // The body is decided before anything leaves, so the answer to the head is given here. After the caller's listeners are set.
    if (readHead(request).some(([name]) => name.toLowerCase() === "expect"))
      setTimeout(() => !this.#ended && !request.destroyed && request.emit("continue"), 0);
  }

  /** The way to a connection, and so the last thing that may be missing. */
  connectBy(connecting: Connecting): void {
    this.#connecting = connecting;
    if (this.#request.destroyed) connecting.fail(this.#aborting.signal.reason);
    else this.#proceed();
  }

  write(chunk: unknown, encoding?: unknown, callback?: unknown): boolean {
    const done = typeof encoding === "function" ? (encoding as Callback) : (callback as Callback | undefined);
    if (this.#ended) this.#refuse(invalidRequest("Something was written to the call after its end, so nothing was sent."));
    else this.#keep(chunk, encoding);
    if (typeof done === "function") queueMicrotask(() => done());
    return true;
  }

  end(chunk?: unknown, encoding?: unknown, callback?: unknown): void {
    const done = [chunk, encoding, callback].find((given) => typeof given === "function") as Callback | undefined;
    if (this.#ended) return;
    if (chunk !== undefined && chunk !== null && typeof chunk !== "function") this.#keep(chunk, encoding);
    this.#ended = true;
    this.#onFinish = done;
    this.#proceed();
  }

  /** Trailers leave after the body, when everything was decided. */
  refuseTrailers(): void {
    this.#refuse(invalidRequest("The call has trailers, which cannot be scanned, so nothing was sent."));
  }

  /** The caller gave up. */
  destroyed(error: unknown): void {
    this.#aborting.abort(error ?? new DOMException("The call was aborted.", "AbortError"));
    this.#connecting?.fail(error);
  }

  #keep(chunk: unknown, encoding: unknown): void {
    const bytes = typeof chunk === "string" ? encoded(chunk, encoding) : copiedBytes(chunk);
    if (bytes === undefined) throw invalidRequest("What is written to a call must be a string or bytes.");
    this.#size += bytes.length;
    const most = maxBodyBytes();
    if (this.#size > most) this.#refuse(tooLarge(most));
    else this.#pieces.push(bytes);
  }

  #proceed(): void {
    const connecting = this.#connecting;
    if (!this.#ended || connecting === undefined || this.#deciding || this.#request.destroyed) return;
    this.#deciding = true;
    this.#decide(connecting).catch((error: unknown) => this.#refuse(error));
  }

  async #decide(connecting: Connecting): Promise<void> {
    const request = this.#request;
    if (wasWritten(request)) throw invalidRequest(BEGUN);
    const head = readHead(request);
    const upgrades = head.some(([name]) => name.toLowerCase() === "upgrade");
    const tunnel = request.method === "CONNECT" || request.upgradeOrConnect === true || upgrades;
    if (tunnel && !tunnelsAllowed()) throw invalidRequest(TUNNEL);
    const place = connecting.place?.() ?? placeByHeader(request);
    const url = targetUrl(request, place);
    const checksHost = !place.socketPath && request.method !== "CONNECT";
    const headers = scannedHeaders(head, url, checksHost);
    const scanned: WireRequest = { method: request.method, url: url.href, headers, body: this.#body() };
    const path = request.method === "CONNECT" ? request.path : undefined;
    const final = takeOwn(scanned) ? scanned : await released(scanned, this.#aborting.signal);
    if (request.destroyed) return;
    if (wasWritten(request)) throw invalidRequest(BEGUN);
    const to = new URL(final.url);
    const now = connecting.place?.() ?? place;
    if (to.origin !== url.origin || now.host !== place.host || now.port !== place.port || now.socketPath !== place.socketPath)
      throw invalidRequest("The call leads elsewhere than when it was scanned, so nothing was sent.");
    request.method = scanned.method;
    request.path = path ?? to.pathname + to.search;
    writeHead(request, head, final.headers, final.body.length, checksHost);
    this.isReleased = true;
    this.#methods.end.call(request, ...(final.body.length > 0 ? [final.body] : []), ...(this.#onFinish ? [this.#onFinish] : []));
    connecting.connect();
  }

  #refuse(error: unknown): void {
    if (this.#request.destroyed) return;
    this.#methods.destroy.call(this.#request, error);
    this.destroyed(error);
  }

  #body(): Uint8Array {
    const body = new Uint8Array(this.#size);
    let at = 0;
    for (const piece of this.#pieces.splice(0)) {
      body.set(piece, at);
      at += piece.length;
    }
    return body;
  }
}

const BEGUN = "The call was begun before it could be held, so nothing was sent: install before other code runs.";

/** Whether anything but the head was written past the hold. */
function wasWritten({ finished, outputData, _header }: ClientRequest): boolean {
  return finished || outputData.some((piece) => ![_header, ""].includes((piece as { data: string }).data));
}

function encoded(text: string, encoding: unknown): Uint8Array {
  if (encoding === undefined || encoding === null || typeof encoding === "function" || /^utf-?8$/i.test(String(encoding)))
    return new TextEncoder().encode(text);
  const { Buffer } = globalThis as unknown as { Buffer: { from(text: string, encoding: unknown): Uint8Array } };
  return Buffer.from(text, encoding);
}
