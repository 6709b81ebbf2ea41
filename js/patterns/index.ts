/**
 * The default entry, and detectors of one's own by regular expression.
 *
 * @packageDocumentation
 */

export type { Allowed, CustomDetector, Operator, Redaction } from "../detection.js";
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
  VaultFullError,
} from "../errors.js";
export type { ClientOptions, PendingApproval } from "../options.js";
export type { ScanInput } from "../scan-input.js";
export type { ScanResult } from "../scan-result.js";
export type {
  DataClass,
  Decision,
  EngineOptions,
  FailMode,
  Finding,
  LocalVerdict,
  PolicySource,
  Report,
  ScanContext,
  WireRequest,
} from "../types.js";
export { Vault, type VaultOptions } from "../vault.js";
export { IntervenClient } from "./client.js";
export { Detector, type DetectorEnd } from "./detector.js";
export { type AddressClass, classifyAddress, Engine, type RedactOptions, redactText } from "./engine.js";
