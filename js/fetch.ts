// The guarded `fetch`: snapshot, scan, send what may be sent; every redirect is a new call and a new scan.

import type { Outcome } from "./core/scan-handle.js";
import { isCredentialHeader } from "./credential-headers.js";
import { RedirectError } from "./errors.js";
import type { Settings } from "./options.js";
import { refusal } from "./refusal.js";
import { snapshot } from "./request.js";
import { sentUrl } from "./sent-url.js";
import type { WireRequest } from "./types.js";

type Decide = (request: WireRequest, signal: AbortSignal | undefined) => Promise<Outcome>;

/** Makes a `fetch` that sends nothing but what `decide` releases. */
export function guardedFetch(settings: Settings, decide: Decide): typeof globalThis.fetch {
  return async (input, init) => {
    const { request, init: sending, redirect, signal } = await snapshot(input, init, settings.maxBodyBytes);
    let next = request;
    for (let hop = 0; ; hop++) {
      signal?.throwIfAborted();
      const outcome = await decide(next, signal);
      if (!outcome.forward || outcome.request === undefined) throw refusal(outcome, next.method);
      const sent = outcome.request;
      const response = await settings.fetch(sent.url, { ...sending, ...asInit(sent), redirect: "manual" });
      if (redirect === "manual") return response;
      // Browsers do not say where a manual redirect leads, so it cannot be scanned.
      if (response.type === "opaqueredirect")
        throw new RedirectError("A browser does not show where the redirect leads, so it was not followed.");
      const location = response.headers.get("location");
      if (!REDIRECTS.has(response.status) || location === null) return response;
      // Not awaited: what comes with a redirect is of no interest, not even that it ends.
      response.body?.cancel().catch(() => {});
      if (redirect === "error") throw new RedirectError("The answer is a redirect, and `redirect` is `error`.");
      if (hop >= settings.maxRedirects) throw new RedirectError(`More than ${settings.maxRedirects} redirects (maxRedirects).`);
      next = redirected(sent, response.status, location);
    }
  };
}

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

function asInit(request: WireRequest): RequestInit {
  const hasBody = request.body.byteLength > 0;
  return { method: request.method, headers: request.headers, body: hasBody ? (request.body as Uint8Array<ArrayBuffer>) : null };
}

/** The next hop, by the rules of the Fetch standard; another origin gets no credentials. */
function redirected(sent: WireRequest, status: number, location: string): WireRequest {
  let url: URL;
  try {
    url = new URL(location, sent.url);
  } catch {
    // No cause: a runtime's own error quotes what it could not read.
    throw new RedirectError("The redirect leads to something that is not a URL.");
  }
  const from = new URL(sent.url);
  if (url.protocol !== "https:" && url.protocol !== "http:")
    throw new RedirectError(`Redirects to ${url.protocol} are not followed.`);
  if (from.protocol === "https:" && url.protocol === "http:") throw new RedirectError("The redirect leads from https: to http:.");
  if (url.username !== "" || url.password !== "") throw new RedirectError("The redirect leads to a URL that holds credentials.");
  // A fragment stays unless the redirect brings its own.
  if (url.hash === "") url.hash = from.hash;
  const becomesGet =
    (status === 303 && sent.method !== "HEAD" && sent.method !== "GET") ||
    ((status === 301 || status === 302) && sent.method === "POST");
  const dropped = (name: string) =>
    (becomesGet && name.startsWith("content-")) || (url.origin !== from.origin && isCredentialHeader(name));
  return {
    method: becomesGet ? "GET" : sent.method,
    url: sentUrl(url.href),
    headers: sent.headers.filter(([name]) => !dropped(name.toLowerCase())),
    body: becomesGet ? new Uint8Array() : sent.body,
  };
}
