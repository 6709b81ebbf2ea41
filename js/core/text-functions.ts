// What the core does with a text alone.

import { invalidRequest } from "../refusal.js";
import type { Core } from "./instance.js";

/** The kind of network behind an IP address. Text that is no address is `reserved`. */
export type AddressClass = "public" | "private" | "loopback" | "link_local" | "metadata" | "reserved";

export function classify(core: Core, address: string): AddressClass {
  const text = requireText("classifyAddress", address);
  return core.run((glue) => glue.classifyAddress(text)) as AddressClass;
}

export function redact(core: Core, text: string): string {
  const given = requireText("redact", text);
  return core.run((glue) => glue.redactText(given));
}

/** Anything else would trap the instance, and with it end every scan that waits in it. */
export function requireText(what: string, value: unknown): string {
  if (typeof value === "string") return value;
  throw invalidRequest(`${what} takes a string, not ${value === null ? "null" : `a value of type ${typeof value}`}.`);
}
