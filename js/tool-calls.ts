// The tool calls of a model in OpenAI's shape: decided before they run, with the arguments that they may run with.

import { handedOver } from "./approvals/executed.js";
import { type Arguments, callTargets, isName, type TargetOptions } from "./call-target.js";
import { knownOptions, optional } from "./checks.js";
import { CALL_OPTIONS, type CallOptions, callOptions, decideCall, unreadable } from "./decide-call.js";
import type { Inside } from "./guarding-client.js";
import { plainCopy } from "./plain-copy.js";
import { isRecord } from "./record.js";
import { invalidRequest } from "./refusal.js";
import { type ScanResult, scanResult } from "./scan-result.js";
import { isJson, strictJson } from "./strict-json.js";

/** How tool calls are decided. */
export interface ToolCallOptions extends CallOptions {
  /** Wait until a person has decided, where one is needed. Default false: such a call has no `effectiveArguments` yet. */
  wait?: boolean | undefined;
  /**
   * Where a tool leads, if you know it. Without an answer its name stands for it, and what the name suggests is scanned as well.
   * The arguments come from the model: an answer should not depend on them where they could make it looser.
   */
  target?: ((name: string, args: Readonly<Arguments>) => TargetOptions | undefined) | undefined;
}

/** The names of the options above. */
export const TOOL_CALL_OPTIONS = [...CALL_OPTIONS, "wait", "target"] as const;

/** A tool call as OpenAI's APIs give it: of a chat completion, or an item of a response. Others are refused one by one. */
export type OpenAIToolCall =
  | { id?: string; type?: string; function: { name: string; arguments: string | object } }
  | { id?: string; type?: string; custom: { name: string; input: string } }
  | { id?: string; type?: string; call_id?: string; name: string; arguments: string | object }
  | { id?: string; type?: string; call_id?: string; name: string; input: string };

/** What became of a tool call. */
export interface ToolCallResult<Call = OpenAIToolCall> {
  /** The call as it was given. Its own arguments are not to be run with. */
  toolCall: Call;
  scan: ScanResult;
  /** What the tool may run with; null after DENY, and until a person has approved. Arguments that are no object are `{ input }`. */
  effectiveArguments: Arguments | null;
}

const FRAMEWORK = "openai-assistants";

/** Decides all calls; one that cannot be read is a DENY. No calls (`null`, `undefined`) have no results. */
export async function scanToolCalls<Call>(
  inside: Inside,
  toolCalls: readonly Call[] | null | undefined,
  options: ToolCallOptions,
): Promise<ToolCallResult<Call>[]> {
  knownOptions(options, TOOL_CALL_OPTIONS);
  const own = { runtimeType: "openai_assistants", ...defined(callOptions(options)), wait: options.wait === true };
  const target = optional("target", options.target, "function");
  if (toolCalls === null || toolCalls === undefined) return [];
  if (!Array.isArray(toolCalls)) throw invalidRequest("scanToolCalls takes the list of a message's tool calls.");
  return await Promise.all(toolCalls.map((toolCall: Call) => scanOne(inside, toolCall, target, own)));
}

async function scanOne<Call>(
  inside: Inside,
  toolCall: Call,
  target: ToolCallOptions["target"],
  options: CallOptions & { wait: boolean },
): Promise<ToolCallResult<Call>> {
  const read = readCall(toolCall);
  if (read === undefined) {
    const scan = scanResult({ body: undefined, complete: false }, await unreadable(inside, FRAMEWORK, options));
    return { toolCall, scan, effectiveArguments: null };
  }
  const { name, text } = read;
  const targets = callTargets(target?.(name, JSON.parse(text)) ?? {}, FRAMEWORK, name);
  const call = { body: text, targets: (body: string) => targets(JSON.parse(body)) };
  const outcome = await decideCall(inside, inside.decide, call, options);
  await handedOver(outcome);
  const scan = scanResult({ body: {}, complete: true }, outcome);
  return { toolCall, scan, effectiveArguments: outcome.forward ? effective(outcome.request?.body) : null };
}

/** Name and arguments, the latter as the JSON of an object; nothing for what is no tool call. Members are read once. */
function readCall(toolCall: unknown): { name: string; text: string } | undefined {
  try {
    const { function: called, custom, ...flat } = toolCall as Record<string, unknown>;
    const { name, arguments: args, input } = (called ?? custom ?? flat) as Record<string, unknown>;
    const given = args === undefined ? input : args;
    if (typeof name !== "string" || name === "" || !isName(name)) return undefined;
    return { name, text: typeof given === "string" ? objectText(given) : JSON.stringify(objectOf(plainCopy(given))) };
  } catch {
    return undefined;
  }
}

/**
 * Arguments that are no JSON object are text.
 *
 * @throws {SyntaxError} for an object that parsers could read in different ways.
 */
function objectText(raw: string): string {
  return JSON.stringify(isJson(raw) ? objectOf(strictJson(raw), raw) : { input: raw });
}

function objectOf(value: unknown, otherwise = value): object {
  return isRecord(value) ? value : { input: otherwise };
}

/** The arguments in a body that was released. */
export function effective(body: Uint8Array | undefined): Arguments | null {
  const value: unknown = body === undefined ? null : JSON.parse(new TextDecoder("utf-8", { ignoreBOM: true }).decode(body));
  return isRecord(value) ? (value as Arguments) : null;
}

/** Members that are `undefined` would hide a default. */
export function defined<T extends object>(options: T): Partial<T> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Partial<T>;
}
