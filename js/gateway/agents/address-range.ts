/** Ranges of IP addresses: `10.0.0.0/8`, `2001:db8::/32`, or one address. */

interface Address {
  bits: 32 | 128;
  value: bigint;
}

/** Whether this is an address or a range of addresses. */
export function isAddressRange(text: string): boolean {
  return parseRange(text) !== undefined;
}

/** Whether an address lies in a range. IPv4 inside IPv6 counts as IPv4. */
export function isInRange(address: string, range: string): boolean {
  const [one, within] = [parseAddress(address), parseRange(range)];
  if (!one || !within || one.bits !== within.bits) return false;
  return one.value >> within.free === within.value >> within.free;
}

function parseRange(text: string): (Address & { free: bigint }) | undefined {
  const [, start = "", length] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const address = parseAddress(start);
  if (!address) return undefined;
  // A prefix of an IPv4 address that is written inside IPv6 counts the bits before it.
  const before = address.bits === 32 && start.includes(":") ? 96 : 0;
  const prefix = length === undefined ? address.bits : Number(length) - before;
  return prefix < 0 || prefix > address.bits ? undefined : { ...address, free: BigInt(address.bits - prefix) };
}

function parseAddress(text: string): Address | undefined {
  if (!text.includes(":")) return parseIpv4(text);
  const url = `http://[${text.replace(/%[\w.-]+$/, "")}]/`;
  if (!URL.canParse(url)) return undefined;
  const [head = "", tail] = new URL(url).hostname.slice(1, -1).split("::");
  const [before, after] = [groups(head), groups(tail ?? "")];
  const all = [...before, ...Array<string>(tail === undefined ? 0 : 8 - before.length - after.length).fill("0"), ...after];
  const value = all.reduce((sum, group) => (sum << 16n) | BigInt(`0x${group}`), 0n);
  return value >> 32n === 0xffffn ? { bits: 32, value: value & 0xffff_ffffn } : { bits: 128, value };
}

function parseIpv4(text: string): Address | undefined {
  const parts = text.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256)) return undefined;
  return { bits: 32, value: parts.reduce((sum, part) => (sum << 8n) | BigInt(part), 0n) };
}

const groups = (text: string): string[] => (text === "" ? [] : text.split(":"));
