// The offsets of time zones: the core has no table of them, and the runtime has.

import { ConfigurationError } from "./errors.js";

const formats = new Map<string, Intl.DateTimeFormat>();

/** @throws {ConfigurationError} for a zone that the runtime does not know. */
function format(zone: string): Intl.DateTimeFormat {
  let known = formats.get(zone);
  if (known !== undefined) return known;
  try {
    known = new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "longOffset" });
  } catch {
    throw new ConfigurationError(`A policy names the time zone \`${zone}\`, which this runtime does not know.`);
  }
  formats.set(zone, known);
  return known;
}

/** Minutes east of UTC at a time, by zone; `undefined` for no zones. */
export function zoneOffsets(zones: readonly string[], timeMs: number): Record<string, number> | undefined {
  if (zones.length === 0) return undefined;
  return Object.fromEntries(zones.map((zone) => [zone, offset(format(zone), timeMs)]));
}

/** `GMT+05:30`, or `GMT`. */
function offset(format: Intl.DateTimeFormat, timeMs: number): number {
  const name = format.formatToParts(timeMs).find((part) => part.type === "timeZoneName")?.value ?? "";
  const [, sign, hours, minutes] = /^GMT(?:([+-])(\d{2}):(\d{2}))?/.exec(name) ?? [];
  if (sign === undefined) return 0;
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}
