/** The operating system's resolver. */
import { lookup } from "node:dns/promises";

/** Every address of a name, in the system's order; empty when there is none. */
export async function resolveWithSystem(hostname: string): Promise<string[]> {
  const entries = await lookup(hostname, { all: true, verbatim: true });
  return entries.map((entry) => entry.address);
}
