/** The body of `POST /v1/a2a/scan`, checked field by field, and the call that it stands for. */
import { decodeUtf8 } from "../body.js";
import { recordedLabel } from "../recorded.js";
import { Refusal } from "../reply.js";
import { DuplicateMemberError, topLevelMembers } from "./members.js";
import { invalid, type ScanRequest } from "./scan-request.js";

/** A message that one agent wants to send to another. */
export interface A2aRequest extends ScanRequest {
  to: string;
}

const FIELDS = ["from_agent_id", "to_agent_id", "method", "intent", "payload"];
const MAX_AGENT_LENGTH = 200;
/** As JSON-RPC methods are written: `message/send`, `tasks.get`. */
const METHOD = /^[A-Za-z0-9_$-]{1,64}(?:[./][A-Za-z0-9_$-]{1,64}){0,7}$/;

/**
 * Parses and validates; throws a 400 that names the field. The message is decided as `POST a2a://<to>/<method>` with what it
 * says as the body, in the bytes that arrived.
 */
export function parseA2aRequest(bytes: Uint8Array): A2aRequest {
  const text = decodeUtf8(bytes);
  const { fields, members } = read(text);
  const unknown = Object.keys(fields).find((name) => !FIELDS.includes(name));
  if (unknown !== undefined) throw invalid(unknown, `is not known here; there are ${FIELDS.join(", ")}`);
  const agentId = agent(fields, "from_agent_id");
  const to = agent(fields, "to_agent_id");
  // It stands where a host does, and there one name must not be two.
  if (!/^[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*$/.test(to))
    throw invalid(
      "to_agent_id",
      "must be of letters, digits, '-', '_' and single dots; an agent of another name gets no messages",
    );
  const { method, intent } = fields;
  if (typeof method !== "string" || !METHOD.test(method)) throw invalid("method", "must name a method, such as message/send");
  if (intent !== undefined && intent !== null && typeof intent !== "string") throw invalid("intent", "must be a text");
  if (!members.has("payload")) throw invalid("payload", "is required; what is sent with nothing in it has null");
  const said = ["intent", "payload"].flatMap((name) => (members.has(name) ? [`"${name}":${members.get(name)}`] : []));
  const url = `a2a://${to}/${method}`;
  const body = new TextEncoder().encode(`{${said.join()}}`);
  return {
    request: { method: "POST", url, headers: [["content-type", "application/json"]], body },
    bodyKind: "json",
    agentId,
    to,
    context: {},
  };
}

function read(text: string): { fields: Record<string, unknown>; members: Map<string, string> } {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value))
      return { fields: value as Record<string, unknown>, members: topLevelMembers(text) };
  } catch (error) {
    if (error instanceof DuplicateMemberError) throw invalid(error.member, "is given twice");
    throw new Refusal(400, "INVALID_REQUEST", "The body is not JSON.");
  }
  throw new Refusal(400, "INVALID_REQUEST", `The body must be a JSON object with ${FIELDS.join(", ")}.`);
}

/** Stored and shown as a part of a URL, so it may hold nothing that would be redacted. */
function agent(fields: Record<string, unknown>, name: "from_agent_id" | "to_agent_id"): string {
  const value = fields[name];
  if (typeof value !== "string" || value.trim() === "" || value.length > MAX_AGENT_LENGTH)
    throw invalid(name, `must be a text of 1 to ${MAX_AGENT_LENGTH} characters`);
  if (recordedLabel(value) !== value)
    throw invalid(name, "is stored and shown: it may hold no secret, e-mail address or other personal data");
  return value;
}
