/** The address under which people reach the console where something stands before the gateway, such as a proxy with TLS. */

/** The origin that a text names; `undefined` where it is no `https:` or `http:` origin, or says more than one. */
export function publicOrigin(text: string): string | undefined {
  if (!/^https?:\/\/[a-z0-9.[\]:-]+\/?$/i.test(text) || !URL.canParse(text)) return undefined;
  return new URL(text).origin;
}
