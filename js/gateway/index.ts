/** `interven/gateway`: the firewall as a service in front of agents whose code one cannot change. */
export { createCredential, hashCredential } from "./admin.js";
export { openGatewayMemory } from "./agents/recollection.js";
export { createGateway, type Gateway } from "./app.js";
export type { AuditEvent } from "./audit/bodies.js";
export type { AuditEntry } from "./audit/chain.js";
export type { SignedMark } from "./audit/marks.js";
export type { RecordStatistics, StatisticsRange } from "./audit/statistics.js";
export type { SlackOptions, WebhookOptions } from "./notify/notifications.js";
export type { Connection, GatewayOptions, Lifetimes, Mode, RequestLogEntry, SelfAddress } from "./options.js";
export type { PolicyText } from "./policies/document.js";
export type { GatewayEngine, PolicyEngine } from "./policies/live-engine.js";
export type { UpstreamConnector } from "./proxy/upstream.js";
export { RemoteGateway, type RemoteOptions } from "./remote/remote-gateway.js";
export { type RunningGateway, type ServeOptions, startGateway } from "./serve.js";
export type { ToolUrls } from "./services.js";
export type { AgentActivity, AgentRecord, AgentStore } from "./store/agents.js";
export type { CredentialStore, ToolCredential } from "./store/credentials.js";
export type { InboundRoute, InboundRouteStore, RouteAgent } from "./store/inbound-routes.js";
export type { ApprovalFilter, InboxStore } from "./store/inbox.js";
export type { AgentKey, KeyScope, KeyStore } from "./store/keys.js";
export type { MemoryStore } from "./store/memory.js";
export { openMemoryStore, openSqliteStore } from "./store/open.js";
export type { Message, OutboxCount, OutboxStore, WaitingMessage, Writer } from "./store/outbox.js";
export type { InForce, PolicyChange, PolicyStore, PolicyVersion, StoredPolicy } from "./store/policies.js";
export type { SlackCard, SlackCardStore } from "./store/slack-cards.js";
export {
  type Approval,
  type ApprovalRequest,
  type ApprovalStatus,
  type Decision,
  type DecisionFilter,
  type EntryFilter,
  type Judgement,
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
export type { TunnelConnector } from "./tunnel/serve-tunnel.js";
export type { Tunnel, TunnelLimits, TunnelRequest } from "./tunnel/tunnels.js";
export { openVaultKey } from "./vault/key.js";
export { SealBrokenError, Vault } from "./vault/vault.js";
