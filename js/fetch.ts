// The guarded `fetch`: snapshot, scan, send what may be sent; every redirect is a new call and a new scan.

import { executed } from "./approvals/executed.js";
import { type Execution, honoursIdempotencyKey } from "./approvals/execution.js";
import type { Outcome } from "./core/outcome.js";
import { isCredentialHeader } from "./credential-headers.js";
import { type Deciding, UNREAD } from "./decide.js";
import { RedirectError } from "./errors.js";
import type { Settings } from "./options.js";
import type { Receive } from "./receive.js";
import { refusal, refused } from "./refusal.js";
import { type Snapshot, snapshot } from "./request.js";
import { sentUrl } from "./sent-url.js";
import type { WireRequest } from "./types.js";

/** Decides a call, with the gateway where there is one. */
type Decide = (request: WireRequest, own: Deciding, signal: AbortSignal | undefined) => Promise<Outcome>;

/** What sending takes. */
export interface Sending {
  settings: Settings;
  decide: Decide;
  receive: Receive;
}

/** Makes a `fetch` that sends nothing but what `decide` releases, and gives answers as `receive` does. */
export function guardedFetch(by: Sending): typeof globalThis.fetch {
  return (input, init) => sendGuarded(by, () => snapshot(input, init, by.settings.maxBodyBytes), UNREAD);
}

/** Sends what is read, hop by hop. `first` is what is known of the call itself; where it is led to is decided anew. */
export async function sendGuarded(
  { settings, decide, receive }: Sending,
  read: () => Snapshot | Promise<Snapshot>,
  first: Deciding,
): Promise<Response> {
  const { request, init: sending, redirect, signal } = await read();
  let next = request;
  for (let hop = 0; ; hop++) {
    signal?.throwIfAborted();
    const outcome = await decide(next, hop === 0 ? first : UNREAD, signal);
    if (!outcome.forward || outcome.request === undefined) throw refusal(outcome, next.method);
    const sent = outcome.request;
    const response = await sendOnce(settings, sent, sending, outcome);
    if (redirect === "manual") return receive(response, outcome);
    // Browsers do not say where a manual redirect leads, so it cannot be scanned.
    if (response.type === "opaqueredirect")
      throw new RedirectError("A browser does not show where the redirect leads, so it was not followed.");
    const location = REDIRECTS.has(response.status) ? response.headers.get("location") : null;
    if (location === null) return receive(response, outcome);
    // Not awaited: what comes with a redirect is of no interest, not even that it ends.
    response.body?.cancel().catch(() => {});
    if (redirect === "error") throw new RedirectError("The answer is a redirect, and `redirect` is `error`.");
    if (hop >= settings.maxRedirects) throw new RedirectError(`More than ${settings.maxRedirects} redirects (maxRedirects).`);
    next = redirected(sent, response.status, location);
  }
}

/** Sends what was released. */
function sendOnce(settings: Settings, sent: WireRequest, sending: RequestInit, outcome: Outcome): Promise<Response> {
  const { method, url, headers } = sent;
  const body = sent.body.byteLength > 0 ? (sent.body as Uint8Array<ArrayBuffer>) : null;
  const init: RequestInit = { ...sending, method, headers, body, redirect: "manual" };
  const { execution } = outcome;
  return execution === undefined ? settings.fetch(url, init) : sendApproved(settings, sent, init, outcome, execution);
}

/** Sends, and says how it ended. */
async function sendApproved(
  settings: Settings,
  sent: WireRequest,
  init: RequestInit,
  outcome: Outcome,
  execution: Execution,
): Promise<Response> {
  const named = sent.headers.some(([name]) => name.toLowerCase() === "idempotency-key");
  // No part of what is approved: it names the attempt.
  const honours = (execution.repeats || !named) && honoursIdempotencyKey(sent, settings.idempotentHosts);
  return await executed(outcome, async () => {
    const adds = honours && (await execution.keyed());
    if (execution.repeats && !adds) throw refusal(refused(outcome, "APPROVAL_USED"), sent.method);
    const others = sent.headers.filter(([name]) => name.toLowerCase() !== "idempotency-key");
    const headers: HeadersInit = adds ? [...others, ["idempotency-key", execution.idempotencyKey]] : sent.headers;
    return await settings.fetch(sent.url, { ...init, headers });
  });
}

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

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
