/** The bodies by which inbound routes are made and changed, checked field by field. */

import { isAddressRange } from "../agents/address-range.js";
import { type Fields, onlyKnown, refuseHidden, shownText } from "../json-object.js";
import { isSettable } from "../proxy/headers.js";
import { recordedLabel } from "../recorded.js";
import { invalid } from "../reply.js";
import { toolNames } from "../services.js";
import type { RouteAgent } from "../store/inbound-routes.js";
import { PREFIX_PATTERN } from "./target.js";

/** What an administrator says of a route. */
export interface RouteWishes {
  prefix?: string;
  upstreamUrl?: string;
  /** Names in lower case. */
  headers?: [string, string][];
  tool?: string | null;
  agent?: RouteAgent;
}

const CHANGEABLE = ["upstream_url", "headers", "tool", "agent"];
const MAX_TEXT_LENGTH = 200;
const MAX_URL_LENGTH = 2000;
const MOST_HEADERS = 20;
const MAX_HEADER_LENGTH = 4096;
const MOST_RANGES = 100;
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]{1,64}$/;
/** Fields that say how a body is to be read, or a request to be taken: the decision is about the agent's own. */
const DECIDED = /^(content-.*|x-http-method.*|x-method-override|x-original-url|x-rewrite-url|range|if-.*)$/;

/** A new route; throws a 400 that names the field. */
export function newRoute(fields: Fields): RouteWishes & { prefix: string; upstreamUrl: string } {
  onlyKnown(fields, ["prefix", ...CHANGEABLE]);
  const { prefix } = fields;
  if (typeof prefix !== "string" || !PREFIX_PATTERN.test(prefix))
    throw invalid("prefix", "must be 1 to 64 of a-z, 0-9 and '-', and may not begin or end with '-'");
  refuseHidden(prefix, "prefix");
  return { prefix, ...wishes(fields), upstreamUrl: upstreamUrl(fields.upstream_url) };
}

/** Changes of a route; throws a 400 that names the field. */
export function changedRoute(fields: Fields): RouteWishes {
  onlyKnown(fields, CHANGEABLE);
  if (Object.keys(fields).length === 0) throw invalid("body", `must name what to change: ${CHANGEABLE.join(", ")}`);
  return wishes(fields);
}

function wishes({ upstream_url: url, headers, tool, agent }: Fields): RouteWishes {
  return {
    ...(url === undefined ? {} : { upstreamUrl: upstreamUrl(url) }),
    ...(headers === undefined ? {} : { headers: addedHeaders(headers) }),
    ...(tool === undefined ? {} : { tool: toolName(tool) }),
    ...(agent === undefined ? {} : { agent: routeAgent(agent) }),
  };
}

function upstreamUrl(value: unknown): string {
  const example = "such as https://api.example.com/v1";
  if (typeof value !== "string" || value.length > MAX_URL_LENGTH || !/^https?:\/\//.test(value) || !URL.canParse(value))
    throw invalid("upstream_url", `must be an https: URL, ${example}`);
  const url = new URL(value);
  if (`${url.username}${url.password}${url.search}${url.hash}` !== "" || /[?#@]/.test(value))
    throw invalid("upstream_url", "may hold no user, query or fragment; give credentials in 'headers'");
  const base = url.href.replace(/\/$/, "");
  if (base !== value.replace(/\/$/, "") || /[%\\]|\/\/.*\/\//.test(base) || url.hostname.endsWith("."))
    throw invalid("upstream_url", `must be in its plain form, without encoded characters, ${example}`);
  refuseHidden(base, "upstream_url");
  return base;
}

function addedHeaders(value: unknown): [string, string][] {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw invalid("headers", "must be an object of header names and texts");
  const pairs = Object.entries(value).map(([name, text]): [string, string] => [header(name), headerValue(text)]);
  if (pairs.length > MOST_HEADERS) throw invalid("headers", `must be at most ${MOST_HEADERS}`);
  if (new Set(pairs.map(([name]) => name)).size < pairs.length) throw invalid("headers", "name a header twice");
  return pairs;
}

function header(given: string): string {
  const name = given.toLowerCase();
  if (!TOKEN.test(name)) throw invalid("headers", "have a name that is no header name");
  if (!isSettable(name) || DECIDED.test(name))
    throw invalid("headers", `may not set ${name}: it belongs to the connection, the body or the gateway`);
  if (recordedLabel(name) !== name) throw invalid("headers", "have a name that could be a secret; names are stored and shown");
  return name;
}

/** Nothing of a value is said in the error: it may be a credential. */
function headerValue(value: unknown): string {
  if (typeof value === "string" && value.length <= MAX_HEADER_LENGTH && /^[\x21-\x7e](?:[\x20-\x7e\t]*[\x21-\x7e])?$/.test(value))
    return value;
  throw invalid("headers", `must be texts of 1 to ${MAX_HEADER_LENGTH} visible ASCII characters on one line`);
}

function toolName(value: unknown): string | null {
  if (value === null) return null;
  const names = toolNames();
  if (typeof value === "string" && names.includes(value)) return value;
  throw invalid("tool", `must be null or one of ${names.join(", ")}`);
}

function routeAgent(value: unknown): RouteAgent {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw invalid("agent", BY);
  const { by, ...rest } = value as Fields;
  if (by === "key") {
    onlyKnown(rest, [], "agent.");
    return { by };
  }
  if (by !== "fixed" && by !== "header") throw invalid("agent.by", "must be key, fixed or header");
  const own = by === "fixed" ? "agent_id" : "header";
  onlyKnown(rest, [own, "allow_from"], "agent.");
  const allowFrom = ranges(rest.allow_from);
  if (by === "fixed") return { by, agentId: shownText(rest.agent_id, "agent.agent_id", MAX_TEXT_LENGTH), allowFrom };
  const name = rest.header;
  if (typeof name !== "string" || !TOKEN.test(name) || !isSettable(name.toLowerCase()))
    throw invalid("agent.header", "must be the name of a header that agents send");
  return { by, header: name.toLowerCase(), allowFrom };
}

/** Whoever wants everybody to pass has to write so. */
function ranges(value: unknown): string[] {
  if (value === undefined) return [];
  if (Array.isArray(value) && value.length <= MOST_RANGES && value.every((one) => typeof one === "string" && isAddressRange(one)))
    return value as string[];
  throw invalid("agent.allow_from", "must be a list of addresses and ranges, such as 10.0.3.0/24");
}

const BY = 'must be an object: {"by": "key"}, {"by": "fixed", "agent_id": …} or {"by": "header", "header": …}';
