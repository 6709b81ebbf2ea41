/**
 * The firewall, small: credentials, card numbers, US social security numbers, IBANs, e-mail addresses and policies, on the
 * values of a request, and in what is escaped, percent-encoded or base64 in them. It reads no other encoding, finds no other
 * personal data and no prompt injection, reads no streams, and asks no gateway. What it leaves out it does not find; compressed
 * bodies it denies.
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
export { Engine, type RedactOptions, redactText } from "./engine.js";
