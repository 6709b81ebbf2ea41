/** `interven/gateway`: the firewall as a service in front of agents whose code one cannot change. */
export { createCredential, hashCredential } from "./admin.js";
export { openGatewayMemory } from "./agents/recollection.js";
export { createGateway, type Gateway } from "./app.js";
export type { AuditEvent } from "./audit/bodies.js";
export type { AuditEntry } from "./audit/chain.js";
export type { SignedMark } from "./audit/marks.js";
export type { Connection, GatewayOptions, Lifetimes, Mode, RequestLogEntry, SelfAddress } from "./options.js";
export { type RunningGateway, type ServeOptions, startGateway } from "./serve.js";
export type { ToolUrls } from "./services.js";
export type { AgentActivity, AgentRecord, AgentStore } from "./store/agents.js";
export type { CredentialStore, ToolCredential } from "./store/credentials.js";
export type { AgentKey, KeyScope, KeyStore } from "./store/keys.js";
export type { MemoryStore } from "./store/memory.js";
export { openSqliteStore } from "./store/open.js";
export {
  type Approval,
  type ApprovalRequest,
  type ApprovalStatus,
  type Decision,
  type DecisionFilter,
  type EntryFilter,
  type Preview,
  type RecordedDecision,
  type RecordedReport,
  type StandingApproval,
  type Store,
  type StoredBody,
  StoreError,
  type StoreStatistics,
  type TraceSummary,
} from "./store/store.js";
export type { HourOfUse, UsageStore } from "./store/usage.js";
export { openVaultKey } from "./vault/key.js";
export { SealBrokenError, Vault } from "./vault/vault.js";
