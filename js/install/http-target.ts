// Where a request of node:http connects to, as a URL.

import { invalidRequest } from "../refusal.js";
import type { ClientRequest } from "./http-types.js";

const unusable = (reason: string) => invalidRequest(`The call is not valid, so nothing was sent: ${reason}`);

/** Where an agent is told to connect to. */
export interface Place {
  host?: unknown;
  port?: unknown;
  socketPath?: unknown;
}

/** What an agent connects to: its own options win over those of the request. */
export function placeOf(options: unknown, own: Place | undefined, port: unknown): Place {
  const said: Place = typeof options === "object" && options !== null ? options : { host: options, port };
  const { host, port: number, socketPath } = { ...said, ...own };
  return { host, port: number, socketPath };
}

/** Without an agent the port is only in the `Host` header; whether that is of the same host is checked with the headers. */
export function placeByHeader(request: ClientRequest): Place {
  return { host: request.host, port: /:(\d+)$/.exec(String(request.getHeader("host") ?? ""))?.[1] };
}

const unbracketed = (host: string): string => host.replace(/^\[(.*)\]$/, "$1");

/**
 * The URL of a request: the protocol, the place and the path on the wire. A socket of the file system is `localhost`.
 *
 * @throws {InvalidRequestError} when there is none that says truly where it goes.
 */
export function targetUrl(request: ClientRequest, { host, port, socketPath }: Place): URL {
  const { protocol, method } = request;
  if (protocol !== "http:" && protocol !== "https:") throw unusable("its protocol is neither http: nor https:.");
  const path = method === "CONNECT" ? "/" : request.path;
  // With a whole URL for a path a proxy would be asked, and it goes where the path says.
  if (typeof path !== "string" || !path.startsWith("/")) throw unusable("its path does not begin with a slash.");
  const tunnelTo = method === "CONNECT" ? `https://${request.path}` : undefined;
  const base = tunnelTo ?? `${protocol}//${authority(host, port, socketPath, protocol)}`;
  if (!URL.canParse(base) || !URL.canParse(base + path)) throw unusable("its host or port cannot be used.");
  const [origin, url] = [new URL(base).origin, new URL(base + path)];
  if (url.origin !== origin || url.username !== "" || url.password !== "") throw unusable("its host cannot be used.");
  url.hash = "";
  return url;
}

function authority(host: unknown, port: unknown, socketPath: unknown, protocol: string): string {
  if (socketPath !== undefined && socketPath !== null && socketPath !== "") return "localhost";
  const name = unbracketed(String(host || "localhost"));
  const number = String(port || (protocol === "https:" ? 443 : 80));
  if (!/^[^/?#@\\%\s[\]]+$/.test(name) || !/^\d{1,5}$/.test(number)) throw unusable("its host or port cannot be used.");
  return `${name.includes(":") ? `[${name}]` : name}:${number}`;
}
