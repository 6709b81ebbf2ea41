/** Which addresses an upstream may have. Every address that a name resolves to is checked, and only those are connected to. */
import { classifyAddress } from "../../engine.js";
import type { SelfAddress } from "../options.js";
import { Refusal } from "../reply.js";

/** What the check needs to know of the gateway. */
export interface AddressRules {
  self: SelfAddress;
  allowPrivate: readonly string[];
  publicHosts: readonly string[];
  resolve: (hostname: string) => Promise<string[]>;
}

/** Addresses that may be connected to; throws when any address of the host is refused. */
export async function checkedAddresses(url: URL, rules: AddressRules): Promise<string[]> {
  refuseOwnNames(url, rules);
  const literal = addressLiteral(url.hostname);
  const addresses = literal === undefined ? await resolveHost(url.hostname, rules) : [literal];
  for (const address of addresses) refuseAddress(url, address, rules);
  return addresses;
}

/** Checks that need no resolver, so that a refused name is never even asked for. */
export function refuseOwnNames(url: URL, rules: AddressRules): void {
  const names = rules.publicHosts.map((name) => name.toLowerCase().replace(/:\d+$/, ""));
  if (names.includes(url.hostname)) throw selfProxy();
  const literal = addressLiteral(url.hostname);
  if (literal !== undefined) refuseAddress(url, literal, rules);
}

function refuseAddress(url: URL, address: string, rules: AddressRules): void {
  const kind = classifyAddress(address);
  if (
    portOf(url) === rules.self.port &&
    (kind === "loopback" || isUnspecified(address) || rules.self.addresses.includes(address))
  ) {
    throw selfProxy();
  }
  if (kind !== "public" && !rules.allowPrivate.includes(`${url.hostname}:${portOf(url)}`)) {
    throw new Refusal(
      403,
      "PRIVATE_ADDRESS",
      `The upstream has a ${kind.replace("_", "-")} address. If it is meant, start the gateway with --allow-private ${url.hostname}:${portOf(url)}`,
    );
  }
}

async function resolveHost(hostname: string, rules: AddressRules): Promise<string[]> {
  const addresses = await rules.resolve(hostname).catch(() => []);
  if (addresses.length > 0) return addresses;
  throw new Refusal(502, "UPSTREAM_UNRESOLVED", "The upstream's host name does not resolve. Check its spelling and the network.");
}

function addressLiteral(hostname: string): string | undefined {
  if (hostname.startsWith("[")) return hostname.slice(1, -1);
  // The URL parser has turned every numeric spelling of IPv4 into this one.
  return /^\d+\.\d+\.\d+\.\d+$/.test(hostname) ? hostname : undefined;
}

function isUnspecified(address: string): boolean {
  return address === "0.0.0.0" || address === "::";
}

function portOf(url: URL): number {
  if (url.port !== "") return Number(url.port);
  return url.protocol === "https:" ? 443 : 80;
}

function selfProxy(): Refusal {
  return new Refusal(403, "SELF_PROXY", "The gateway does not proxy to itself.");
}
