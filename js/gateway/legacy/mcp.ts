/** JSON-RPC of `/mcp`: what is asked, and what became of it. */
import { isRecord, textAt } from "../../record.js";
import { decodeUtf8 } from "../body.js";
import { topLevelMembers } from "../members.js";
import { decisionHeaders, jsonText, Refusal } from "../reply.js";
import { Params } from "../tools/params.js";
import type { MadeCall } from "./calls.js";

/** A request in JSON-RPC. */
export interface McpRequest {
  id: string | number;
  method: string;
  params: Record<string, unknown>;
  /** Whether the request says its time itself, so that the time is signed. */
  dated: boolean;
}

/** Of JSON-RPC and MCP. */
const [METHOD_NOT_FOUND, INVALID_PARAMS] = [-32601, -32602];

/** Reads a request; throws a 400 for what is none. */
export function readMcpRequest(body: Record<string, unknown>): McpRequest {
  const { jsonrpc, id, method, params = {} } = body;
  const named = typeof id === "string" ? id.length <= 200 : Number.isSafeInteger(id);
  if (jsonrpc !== "2.0" || !named || typeof method !== "string" || !isRecord(params)) {
    throw new Refusal(
      400,
      "INVALID_REQUEST",
      "The body must be a JSON-RPC 2.0 request with an id: a text, or a whole number. Send one request at a time.",
    );
  }
  const meta = isRecord(params._meta) ? params._meta : {};
  const dated = textAt(body, "ts") !== undefined || textAt(meta, "interven/ts") !== undefined;
  return { id: id as string | number, method, params, dated };
}

/** The arguments of `tools/call`, with the digits that they came with; throws a 400 for what is no object. */
export function readArguments(bytes: Uint8Array): Params {
  const source = topLevelMembers(topLevelMembers(decodeUtf8(bytes)).get("params") ?? "{}").get("arguments");
  return Params.read(new TextEncoder().encode(source ?? "{}"));
}

/** An answer to a request whose tool or method there is not, or whose arguments are wrong. */
export const unknownMethod = (id: McpRequest["id"]): Response =>
  rpc(id, { error: { code: METHOD_NOT_FOUND, message: "This gateway answers tools/call and tools/list." } });

/** The same for names and arguments. */
export const wrongParams = (id: McpRequest["id"], message: string): Response =>
  rpc(id, { error: { code: INVALID_PARAMS, message } });

/** A list of tools. */
export const toolList = (id: McpRequest["id"], tools: object[]): Response => rpc(id, { result: { tools } });

/** A refusal as the result of a call. */
export const refusedCall = (id: McpRequest["id"], { message }: Refusal): Response => result(id, message, true);

/** What became of a call. Only a text of the gateway's own has a line that names an approval. */
export function calledTool(id: McpRequest["id"], made: MadeCall): Response {
  const { call, outcome, answer, failure } = made;
  const { report, approval } = outcome;
  const marks = decisionHeaders(report.decision, call.traceId, report.reason_codes);
  if (failure) return result(id, failure.message, true, marks);
  if (approval) {
    const lines = ["Held by interven: nothing was sent. A person must approve it; then send the same call again."];
    return result(id, [...lines, `Approval ID: ${approval.id}`, `Approve at: ${approval.url}`].join("\n"), true, marks);
  }
  if (!answer) return result(id, `Blocked by interven: ${report.reason_codes.join(", ")}. Nothing was sent.`, true, marks);
  // JSON source has no line breaks.
  if (answer.status >= 400) return result(id, `The tool answered with status ${answer.status}: ${answer.source}`, true, marks);
  return result(id, /^Approval ID:/im.test(answer.text) ? answer.source : answer.text, false, marks);
}

function result(id: McpRequest["id"], text: string, isError: boolean, marks: Record<string, string> = {}): Response {
  return rpc(id, { result: { content: [{ type: "text", text }], isError } }, marks);
}

const rpc = (id: McpRequest["id"], outcome: object, headers: Record<string, string> = {}): Response =>
  jsonText(200, JSON.stringify({ jsonrpc: "2.0", id, ...outcome }), headers);
