/** The text of a key: how it is made, recognised and compared. */
import { base64url } from "../../encoding.js";
import { hashCredential, sameHash } from "../admin.js";
import type { AgentKey } from "../store/keys.js";

const PATTERN = /^iv_(?:live|eph)_[\w-]{43}$/;
/** Random characters at the beginning that are kept as they are. The 35 after them have 210 bits. */
const SHOWN = 8;

/** A new key of 256 random bits. */
export async function createKeyText(kind: AgentKey["kind"]): Promise<Pick<AgentKey, "prefix" | "hash"> & { text: string }> {
  const text = `iv_${kind === "live" ? "live" : "eph"}_${base64url(crypto.getRandomValues(new Uint8Array(32)))}`;
  return { text, prefix: prefixOf(text), hash: await hashCredential(text) };
}

/** Whether this could be a key of an agent. */
export const isKeyText = (text: string): boolean => PATTERN.test(text);

/** The beginning by which a key is found. */
export const prefixOf = (text: string): string => text.slice(0, text.indexOf("_", 3) + 1 + SHOWN);

/** Whether this is the text of the key; takes the same time whether or not. */
export async function isTextOf(text: string, key: AgentKey): Promise<boolean> {
  return sameHash(await hashCredential(text), key.hash);
}
