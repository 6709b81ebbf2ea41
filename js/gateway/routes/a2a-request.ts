/** The body of `POST /v1/a2a/scan`, checked field by field, and the call that it stands for. */
import { decodeUtf8 } from "../body.js";
import { jsonObject, onlyKnown, shownText } from "../json-object.js";
import { invalid } from "../reply.js";
import type { ScanRequest } from "./scan-request.js";

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
  const expected = `The body must be a JSON object with ${FIELDS.join(", ")}.`;
  const { fields, members } = jsonObject(text, expected, "The body is not JSON.");
  onlyKnown(fields, FIELDS);
  const agentId = shownText(fields.from_agent_id, "from_agent_id", MAX_AGENT_LENGTH);
  const to = shownText(fields.to_agent_id, "to_agent_id", MAX_AGENT_LENGTH);
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
