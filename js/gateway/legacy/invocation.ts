/** The body of `POST /invoke`, checked field by field once its signature is. */

import { isRecord, textAt } from "../../record.js";
import { strictJsonBytes } from "../../strict-json.js";
import type { WireRequest } from "../../types.js";
import { decodeUtf8 } from "../body.js";
import { onlyKnown } from "../json-object.js";
import { topLevelMembers } from "../members.js";
import { requestHeaders } from "../proxy/headers.js";
import { invalid, Refusal } from "../reply.js";
import type { Destinations } from "./destination.js";
import { type Identity, readIdentity } from "./identity.js";

/** A call that the gateway shall make. */
export interface Invocation {
  request: WireRequest;
  /** Where the same call would go at the tool's vendor, if that is elsewhere. */
  vendorUrl?: string;
  tool: string;
  runtimeType: string | undefined;
  identity: Identity;
}

const TOP = ["tool_name", "operation", "upstream_request", "agent_context", "identity_context", "trace_id", "ts"];
const UPSTREAM = ["method", "url_path", "body", "headers"];
const AGENT = ["agent_id", "agent_name", "runtime_type", "deployment_env"];
const MAX_NAME_LENGTH = 200;

/** The object of a body, in which no name stands twice; throws a 400. */
export function strictObject(bytes: Uint8Array): Record<string, unknown> {
  const value = strictJsonBytes(bytes)?.value;
  if (isRecord(value)) return value;
  throw new Refusal(400, "INVALID_REQUEST", "The body must be a JSON object, in UTF-8, in which no name stands twice.");
}

/** The agent that a body names; throws a 400. Whether it is that agent, the signature tells. */
export function claimedAgent(body: Record<string, unknown>): string {
  const agentId = isRecord(body.agent_context) ? textAt(body.agent_context, "agent_id") : undefined;
  if (agentId === undefined || agentId === "") throw invalid("agent_context.agent_id", "must be the id of the agent");
  return agentId;
}

/** Reads the rest; throws a 400 that names the field. */
export function readInvocation(bytes: Uint8Array, body: Record<string, unknown>, destinations: Destinations): Invocation {
  onlyKnown(body, TOP);
  for (const name of ["operation", "trace_id"]) optionalName(body, name, "");
  const { upstream_request: upstream, agent_context: agent, identity_context: identity = {} } = body;
  const tool = (textAt(body, "tool_name") ?? "").toLowerCase();
  if (!/^[a-z0-9][\w-]{0,63}$/.test(tool)) throw invalid("tool_name", "must be the name of a tool, such as github");
  if (!isRecord(upstream)) throw invalid("upstream_request", "must be an object with 'method' and 'url_path'");
  if (!isRecord(identity)) throw invalid("identity_context", "must be an object");
  onlyKnown(upstream, UPSTREAM, "upstream_request.");
  onlyKnown(agent as Record<string, unknown>, AGENT, "agent_context.");
  for (const name of AGENT) optionalName(agent as Record<string, unknown>, name, "agent_context.");
  const method = (textAt(upstream, "method") ?? "").toUpperCase();
  // TRACE sends the credential back.
  if (!/^[A-Z]{1,16}$/.test(method) || ["CONNECT", "TRACE", "TRACK"].includes(method))
    throw invalid("upstream_request.method", "must be an HTTP method, such as POST, and none that sends a request back");
  const headers = readHeaders(upstream.headers);
  const source = topLevelMembers(topLevelMembers(decodeUtf8(bytes)).get("upstream_request") ?? "{}").get("body");
  const { url, ...elsewhere } = destinations.of(tool, textAt(upstream, "url_path") ?? "");
  return {
    request: { method, url, ...withBody(headers, upstream.body, source) },
    ...elsewhere,
    tool,
    runtimeType: textAt(agent as Record<string, unknown>, "runtime_type"),
    identity: readIdentity(identity, "identity_context."),
  };
}

function optionalName(fields: Record<string, unknown>, name: string, within: string): void {
  const value = fields[name] ?? "";
  if (typeof value !== "string" || value.length > MAX_NAME_LENGTH)
    throw invalid(`${within}${name}`, `must be a text of at most ${MAX_NAME_LENGTH} characters`);
}

/** Headers as they may be sent on: none twice, and none that is about a connection or this protocol. */
function readHeaders(value: unknown): [string, string][] {
  if (value === undefined || value === null) return [];
  const field = "upstream_request.headers";
  if (!isRecord(value)) throw invalid(field, "must be an object of header names and texts");
  const headers = new Headers();
  for (const [name, text] of Object.entries(value)) {
    if (typeof text !== "string") throw invalid(field, "must hold texts only");
    try {
      if (headers.has(name)) throw invalid(field, "name a header twice");
      headers.set(name, text);
    } catch (error) {
      throw error instanceof Refusal ? error : invalid(field, "hold a name or a value that cannot be sent");
    }
  }
  if (!["", "identity"].includes((headers.get("content-encoding") ?? "").trim().toLowerCase()))
    throw new Refusal(415, "UNINSPECTABLE_ENCODING", "A compressed body cannot be scanned. Send it without Content-Encoding.");
  return requestHeaders(headers, false).filter(([name]) => !name.startsWith("x-aif-"));
}

/** The JSON source that was signed, byte for byte; a text for a type that is not JSON is the body itself. */
function withBody(
  headers: [string, string][],
  value: unknown,
  source: string | undefined,
): Pick<WireRequest, "headers" | "body"> {
  if (source === undefined || value === null) return { headers, body: new Uint8Array(0) };
  const type = headers.find(([name]) => name === "content-type")?.[1];
  const plain = typeof value === "string" && type !== undefined && !/\bjson\b/i.test(type) && !/\p{Surrogate}/u.test(value);
  const body = new TextEncoder().encode(plain ? value : source);
  return { headers: type === undefined ? [...headers, ["content-type", "application/json"]] : headers, body };
}
