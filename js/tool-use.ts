// The `tool_use` blocks of a model in Anthropic's shape, computer use among them.

import { handedOver } from "./approvals/executed.js";
import { type Arguments, type CallTarget, isName, statedTargets, suggestedTargets } from "./call-target.js";
import { knownOptions, optional } from "./checks.js";
import { callOptions, decideCall, unreadable } from "./decide-call.js";
import { hexadecimal } from "./encoding.js";
import type { Inside } from "./guarding-client.js";
import { sortedJson } from "./json.js";
import { plainCopy } from "./plain-copy.js";
import { isRecord } from "./record.js";
import { type ScanResult, scanResult } from "./scan-result.js";
import { defined, effective, TOOL_CALL_OPTIONS, type ToolCallOptions } from "./tool-calls.js";

/** How a `tool_use` block is decided. */
export type ToolUseOptions = ToolCallOptions;

/** A block as Anthropic's API gives it. */
export interface AnthropicToolUse {
  type: "tool_use";
  id: string;
  name: string;
  input: unknown;
}

/** What the model is told of a block that was not run. */
export interface BlockedToolResult {
  type: "tool_result";
  tool_use_id: string;
  is_error: true;
  content: string;
}

/** What became of a block. */
export interface ToolUseResult<Block = AnthropicToolUse> {
  /** The block as it was given. Its own input is not to be run with. */
  toolUse: Block;
  scan: ScanResult;
  /** True after DENY, and until a person has approved: do not run it. */
  blocked: boolean;
  /** What the tool may run with; null when blocked. */
  effectiveInput: Arguments | null;
  /** What to answer the model when blocked. It names reasons and holds no payload. */
  toolResult: BlockedToolResult | undefined;
}

/** Decides one block; one that cannot be read is a DENY. */
export async function scanToolUse<Block>(inside: Inside, block: Block, options: ToolUseOptions): Promise<ToolUseResult<Block>> {
  knownOptions(options, TOOL_CALL_OPTIONS);
  const own = { runtimeType: "claude_computer_use", ...defined(callOptions(options)), wait: options.wait === true };
  const target = optional("target", options.target, "function");
  const read = readBlock(block);
  if (read.input === undefined) {
    const scan = scanResult({ body: undefined, complete: false }, await unreadable(inside, "anthropic", own));
    return result(block, read.id, scan, null);
  }
  const { id, name, input } = read;
  const category = categoryOf(name);
  const text = JSON.stringify({ tool: name, category, args: input, args_keys: Object.keys(input).sort() });
  const url = await computerUrl(name, inside.engine.redact(sortedJson(input)));
  const stated = statedTargets(target?.(name, structuredClone(input)) ?? {}, name);
  const plain = methodsOf(input).map((method) => ({ method, url }));
  const targets = (body: string): CallTarget[] => {
    if (stated.length > 0) return stated;
    return category === "other" ? [...plain, ...suggestedTargets(name, JSON.parse(body).args)] : plain;
  };
  const outcome = await decideCall(inside, inside.decide, { body: text, targets }, own);
  await handedOver(outcome);
  const released = outcome.forward ? effective(outcome.request?.body)?.args : undefined;
  const scan = scanResult({ body: {}, complete: true }, outcome);
  return result(block, id, scan, isRecord(released) ? (released as Arguments) : null);
}

function result<Block>(toolUse: Block, id: string, scan: ScanResult, effectiveInput: Arguments | null): ToolUseResult<Block> {
  const blocked = effectiveInput === null;
  const why = `interven: this was not run: ${scan.decision} (${scan.reasonCodes.join(", ")}).`;
  const toolResult = { type: "tool_result", tool_use_id: id, is_error: true, content: why } as const;
  return { toolUse, scan, blocked, effectiveInput, toolResult: blocked ? toolResult : undefined };
}

/** The members of a block, each read once; no `input` for what is no block. */
function readBlock(block: unknown): { id: string; name: string; input: Arguments | undefined } {
  const read = { id: "", name: "", input: undefined };
  try {
    const { type, id, name, input } = block as Record<string, unknown>;
    if (typeof id === "string") read.id = id;
    if (type !== "tool_use" || typeof id !== "string" || typeof name !== "string" || name === "" || !isName(name)) return read;
    const copy = plainCopy(input ?? {});
    return isRecord(copy) ? { id, name, input: copy as Arguments } : read;
  } catch {
    return read;
  }
}

function categoryOf(name: string): "computer" | "bash" | "text_editor" | "other" {
  if (name === "computer" || name === "bash") return name;
  return /^(str_replace_(based_)?edit(_tool|or)|text_editor)$/.test(name) ? "text_editor" : "other";
}

const LOOKS = new Set<unknown>(["screenshot", "cursor_position", "view", "read"]);

/** What the model calls looking may be anything: it counts as a write as well. */
const methodsOf = ({ action, command }: Arguments): string[] => (LOOKS.has(action ?? command) ? ["POST", "GET"] : ["POST"]);

/** The URL names the arguments by a hash; of what was redacted, for short arguments could be guessed from a hash. */
async function computerUrl(name: string, args: string): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(args)));
  return `https://computer-use.interven.local/computer-use/${encodeURIComponent(name)}/${hexadecimal(digest.subarray(0, 6))}`;
}
