// The wrappers as functions: with a `client`, or with the options of one that they make.

import type { AgentClient } from "./agent-client.js";
import { ConfigurationError } from "./errors.js";
import { GATE_OPTIONS, type GateOptions, type GateResult } from "./gate.js";
import { GUARD_OPTIONS, type Guarded, type GuardOptions } from "./guard.js";
import type { ClientOptions } from "./options.js";
import { TOOL_CALL_OPTIONS, type ToolCallOptions, type ToolCallResult } from "./tool-calls.js";
import type { ToolUseResult } from "./tool-use.js";

/**
 * Who decides: a client, or the options of a new one. Each new client remembers for itself, so where there are many calls, or rules
 * about what went before, give them one `client`.
 */
export type Deciders<Client extends AgentClient> = { client: Client } | ({ client?: undefined } & ClientOptions);

/** Options of the function `guard`. */
export type StandaloneGuardOptions<Client extends AgentClient> = GuardOptions & Deciders<Client>;
/** Options of the function `gate`. */
export type StandaloneGateOptions<Client extends AgentClient> = GateOptions & Deciders<Client>;
/** Options of the functions `scanToolCalls` and `scanToolUse`. */
export type StandaloneToolOptions<Client extends AgentClient> = ToolCallOptions & Deciders<Client>;

/** @throws {ConfigurationError} for what is no client, and for options of a client beside one. */
function divided<Client extends AgentClient>(
  Kind: new (options: ClientOptions) => Client,
  options: Record<string, unknown>,
  names: readonly string[],
): { client: Client; own: Record<string, unknown> } {
  const { client, ...rest } = options ?? {};
  const split = (own: boolean) => Object.fromEntries(Object.entries(rest).filter(([name]) => names.includes(name) === own));
  const [own, clients] = [split(true), split(false)];
  if (client === undefined) return { client: new Kind(clients as ClientOptions), own };
  if (!(client instanceof Kind)) throw new ConfigurationError("client must be an IntervenClient of the same entry.");
  const [unknown] = Object.keys(clients);
  if (unknown === undefined) return { client, own };
  throw new ConfigurationError(`Unknown option \`${unknown}\` beside a client. Known options: client, ${names.join(", ")}.`);
}

/** The functions, with the clients of one entry. */
export function standalone<Client extends AgentClient>(Kind: new (options: ClientOptions) => Client) {
  type Options = Record<string, unknown>;
  const decider = (options: object, names: readonly string[]) => divided(Kind, options as Options, names);
  return {
    guard: <Parameters extends unknown[], Result>(
      fn: (...args: Parameters) => Result,
      options: StandaloneGuardOptions<Client> = {},
    ): Guarded<Parameters, Result> => {
      const { client, own } = decider(options, GUARD_OPTIONS);
      return client.guard(fn, own);
    },
    gate: async (method: string, url: string | URL, options: StandaloneGateOptions<Client> = {}): Promise<GateResult> => {
      const { client, own } = decider(options, GATE_OPTIONS);
      return await client.gate(method, url, own);
    },
    scanToolCalls: async <Call>(
      toolCalls: readonly Call[] | null | undefined,
      options: StandaloneToolOptions<Client> = {},
    ): Promise<ToolCallResult<Call>[]> => {
      const { client, own } = decider(options, TOOL_CALL_OPTIONS);
      return await client.scanToolCalls(toolCalls, own);
    },
    scanToolUse: async <Block>(block: Block, options: StandaloneToolOptions<Client> = {}): Promise<ToolUseResult<Block>> => {
      const { client, own } = decider(options, TOOL_CALL_OPTIONS);
      return await client.scanToolUse(block, own);
    },
  };
}
