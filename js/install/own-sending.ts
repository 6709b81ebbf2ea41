// How a client's own call gets past the patched paths: with a dispatcher of its own, and where that may not do, as a call that
// is known.

import { copiedBytes } from "../bytes.js";
import { guarding } from "./guards.js";
import { type OwnCall, passOwn } from "./own-calls.js";
import { throughOwnDispatcher } from "./own-dispatcher.js";
import type { Way } from "./sending.js";

/** Sends a call that was released, or a question to the gateway. */
export async function sendPast(
  url: string,
  init: RequestInit | undefined,
  { foreign, toGateway }: Way,
  send: (init?: RequestInit) => Promise<Response>,
): Promise<Response> {
  if (!guarding()) return send(init);
  const call = ownCall(url, init, toGateway);
  const sendIt = () => send(throughOwnDispatcher(call, init));
  return foreign || toGateway ? passOwn(call, sendIt) : sendIt();
}

function ownCall(url: string, init: RequestInit | undefined, toGateway: boolean): OwnCall {
  const { method = "GET", body } = init ?? {};
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : copiedBytes(body);
  return {
    method,
    url: new URL(url).href,
    headers: toGateway ? undefined : [...new Headers(init?.headers)],
    body: bytes ?? new Uint8Array(),
  };
}
