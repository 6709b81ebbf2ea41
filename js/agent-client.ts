// What the full clients have beyond `fetch`, `scan` and `redact`. Each part stands in a module of its own.

import { ApprovalDesk } from "./approvals/desk.js";
import { resumeCall } from "./approvals/resume.js";
import { type ApprovalStatus, pollApproval, type WaitOptions, waitForApproval } from "./approvals/status.js";
import { type DoctorReport, doctor } from "./doctor/doctor.js";
import { type GateOptions, type GateResult, gate } from "./gate.js";
import { type Guarded, type GuardOptions, guard } from "./guard.js";
import { GuardingClient, insideOf } from "./guarding-client.js";
import { type Health, health } from "./health.js";
import { type Installation, type InstallOptions, install } from "./install/install.js";
import { type ScanResponseInput, type ScanResponseResult, scanResponse } from "./response-scan.js";
import { scanToolCalls, type ToolCallOptions, type ToolCallResult } from "./tool-calls.js";
import { scanToolUse, type ToolUseOptions, type ToolUseResult } from "./tool-use.js";
import { tools } from "./tools/namespace.js";
import type { Tools } from "./tools/types.js";

/** The client of the entries that hold everything. */
export class AgentClient extends GuardingClient {
  /** Decides what waits in the client's own `approvalStore`. */
  get approvals(): ApprovalDesk {
    return new ApprovalDesk(insideOf(this).settings.approvalStore);
  }

  /**
   * Takes up a call that waits for a person, from the token that its `pending` made: in another process, after a restart, in
   * another isolate. Waits for the person, and sends exactly that call, once. Without a call in the token, give the same one
   * again as for `fetch`.
   *
   * @throws {ApprovalTokenError} for a token that this client cannot take up.
   * @throws {ApprovalUsedError} when the call was sent before, or may have been.
   * @throws {IntervenBlockedError} and the others of `fetch`.
   */
  async resume(token: string, input?: RequestInfo | URL, init?: RequestInit): Promise<Response> {
    return await resumeCall(insideOf(this), token, input, init);
  }

  /**
   * The state of an approval at the gateway. It uses nothing up.
   *
   * @throws {GatewayError} when the gateway does not say.
   */
  async pollApproval(approvalId: string, options: { signal?: AbortSignal } = {}): Promise<ApprovalStatus> {
    const { core, settings } = insideOf(this);
    return await pollApproval(core, settings, approvalId, options.signal);
  }

  /**
   * Waits until a person has approved, for code that asked with `scan` and sends by itself.
   *
   * @throws {ApprovalDeniedError}, {ApprovalExpiredError}, {ApprovalUsedError} or {ApprovalTimeoutError} otherwise.
   */
  async waitForApproval(approvalId: string, options: WaitOptions = {}): Promise<ApprovalStatus> {
    const { core, settings } = insideOf(this);
    return await waitForApproval(core, settings, approvalId, options);
  }

  /**
   * Calls that the gateway makes, with credentials that it holds. The parameters are decided here first: what is denied never
   * leaves the process, and what is redacted leaves redacted. Needs a gateway.
   *
   * @throws {IntervenBlockedError} or one of its subclasses from each call that is not made.
   */
  readonly tools: Tools = tools(insideOf(this));

  /**
   * A function that scans its arguments before `fn` runs. `fn` gets a copy of exactly what was scanned, redacted where that is
   * needed; a person is waited for. Its result is not looked at.
   *
   * @throws {IntervenBlockedError} from each call that is refused, or whose arguments JSON cannot say in full; `fn` has not run.
   * @throws {ConfigurationError} at once, for an option that cannot be used.
   */
  guard<Parameters extends unknown[], Result>(
    fn: (...args: Parameters) => Result,
    options: GuardOptions = {},
  ): Guarded<Parameters, Result> {
    return guard(insideOf(this), fn, options);
  }

  /**
   * Decides a call that you make yourself, and waits for a person where one is needed. Send `body` of the result, and only if
   * `proceed` is true. What is refused is told, not thrown.
   *
   * @throws {ConfigurationError} for an option that is unknown or cannot be used.
   * @throws the signal's reason when it aborts.
   */
  async gate(method: string, url: string | URL, options: GateOptions = {}): Promise<GateResult> {
    return await gate(insideOf(this), method, url, options);
  }

  /**
   * Decides the tool calls of a model, in OpenAI's shape, each by itself. Run a tool with `effectiveArguments` alone.
   *
   * @throws {InvalidRequestError} for what is no list. A call that cannot be read is a DENY in its own result.
   */
  async scanToolCalls<Call>(
    toolCalls: readonly Call[] | null | undefined,
    options: ToolCallOptions = {},
  ): Promise<ToolCallResult<Call>[]> {
    return await scanToolCalls(insideOf(this), toolCalls, options);
  }

  /**
   * Decides a `tool_use` block of a model, in Anthropic's shape. Run the tool with `effectiveInput` alone; when `blocked`, answer
   * the model with `toolResult`.
   */
  async scanToolUse<Block>(block: Block, options: ToolUseOptions = {}): Promise<ToolUseResult<Block>> {
    return await scanToolUse(insideOf(this), block, options);
  }

  /**
   * Inspects what a call was answered, before an agent reads it. Where it is sensitive, a later call that carries a piece of it is
   * known as such. A gateway is told what was found, and shown the body with everything sensitive replaced.
   *
   * @throws {InvalidRequestError} for a body that is not text, bytes or JSON.
   * @throws {GatewayError} when a gateway is configured and cannot be told, unless `failMode` is `open`.
   */
  async scanResponse(response: ScanResponseInput): Promise<ScanResponseResult> {
    return await scanResponse(insideOf(this), response);
  }

  /**
   * Asks the gateway how it is; resolves when it is up.
   *
   * @throws {GatewayError} when it is not, {ConfigurationError} without a gateway.
   */
  async health(options: { signal?: AbortSignal | undefined } = {}): Promise<Health> {
    return await health(insideOf(this).settings, options.signal);
  }

  /**
   * Guards the calls of code that never heard of this client: `globalThis.fetch`, and where there are such undici, `node:http`
   * and `node:https`. Call it before other code runs. `coverage` says what is guarded and what is not.
   *
   * Several clients may be installed; each of them must release a call. Refused calls fail as calls fail there: `fetch` rejects
   * with the error of the refusal, a request of `node:http` emits it.
   *
   * @throws {ConfigurationError} for an option that is unknown or cannot be used.
   */
  install(options: InstallOptions = {}): Installation {
    return install(insideOf(this), options);
  }

  /**
   * Sends a made-up secret down every path that the runtime has, to a port of this process or to a name that leads nowhere, and
   * says for each whether it was really blocked; and what the client runs on. `text` is the report for people.
   */
  doctor(): Promise<DoctorReport> {
    return doctor(insideOf(this), this.fetch);
  }
}
