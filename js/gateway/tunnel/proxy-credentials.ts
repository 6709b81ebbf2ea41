/** Who asks for a tunnel: what clients send that take a proxy's user and password out of its URL. */
import { AGENT_HEADER } from "../agents/claimed-name.js";
import { isKeyText } from "../agents/key-text.js";
import { KEY_HEADER } from "../agents/presented-key.js";

/** A key, or for agents without one a name. */
export interface ProxyCredentials {
  key?: string;
  name?: string;
}

/** Reads `Proxy-Authorization` (the key as user or password, or as a bearer) and `X-Interven-Key`. */
export function proxyCredentials(headers: Headers): ProxyCredentials {
  const own = headers.get(KEY_HEADER);
  if (own !== null) return { key: own };
  const named = headers.get(AGENT_HEADER);
  const given = headers.get("proxy-authorization");
  if (given === null) return named ? { name: named } : {};
  const [, scheme = "", value = ""] = /^(basic|bearer) ([^\s]{1,1024})$/i.exec(given) ?? [];
  if (scheme.toLowerCase() !== "basic") return { key: value };
  const [user = "", ...rest] = decodeBase64(value).split(":");
  const password = rest.join(":");
  if (isKeyText(password)) return { key: password };
  // A password that is no key was meant as one.
  if (isKeyText(user) || password !== "") return { key: password === "" ? user : password };
  return { name: named || user };
}

function decodeBase64(text: string): string {
  try {
    return atob(text);
  } catch {
    return "";
  }
}
