/** Requests that could not be looked at, or that no agent makes. */
import { Refusal } from "../reply.js";

/** Throws a refusal for a request of that kind. */
export function refuseUninspectable(headers: Headers): void {
  // Fields that are sent twice arrive here as one list.
  const transfer = headers.get("transfer-encoding");
  if (transfer !== null && transfer.toLowerCase() !== "chunked") {
    throw new Refusal(
      415,
      "UNINSPECTABLE_ENCODING",
      "A body in another Transfer-Encoding than chunked cannot be scanned. Send it as it is.",
    );
  }
  const encoding = headers.get("content-encoding");
  if (encoding !== null && encoding.trim().toLowerCase() !== "identity") {
    throw new Refusal(
      415,
      "UNINSPECTABLE_ENCODING",
      "A compressed request body cannot be scanned. Send it without Content-Encoding.",
    );
  }
  if (/(^|,)\s*websocket\s*(,|$)/i.test(headers.get("upgrade") ?? "")) {
    throw new Refusal(501, "UPGRADE_UNSUPPORTED", "WebSocket connections cannot be scanned and are not proxied.");
  }
  const destination = headers.get("sec-fetch-dest");
  if (destination !== null && destination !== "empty") {
    throw new Refusal(
      403,
      "BROWSER_NAVIGATION",
      "The proxy serves agents; a browser may not open an upstream as a page of the gateway.",
    );
  }
}
