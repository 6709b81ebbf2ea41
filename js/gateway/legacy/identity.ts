/** The credential that an agent gives with a call, for the gateway to use at the tool. */
import { invalid } from "../reply.js";
import { serviceOf } from "../services.js";
import type { OpenCredential } from "../tools/credentials.js";

/** `identity_context` of an invocation, and the body of an execution. */
export interface Identity {
  /** `pat`, `bearer`, …; `none` without one. */
  type: string;
  /** Empty without one. */
  token: string;
}

/** No credential. */
const NO_IDENTITY: Identity = { type: "none", token: "" };

/** Reads one; throws a 400 that names the field, and never its value. */
export function readIdentity(fields: Record<string, unknown>, within = ""): Identity {
  const { credential_type: type = "none", credential_token: token = "", scopes = [], ...others } = fields;
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw invalid(`${within}${unknown}`, "is not known here");
  if (typeof type !== "string" || !/^[\w.:-]{1,128}$/.test(type)) throw invalid(`${within}credential_type`, "must be a name");
  if (typeof token !== "string" || !/^[\x20-\x7e]{0,8192}$/.test(token) || token !== token.trim())
    throw invalid(`${within}credential_token`, "must be a text that fits into a header");
  const listed = Array.isArray(scopes) && scopes.length <= 100 && scopes.every((scope) => typeof scope === "string");
  if (!listed) throw invalid(`${within}scopes`, "must be a list of texts");
  return type === "none" || token === "" ? NO_IDENTITY : { type, token };
}

/** The credential as it goes to its tool; none where the agent gave none. */
export function ownCredential(tool: string, { type, token }: Identity): OpenCredential | undefined {
  if (token === "") return undefined;
  const { header, prefix } = serviceOf(tool);
  const place = type.toLowerCase() === "basic" ? { header: "authorization", prefix: "Basic " } : { header, prefix };
  return { tool, ...place, text: token };
}
