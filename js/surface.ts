// What every entry has beside its own client and engine: errors, the vault, and types.

export type { Allowed, CustomDetector, Operator, Redaction } from "./detection.js";
export {
  ApprovalDeniedError,
  ApprovalExpiredError,
  ApprovalRequiredError,
  ApprovalTimeoutError,
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
  PolicyError,
  type PolicyProblem,
  RedirectError,
  ResponseBlockedError,
  VaultFullError,
} from "./errors.js";
export type { ClientOptions, PendingApproval } from "./options.js";
export type { Organisation, ReachOptions } from "./reach.js";
export type { ResponseScan, ScanResponsesOptions } from "./response-options.js";
export type { ScanInput } from "./scan-input.js";
export type { ResponseInput, ResponseReport } from "./scan-response.js";
export type { ScanResult } from "./scan-result.js";
export type {
  DataClass,
  Decision,
  EngineOptions,
  Explanation,
  FailMode,
  Finding,
  LocalVerdict,
  MatchedRule,
  PolicySource,
  Report,
  ScanContext,
  WireRequest,
} from "./types.js";
export { Vault, type VaultOptions } from "./vault.js";
