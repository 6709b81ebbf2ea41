// The older protocol's way for MCP: a call goes to the gateway as it is, and its answer is the gateway's. Over any build.

import { optional } from "../checks.js";
import type { Core } from "../core/instance.js";
import { GatewayError } from "../errors.js";
import { writtenJson } from "../json.js";
import { isRecord } from "../record.js";
import { invalidRequest } from "../refusal.js";
import type { WireRequest } from "../types.js";
import { callGateway, why } from "./call.js";
import { identity } from "./invocation.js";
import { localRefusal, localScan, requireClean } from "./local-scan.js";
import { approvalIdOf, blockedAnswer, isAllowed, isAnswerTo, type McpResponse } from "./mcp-answers.js";
import { type AifOptions, type AifSettings, settleAif } from "./options.js";
import { MCP_TIME } from "./time.js";

/** Options of an `AifMcpMiddleware`. */
export interface AifMcpOptions extends AifOptions {
  /** With what the gateway makes the calls. Default `none`. */
  credentialType?: string;
  credentialToken?: string;
  scopes?: readonly string[];
}

/** A request in JSON-RPC: `tools/call` or `tools/list`. */
export interface McpRequest {
  jsonrpc: "2.0";
  id: string | number;
  method: string;
  params?: Record<string, unknown>;
}

/** A tool that the gateway knows. */
export interface McpTool {
  name: string;
  description?: string;
  [more: string]: unknown;
}

/** What the middlewares of all entries have in common. */
export class LocalAifMcp {
  readonly #settings: AifSettings;
  readonly #credential: Record<string, string>;

  /** @throws {ConfigurationError} for an option that is unknown, missing, or cannot be used. */
  constructor(core: Core, options: AifMcpOptions) {
    this.#settings = settleAif(core, options, ["credentialType", "credentialToken", "scopes"]);
    optional("credentialToken", options.credentialToken, "string");
    const { credential_type: type, credential_token: token, scopes } = identity(options);
    this.#credential =
      type === "none" ? {} : { "x-aif-credential-type": type, "x-aif-credential-token": token, "x-aif-scopes": scopes.join() };
  }

  /**
   * Has the gateway decide and make a call of a tool. Its arguments are scanned here first: after a local DENY nothing is sent
   * and the answer is an error result; what is redacted leaves redacted. Of the request only `id`, `method`, and of `params`
   * `name`, `arguments` and `cursor` are sent.
   *
   * @throws {IntervenBlockedError} or one of its subclasses when the gateway could not be asked; with the reason code
   * `OUTCOME_UNKNOWN` it may have made the call.
   */
  async intercept(request: McpRequest, options: { signal?: AbortSignal } = {}): Promise<McpResponse> {
    const { id, method, name, given } = readRequest(request);
    requireClean(this.#settings.engine, [String(id)]);
    const wire: WireRequest = {
      method: "POST",
      url: `mcp://${encodeURIComponent(name)}`,
      headers: [["content-type", "application/json"]],
      body: new TextEncoder().encode(given),
    };
    const outcome = await localScan(this.#settings, wire, "mcp");
    options.signal?.throwIfAborted();
    if (!outcome.forward || outcome.request?.url !== wire.url) {
      const { message } = localRefusal(outcome, "");
      return blockedAnswer(id, message);
    }
    const said = new TextDecoder("utf-8", { ignoreBOM: true }).decode(outcome.request.body);
    const members = method === "tools/list" ? said.slice(1, -1) : `"name":${JSON.stringify(name)},"arguments":${said}`;
    const write = (time: string) =>
      `{"jsonrpc":"2.0","id":${JSON.stringify(id)},"method":"${method}","params":{${members}${members === "" ? "" : ","}` +
      `"_meta":{"${MCP_TIME}":"${time}"}}}`;
    const answer = await this.#post("/mcp", write, this.#credential, method === "tools/list", options.signal);
    if (!isAnswerTo(answer, id)) throw unbelievable(method === "tools/call");
    return answer;
  }

  /** Whether the gateway has made the call: a result without error, and nothing in it that says otherwise. */
  isAllowed(response: unknown): boolean {
    return isAllowed(response);
  }

  /** The id in the line `Approval ID: …` of a refused call; nothing where there is none in exactly that form, or several. */
  getApprovalId(response: unknown): string | undefined {
    return approvalIdOf(response);
  }

  /**
   * The tools that the gateway knows.
   *
   * @throws {GatewayError} for an answer that is no list of tools.
   */
  async listTools(options: { signal?: AbortSignal } = {}): Promise<McpTool[]> {
    const write = (time: string) => `{"jsonrpc":"2.0","id":0,"method":"tools/list","params":{"_meta":{"${MCP_TIME}":"${time}"}}}`;
    const answer = await this.#post("/mcp/tools/list", write, {}, true, options.signal);
    const tools = isAnswerTo(answer, 0) && isRecord(answer.result) ? answer.result.tools : undefined;
    if (!Array.isArray(tools) || !tools.every((tool) => isRecord(tool) && typeof tool.name === "string"))
      throw unbelievable(false);
    return tools as McpTool[];
  }

  async #post(
    path: string,
    write: (time: string) => string,
    more: Record<string, string>,
    reads: boolean,
    signal: AbortSignal | undefined,
  ): Promise<unknown> {
    const { asking, agentId, sign, timeoutMs, maxRetries } = this.#settings;
    const make = () => {
      const time = new Date().toISOString();
      const body = new TextEncoder().encode(write(time));
      const headers = { "x-aif-agent-id": agentId, "x-aif-timestamp": time, "x-aif-signature": sign(body), ...more };
      return { body, headers };
    };
    const { json } = await callGateway({ asking, method: "POST", path, make, timeoutMs, maxRetries, reads, signal });
    return json;
  }
}

/** The parts of a request that are sent, read once. `given` is JSON of an object. */
function readRequest(request: unknown): { id: string | number; method: string; name: string; given: string } {
  if (!isRecord(request) || request.jsonrpc !== "2.0") throw bad("it must be a JSON-RPC 2.0 request.");
  const { id, method, params = {} } = request;
  if (!(Number.isSafeInteger(id) || (typeof id === "string" && /^[\w-]{1,64}$/.test(id))))
    throw bad("its id must be a whole number, or 1 to 64 letters, digits, `-` and `_`.");
  if (!isRecord(params)) throw bad("its params must be an object.");
  const known = { id: id as string | number, method: String(method) };
  if (method === "tools/list") {
    const { cursor } = params;
    if (cursor !== undefined && typeof cursor !== "string") throw bad("its cursor must be a text.");
    return { ...known, name: "tools", given: JSON.stringify({ cursor }) };
  }
  if (method !== "tools/call") throw bad("only tools/call and tools/list are sent.");
  const { name, arguments: own = {} } = params;
  if (typeof name !== "string" || !/^[\w./:-]{1,128}$/.test(name)) throw bad("the name of its tool is not one.");
  const given = isRecord(own) ? writtenJson(own) : undefined;
  if (given === undefined || !given.startsWith("{")) throw bad("its arguments must be an object that can be written as JSON.");
  return { ...known, name, given };
}

function bad(reason: string) {
  return invalidRequest(`The MCP request is not valid, so nothing was sent: ${reason}`);
}

function unbelievable(mayHaveRun: boolean): GatewayError {
  return new GatewayError("The gateway's answer is not one that the protocol knows.", why("GATEWAY_ANSWER_INVALID", mayHaveRun));
}
