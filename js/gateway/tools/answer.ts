/** What a service answers, as an agent gets it: looked at whole, within a limit, and without the credential. */
import type { Call } from "../call.js";
import type { UpstreamAnswer } from "../proxy/upstream.js";
import type { Responses } from "../responses.js";
import type { OpenCredential } from "./credentials.js";
import { redactorOf } from "./redaction.js";

/** Largest body that is passed on, in bytes. */
const MAX_ANSWER_BYTES = 1024 * 1024;

/** An answer in JSON source. */
export interface ToolAnswer {
  status: number;
  /** JSON source of the body: what it holds where it is JSON, else a text; `null` for none. */
  source: string;
  /** The body as it is looked at, and its headers. */
  text: string;
  headers: [string, string][];
  /** The body was longer. */
  truncated: boolean;
  /** Why the body was left out. */
  omitted?: "compressed" | "binary";
}

/** The answer as JSON source, as agents get it. */
export function answerSource({ status, source, truncated, omitted }: ToolAnswer): string {
  const told = { status, ...(truncated ? { truncated } : {}), ...(omitted ? { body_omitted: omitted } : {}) };
  return `${JSON.stringify(told).slice(0, -1)},"body":${source}}`;
}

/** What is said of an answer that {@link readAndRecord} calls `unrecorded`. */
export const UNRECORDED = "The call was made. What it answered could not be recorded, and is not passed on.";

/** Reads the answer to a call, and records what was found in it: nobody gets one that could not be recorded. */
export async function readAndRecord(
  answer: UpstreamAnswer,
  credential: OpenCredential | undefined,
  { traceId, agentLabel: agentId }: Call,
  responses: Responses,
): Promise<ToolAnswer | "broken off" | "unrecorded"> {
  let read: ToolAnswer;
  try {
    read = await readToolAnswer(answer, credential);
  } catch {
    return "broken off";
  }
  const { status, headers, text: body } = read;
  try {
    if (body !== "") await responses.read({ traceId, agentId, status, headers, body });
  } catch {
    return "unrecorded";
  }
  return read;
}

/** Reads an answer. Rejects where the service breaks off. */
async function readToolAnswer(answer: UpstreamAnswer, credential: OpenCredential | undefined): Promise<ToolAnswer> {
  const { status } = answer;
  const header = (name: string) => fieldOf(answer.headers, name);
  const bare = { status, source: "null", text: "", headers: [] as [string, string][], truncated: false };
  const encoding = header("content-encoding")?.trim().toLowerCase() ?? "identity";
  if (encoding !== "identity" && encoding !== "") {
    answer.body.destroy();
    return { ...bare, omitted: "compressed" };
  }
  const { bytes, truncated } = await readUpTo(answer.body, MAX_ANSWER_BYTES);
  const raw = decode(bytes, truncated);
  if (raw === undefined) return { ...bare, truncated, omitted: "binary" };
  const type = header("content-type");
  const withoutCredential = redactorOf(credential);
  const headers: [string, string][] = type === undefined ? [] : [["content-type", withoutCredential(type, true)]];
  // Read and written anew, a credential cannot hide behind escapes.
  const json = truncated ? undefined : canonical(raw);
  const left = withoutCredential(json ?? raw, !truncated);
  const source = json === undefined || left === json ? json : canonical(left);
  const text = source ?? left;
  return { status, source: text === "" ? "null" : (source ?? JSON.stringify(text)), text, headers, truncated };
}

function fieldOf(raw: readonly string[], name: string): string | undefined {
  const at = raw.findIndex((text, index) => index % 2 === 0 && text.toLowerCase() === name);
  return at < 0 ? undefined : raw[at + 1];
}

/** The first bytes of a body, and whether there are more. */
async function readUpTo(body: UpstreamAnswer["body"], limit: number): Promise<{ bytes: Uint8Array; truncated: boolean }> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    chunks.push(chunk);
    length += chunk.length;
    // Leaving the loop ends the connection.
    if (length > limit) break;
  }
  const bytes = new Uint8Array(Math.min(length, limit));
  let at = 0;
  for (const chunk of chunks) {
    const part = chunk.subarray(0, bytes.length - at);
    bytes.set(part, at);
    at += part.length;
  }
  return { bytes, truncated: length > limit };
}

/** UTF-8; a cut may fall inside a character, whose torn end `stream` leaves out. */
function decode(bytes: Uint8Array, truncated: boolean): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: truncated });
  } catch {
    return undefined;
  }
}

/** Whether a text is JSON. */
export function isJson(text: string): boolean {
  return canonical(text) !== undefined;
}

function canonical(text: string): string | undefined {
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    // No JSON, or too deep to be written.
    return undefined;
  }
}
