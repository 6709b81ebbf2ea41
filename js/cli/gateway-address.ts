/** Where a gateway is that gets the administrator's credential. */
import { isConfidential } from "../loopback.js";
import { wrongUsage } from "./arguments.js";
import type { Env } from "./secret-input.js";

const DEFAULT = "http://localhost:4100";

/** What `--gateway-url` says, or `INTERVEN_GATEWAY_URL`. The credential crosses no network in the clear. */
export function gatewayAddress(command: string, given: string | undefined, env: Env): string {
  const text = given ?? env.INTERVEN_GATEWAY_URL ?? DEFAULT;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !isConfidential(url))
    throw wrongUsage(command, `--gateway-url must be https:, or http: on this machine, not '${text}'`);
  return url.href.replace(/\/$/, "");
}
