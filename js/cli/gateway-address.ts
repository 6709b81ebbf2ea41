/** Where a gateway is that gets the administrator's credential. */
import { wrongUsage } from "./arguments.js";

/** The credential crosses no network in the clear. */
export function gatewayAddress(command: string, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const local = url?.protocol === "http:" && /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname);
  if (!url || !(local || url.protocol === "https:"))
    throw wrongUsage(command, `--gateway-url must be https:, or http: on this machine, not '${text}'`);
  return url.href.replace(/\/$/, "");
}
