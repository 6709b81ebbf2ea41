/** Where a gateway is that gets the administrator's credential. */
import { isConfidential } from "../loopback.js";
import { wrongUsage } from "./arguments.js";

/** The credential crosses no network in the clear. */
export function gatewayAddress(command: string, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !isConfidential(url))
    throw wrongUsage(command, `--gateway-url must be https:, or http: on this machine, not '${text}'`);
  return url.href.replace(/\/$/, "");
}
