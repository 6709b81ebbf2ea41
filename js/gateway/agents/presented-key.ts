/** Where a request bears the key of its agent. */
import { isKeyText } from "./key-text.js";

/** Field for calls whose `Authorization` belongs to the service that they go to. It is not passed on. */
export const KEY_HEADER = "x-interven-key";

/** The key of a request, and the header that it stands in. */
export function presentedKey(headers: Headers): { text: string; header: string } | undefined {
  const own = headers.get(KEY_HEADER);
  if (own !== null) return { text: own, header: KEY_HEADER };
  const bearer = /^Bearer ([^\s]{1,512})$/.exec(headers.get("authorization") ?? "")?.[1];
  return bearer !== undefined && isKeyText(bearer) ? { text: bearer, header: "authorization" } : undefined;
}

/** The key of an agent in another field, such as the one that its service takes a credential in. */
export function keyIn(headers: Headers, header: string): { text: string; header: string } | undefined {
  const text = headers.get(header)?.split(" ").at(-1);
  return text !== undefined && isKeyText(text) ? { text, header } : undefined;
}
