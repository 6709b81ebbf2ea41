/** `interven/gateway`: the firewall as a service in front of agents whose code one cannot change. */
export { createCredential, hashCredential } from "./admin.js";
export { createGateway, type Gateway } from "./app.js";
export type { Connection, GatewayOptions, Lifetimes, Mode, RequestLogEntry, SelfAddress } from "./options.js";
export { type RunningGateway, type ServeOptions, startGateway } from "./serve.js";
export { openSqliteStore } from "./store/open.js";
export {
  type Approval,
  type ApprovalRequest,
  type ApprovalStatus,
  type Decision,
  type Preview,
  type RecordedDecision,
  type RecordedReport,
  type Store,
  StoreError,
} from "./store/store.js";
