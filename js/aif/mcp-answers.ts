// Answers in JSON-RPC, and what may be concluded from them: little, for most of an answer is text that somebody else wrote.

import { isRecord, textAt } from "../record.js";

/** An answer in JSON-RPC. */
export interface McpResponse {
  jsonrpc: "2.0";
  id: string | number;
  result?: unknown;
  error?: unknown;
}

/** Whether this is an answer to exactly that question: a result or an error, and not both. */
export function isAnswerTo(value: unknown, id: string | number): value is McpResponse {
  if (!isRecord(value) || value.jsonrpc !== "2.0" || value.id !== id || !["string", "number"].includes(typeof id)) return false;
  return isRecord(value.result) ? value.error === undefined : value.result === undefined && isRecord(value.error);
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const APPROVAL_LINE = /^Approval ID: ([0-9a-f-]{36})\r?$/gim;

/** Texts of the content; nothing when the content is not a list of blocks. */
function texts(result: Record<string, unknown>): string[] | undefined {
  const { content } = result;
  if (!Array.isArray(content) || !content.every((block) => isRecord(block) && typeof block.type === "string")) return undefined;
  const written = (content as Record<string, unknown>[])
    .filter(({ type }) => type === "text")
    .map((block) => textAt(block, "text"));
  return written.every((text) => text !== undefined) ? written : undefined;
}

/** Whether the call was made, and nothing in the answer says otherwise. */
export function isAllowed(response: unknown): boolean {
  if (!isRecord(response) || !isAnswerTo(response, response.id as string)) return false;
  const { result } = response;
  if (!isRecord(result) || result.isError !== false) return false;
  const written = texts(result);
  if (written === undefined || approvalIds(written).length > 0) return false;
  const { decision, structuredContent, approval_id: pending } = result;
  if (decision !== undefined && decision !== "ALLOW" && decision !== "SANITIZE") return false;
  if (pending !== undefined && pending !== null) return false;
  return ![structuredContent, ...written.map(json)].some(refuses);
}

/** A verdict where the result should be. */
const refuses = (value: unknown): boolean =>
  isRecord(value) && (value.decision === "DENY" || value.decision === "REQUIRE_APPROVAL");

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The approval that a refused call waits for; nothing where the answer names none, or several. */
export function approvalIdOf(response: unknown): string | undefined {
  if (!isRecord(response) || !isAnswerTo(response, response.id as string) || !isRecord(response.result)) return undefined;
  // What a tool has answered can hold such a line as well, and is no error.
  if (response.result.isError !== true) return undefined;
  const ids = new Set(approvalIds(texts(response.result) ?? []));
  const [id] = ids;
  return ids.size === 1 ? id : undefined;
}

function approvalIds(written: readonly string[]): string[] {
  const found = written.flatMap((text) => [...text.matchAll(APPROVAL_LINE)].map(([, id = ""]) => id.toLowerCase()));
  return found.filter((id) => UUID.test(id));
}

/** The answer to a call that was not sent. */
export function blockedAnswer(id: string | number, text: string): McpResponse {
  return { jsonrpc: "2.0", id, result: { content: [{ type: "text", text }], isError: true } };
}
