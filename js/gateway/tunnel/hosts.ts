/** Hosts that tunnels may lead to, and the one spelling that a request for a tunnel may have. */
import { ConfigurationError } from "../../errors.js";
import { Refusal } from "../reply.js";

/** One entry of the allow list: a host, or `.example.com` for every host below that domain, and a port. */
export interface TunnelHost {
  host: string;
  port: number;
}

const HTTPS_PORT = 443;
/** A domain of its own is more than a label: `.com` would be everybody. */
const DOMAIN = /^(?:\.[a-z0-9_-]+){2,}$/;

/** Reads `HOST`, `HOST:PORT`, `.DOMAIN` or `.DOMAIN:PORT`; undefined for anything else. Without a port it is 443. */
export function parseTunnelHost(text: string): TunnelHost | undefined {
  const [, name = "", digits] = /^(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9._-]+)(?::(\d{1,5}))?$/.exec(text) ?? [];
  const host = name.toLowerCase();
  const port = digits === undefined ? HTTPS_PORT : Number(digits);
  const plain = host.startsWith(".") ? `a${host}` : host;
  if (port < 1 || port > 65_535 || !URL.canParse(`http://${plain}/`)) return undefined;
  if (new URL(`http://${plain}/`).hostname !== plain || plain.endsWith(".")) return undefined;
  if (host.startsWith(".") && (!DOMAIN.test(host) || /\.\d+$/.test(host))) return undefined;
  return { host, port };
}

/** The allow list of a gateway. @throws {ConfigurationError} that names the entry which is none. */
export function tunnelHosts(texts: readonly string[]): TunnelHost[] {
  return texts.map((text) => {
    const entry = parseTunnelHost(text);
    if (entry) return entry;
    throw new ConfigurationError(`tunnelHosts must be hosts such as api.example.com:443 or .example.com, not '${text}'`);
  });
}

/** Where a tunnel is to lead, from the target of a `CONNECT`; throws a 400 for any other than the plain spelling. */
export function tunnelTarget(authority: string): { host: string; port: number; url: URL } {
  const [, host = "", digits = ""] = /^(\[[0-9a-f:]+\]|[a-z0-9._-]+):([1-9]\d{0,4})$/.exec(authority) ?? [];
  const port = Number(digits);
  const text = `https://${host}:${digits}/`;
  const url = host !== "" && port <= 65_535 && URL.canParse(text) ? new URL(text) : undefined;
  if (url && url.hostname === host && !host.endsWith(".")) return { host, port, url };
  throw new Refusal(
    400,
    "INVALID_TUNNEL_TARGET",
    "CONNECT needs a host in its plain form, in lower case, and a port: api.example.com:443",
  );
}

/** Whether the allow list names the place. */
export function isAllowed(list: readonly TunnelHost[], host: string, port: number): boolean {
  return list.some(
    (entry) => entry.port === port && (entry.host.startsWith(".") ? host.endsWith(entry.host) : host === entry.host),
  );
}
