/** The body by which a credential is set, checked field by field. No message says anything of the credential. */
import { onlyKnown } from "../json-object.js";
import { isSettable } from "../proxy/headers.js";
import { invalid, Refusal } from "../reply.js";
import { type Catalogue, HTTP } from "../tools/catalogue.js";
import type { NewCredential } from "../tools/credentials.js";

const FIELDS = ["credential", "header", "prefix", "origins"];
const MAX_ORIGINS = 10;
/** A shorter one could not be told from other texts where a service sends it back. */
const LEAST_LENGTH = 8;
/** Headers of a call that say how it is read, how its answer comes, and whose it is. */
const NO_CREDENTIAL_HEADERS = ["accept", "accept-encoding", "content-encoding", "content-type", "range", "user-agent"];

/** Throws a 400 that names the field. */
export function newCredential(catalogue: Catalogue, tool: string, fields: Record<string, unknown>): NewCredential {
  onlyKnown(fields, FIELDS);
  const host = tool.startsWith(`${HTTP}:`) ? ownHost(tool) : undefined;
  const service =
    host === undefined ? catalogue.find(tool).service : { header: "authorization", prefix: "Bearer ", base: `https://${host}` };
  const { credential: text } = fields;
  if (typeof text !== "string" || text.length < LEAST_LENGTH || !/^[\x21-\x7e]([\x20-\x7e]{0,8190}[\x21-\x7e])$/.test(text))
    throw invalid("credential", `must be a text of ${LEAST_LENGTH} to 8,192 printable ASCII characters, as a header holds it`);
  if (/^https?:\/\//i.test(text)) throw invalid("credential", "is a URL: the gateway sends a token or a key, in a header");
  const header = fields.header ?? service.header;
  if (typeof header !== "string" || !/^[!#$%&'*+\-.^_`|~0-9A-Za-z]{1,64}$/.test(header) || isTaken(header.toLowerCase()))
    throw invalid("header", "must be the name of a header that can hold a credential, such as authorization or x-api-key");
  // In another header than the tool's it is not known what stands before a credential.
  const prefix = fields.prefix ?? (header.toLowerCase() === service.header ? service.prefix : "");
  if (typeof prefix !== "string" || !/^([\x21-\x7e][\x20-\x7e]{0,63})?$/.test(prefix))
    throw invalid("prefix", "must be a text of at most 64 printable characters, such as 'Bearer '");
  const scheme = /^\S+ +$/.test(prefix) ? prefix.trim().toLowerCase() : undefined;
  if (scheme !== undefined && text.toLowerCase().startsWith(`${scheme} `))
    throw invalid("credential", `begins with '${prefix}', which is put before it: leave that out, or set 'prefix' to ''`);
  return { tool, text, header: header.toLowerCase(), prefix, origins: origins(fields.origins, service.base, host, tool) };
}

const isTaken = (header: string) => NO_CREDENTIAL_HEADERS.includes(header) || !isSettable(header);

/** The host of `http:HOST`, spelled as URLs spell it. */
function ownHost(tool: string): string {
  const host = tool.slice(HTTP.length + 1);
  const url = URL.canParse(`https://${host}/`) ? new URL(`https://${host}/`) : undefined;
  if (url && url.host === host && !url.hostname.endsWith(".")) return host;
  throw new Refusal(
    400,
    "INVALID_REQUEST",
    "A credential for a host is named http:HOST, with the host as it stands in URLs, such as http:api.example.com or http:api.example.com:8443.",
  );
}

/** Where the credential may go: what is said, else where the tool's calls go. */
function origins(value: unknown, base: string | undefined, host: string | undefined, tool: string): string[] {
  if (value === undefined || value === null) {
    if (base !== undefined) return [new URL(base).origin];
    throw invalid(
      "origins",
      `is required: every customer of ${tool} has another host. Name it, such as https://example.atlassian.net`,
    );
  }
  const list = Array.isArray(value) ? (value as unknown[]) : [];
  const isOrigin = (one: unknown) =>
    typeof one === "string" && /^https?:\/\/[a-z0-9.:[\]-]+$/.test(one) && URL.canParse(one) && new URL(one).origin === one;
  if (list.length === 0 || list.length > MAX_ORIGINS || !list.every(isOrigin))
    throw invalid("origins", `must be a list of 1 to ${MAX_ORIGINS} origins, such as https://api.example.com`);
  if (host !== undefined && (list as string[]).some((one) => new URL(one).host !== host))
    throw invalid("origins", `may hold only that host, as https://${host} or http://${host}`);
  return [...new Set(list as string[])];
}
