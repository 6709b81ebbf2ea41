// Whether the gateway can be asked, and takes the key.

import { askGateway, UNUSABLE } from "../gateway-call.js";
import type { Settings } from "../options.js";

/** What is known about the gateway. */
export interface DoctorGateway {
  url: string;
  /** `GET /health` was answered with 200. */
  reachable: boolean;
  /** Whether it takes the key; null when that could not be asked, or there is no key. */
  keyAccepted: boolean | null;
}

/** Longest wait for an answer, in milliseconds. */
const TIME = 5_000;
/** An approval that there is not: asking for it needs the key, and changes nothing. */
const NO_APPROVAL = "00000000-0000-4000-8000-000000000000";

/** Asks; nothing when no gateway is configured. */
export async function checkGateway(settings: Settings): Promise<DoctorGateway | null> {
  if (settings.gatewayUrl === undefined) return null;
  const reachable = (await status(settings, "/health")) === 200;
  const answer = reachable && settings.apiKey !== undefined ? await status(settings, `/v1/approvals/${NO_APPROVAL}/status`) : 0;
  const keyAccepted = answer === 401 || answer === 403 ? false : answer === 200 || answer === 404 ? true : null;
  return { url: settings.gatewayUrl, reachable, keyAccepted };
}

async function status(settings: Settings, path: string): Promise<number> {
  const call = { method: "GET", path, body: null, timeoutMs: Math.min(TIME, settings.timeoutMs) } as const;
  try {
    const answer = await askGateway(settings, call, undefined);
    return answer === UNUSABLE ? 0 : answer.status;
  } catch {
    return 0;
  }
}
