// What every entry has beside its own client and engine: errors, the vault, and types.

export type { ApprovalDesk } from "./approvals/desk.js";
export {
  ApprovalDeniedError,
  ApprovalExpiredError,
  ApprovalPendingError,
  ApprovalRequiredError,
  ApprovalTimeoutError,
  ApprovalTokenError,
  ApprovalUsedError,
} from "./approvals/errors.js";
export type { ApprovalOptions, ApprovalQuestion, ApprovalReply } from "./approvals/options.js";
export { PendingApproval, type TokenOptions } from "./approvals/pending.js";
export type { ApprovalStatus, WaitOptions } from "./approvals/status.js";
export {
  type ApprovalRecord,
  type ApprovalState,
  type ApprovalStore,
  MemoryApprovalStore,
  type StoredApproval,
} from "./approvals/store.js";
export type { TargetOptions } from "./call-target.js";
export type { Clock, ClockOptions } from "./clock.js";
export type { CallOptions } from "./decide-call.js";
export type { Allowed, CustomDetector, Operator, Redaction } from "./detection.js";
export type { DoctorReport } from "./doctor/doctor.js";
export type { DoctorGateway } from "./doctor/gateway-check.js";
export type { DoctorPath, DoctorPathName } from "./doctor/paths.js";
export {
  AuthenticationError,
  type BlockDetails,
  ConfigurationError,
  EngineError,
  GatewayError,
  IntervenBlockedError,
  IntervenBlockedError as GuardBlockedError,
  IntervenBlockedError as InterventBlockedError,
  IntervenError,
  type IntervenErrorOptions,
  InvalidRequestError,
  PayloadTooLargeError,
  type PolicyDenial,
  PolicyDeniedError,
  PolicyError,
  type PolicyProblem,
  RateLimitError,
  RedirectError,
  ReplayRejectedError,
  ResponseBlockedError,
  VaultFullError,
} from "./errors.js";
export type { GateOptions, GateResult } from "./gate.js";
export type { Guarded, GuardOptions } from "./guard.js";
export type { Health } from "./health.js";
export type { Coverage, CoveragePath, CoverageStatus } from "./install/coverage.js";
export type { Installation, InstallOptions } from "./install/install.js";
export type { RuntimeName } from "./install/runtime.js";
export type { LogFields, Logger, LogOptions } from "./logging.js";
export type { ClientOptions, Disclose } from "./options.js";
export type { Organisation, ReachOptions } from "./reach.js";
export type { ResponseScan, ScanResponsesOptions } from "./response-options.js";
export type { ScanResponseInput, ScanResponseResult } from "./response-scan.js";
export type { ScanInput } from "./scan-input.js";
export type { ResponseInput, ResponseReport } from "./scan-response.js";
export type { ScanResult } from "./scan-result.js";
export type { TelemetryOptions } from "./telemetry.js";
export type { OpenAIToolCall, ToolCallOptions, ToolCallResult } from "./tool-calls.js";
export type { AnthropicToolUse, BlockedToolResult, ToolUseOptions, ToolUseResult } from "./tool-use.js";
export type * from "./tools/types.js";
export type { SpanAttributes, SpanTracer, TraceOptions, TraceSpan } from "./tracing.js";
export type {
  CallFacts,
  DataClass,
  Decision,
  EngineOptions,
  Explanation,
  FailMode,
  Finding,
  LocalVerdict,
  MatchedRule,
  PolicySource,
  Replay,
  Report,
  ScanContext,
  WireRequest,
} from "./types.js";
export { Vault, type VaultOptions } from "./vault.js";
