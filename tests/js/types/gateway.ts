// What a compiler knows about `interven/gateway`. Compiled, never run; every `@ts-expect-error` must be one.

import { Engine } from "interven";
import {
  type AgentActivity,
  type AgentKey,
  type AgentRecord,
  type AgentStore,
  type Approval,
  type ApprovalFilter,
  type ApprovalRequest,
  type ApprovalStatus,
  type AuditEntry,
  type AuditEvent,
  type Connection,
  type CredentialStore,
  createCredential,
  createGateway,
  type Decision,
  type DecisionFilter,
  type EntryFilter,
  type Gateway,
  type GatewayEngine,
  type GatewayOptions,
  type HourOfUse,
  hashCredential,
  type InboundRoute,
  type InboundRouteStore,
  type InboxStore,
  type InForce,
  type Judgement,
  type KeyScope,
  type KeyStore,
  type Lifetimes,
  type MemoryStore,
  type Message,
  type Mode,
  type OutboxCount,
  type OutboxStore,
  openGatewayMemory,
  openMemoryStore,
  openSqliteStore,
  openVaultKey,
  type PolicyChange,
  type PolicyEngine,
  type PolicyStore,
  type PolicyText,
  type PolicyVersion,
  type Preview,
  type RecordedDecision,
  type RecordedReport,
  type RecordStatistics,
  RemoteGateway,
  type RemoteOptions,
  type RequestLogEntry,
  type RouteAgent,
  type RunningGateway,
  SealBrokenError,
  type SelfAddress,
  type ServeOptions,
  type SignedMark,
  type SlackCard,
  type SlackCardStore,
  type SlackOptions,
  type StandingApproval,
  type StatisticsRange,
  type Store,
  type StoredBody,
  type StoredPolicy,
  StoreError,
  type StoreStatistics,
  startGateway,
  type ToolCredential,
  type ToolUrls,
  type TraceSummary,
  type Tunnel,
  type TunnelConnector,
  type TunnelLimits,
  type TunnelRequest,
  type UpstreamConnector,
  type UsageStore,
  Vault,
  type WaitingMessage,
  type WebhookOptions,
  type Writer,
} from "interven/gateway";

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
declare function same<A, B>(yes: Same<A, B>): void;

// What a gateway is started with.
export async function start(engine: Engine): Promise<RunningGateway> {
  const store: Store = await openSqliteStore(".interven");
  void (await openMemoryStore()).close();
  const memory = await openGatewayMemory(store);
  const key: Uint8Array<ArrayBuffer> = openVaultKey(".interven", undefined);
  const vault: Vault = await Vault.of(key);
  const sealed: string = await vault.seal("text", "place");
  same<ReturnType<typeof vault.open>, Promise<string>>(true);
  void vault.open(sealed, "place").catch((error) => error instanceof SealBrokenError || error instanceof StoreError);
  const remoteOptions: RemoteOptions = { gatewayUrl: "https://gateway.example.com", apiKey: "key", failMode: "closed" };
  const slack: SlackOptions = { channel: "#a", botToken: "t", signingSecret: "s", approvers: { U0123ABCD: "alice" } };
  const webhooks: WebhookOptions = { urls: ["https://hooks.example.com/"], secret: "s", preview: false };
  const toolUrls: ToolUrls = { jira: "https://example.atlassian.net" };
  const applied: PolicyText[] = [{ source: "policy.json", text: "{}" }];
  const options: ServeOptions = {
    engine,
    engineWith: (texts) => new Engine({ memory, policy: texts.map(({ text }) => text) }),
    policyFiles: applied,
    environment: "production",
    store,
    memory,
    adminHash: await hashCredential(createCredential()),
    port: 0,
    host: "127.0.0.1",
    mode: "enforce",
    vault,
    remote: new RemoteGateway(remoteOptions),
    slack,
    webhooks,
    toolUrls,
    tunnelHosts: ["api.example.com"],
    tunnelLimits: { most: 1 },
    legacyHmac: true,
    rateLimit: 60,
    promptLimit: 10,
    retainMs: 1000,
    storeBodies: "redacted",
    onRequest: ({ route, decision }: RequestLogEntry) => [route, decision],
  };
  // @ts-expect-error: no such mode
  void startGateway({ ...options, mode: "watch" });
  // @ts-expect-error: a gateway has a store
  void startGateway({ engine, adminHash: "" });
  // @ts-expect-error: nothing that an agent could choose
  new RemoteGateway({ agentId: "a" });
  // @ts-expect-error: there is no key to read
  vault.key;
  return startGateway(options);
}

// The same without a listener.
export async function answer(options: GatewayOptions, request: Request, from: Connection): Promise<Response> {
  const gateway: Gateway = createGateway(options);
  const opened: Promise<Tunnel> = gateway.tunnel({
    authority: "api.example.com:443",
    headers: new Headers(),
  } satisfies TunnelRequest);
  void opened.then(({ addresses, signal }) => [addresses[0], signal.aborted]);
  await gateway.open();
  await gateway.sweep();
  await gateway.keep();
  same<ReturnType<typeof gateway.close>, Promise<void>>(true);
  // @ts-expect-error: a request, not its address
  void gateway.fetch("https://example.com/");
  return gateway.fetch(request, from);
}

same<Mode, "enforce" | "monitor">(true);
same<ApprovalStatus, "pending" | "approved" | "denied" | "expired" | "executed">(true);
same<GatewayOptions["lifetimes"], Partial<Lifetimes> | undefined>(true);
same<GatewayOptions["tunnelLimits"], Partial<TunnelLimits> | undefined>(true);
same<GatewayOptions["connect"], UpstreamConnector | undefined>(true);
same<GatewayOptions["engine"], GatewayEngine>(true);
same<GatewayOptions["self"], () => SelfAddress>(true);
same<ServeOptions["connectTunnel"], TunnelConnector | undefined>(true);
same<RunningGateway["url"], string>(true);
export const engine: PolicyEngine = new Engine();

// A store of one's own has these parts.
same<Store["keys"], KeyStore>(true);
same<Store["agents"], AgentStore>(true);
same<Store["inbox"], InboxStore>(true);
same<Store["outbox"], OutboxStore>(true);
same<Store["slackCards"], SlackCardStore>(true);
same<Store["usage"], UsageStore>(true);
same<Store["memory"], MemoryStore>(true);
same<Store["credentials"], CredentialStore>(true);
same<Store["inboundRoutes"], InboundRouteStore>(true);
same<Store["policies"], PolicyStore>(true);
same<Awaited<ReturnType<Store["findApproval"]>>, Approval | undefined>(true);
same<Awaited<ReturnType<Store["recordDecision"]>>, RecordedDecision>(true);
same<Awaited<ReturnType<Store["recordEvent"]>>, AuditEntry>(true);
same<Awaited<ReturnType<Store["auditHead"]>>, SignedMark>(true);
same<Awaited<ReturnType<Store["requestApproval"]>>, StandingApproval>(true);
same<Parameters<Store["recordDecision"]>, [decision: Decision]>(true);
same<Approval["status"], ApprovalStatus>(true);
same<Approval["preview"], Preview>(true);
same<Approval["report"], RecordedReport>(true);
same<InboundRoute["agent"], RouteAgent>(true);
same<AgentKey["scope"], KeyScope>(true);
export type Rows = [
  AgentActivity,
  AgentRecord,
  ApprovalFilter,
  ApprovalRequest,
  AuditEvent,
  DecisionFilter,
  EntryFilter,
  HourOfUse,
];
export type MoreRows = [InForce, Judgement, Message, OutboxCount, PolicyChange, PolicyVersion, RecordStatistics, SlackCard];
export type LastRows = [
  StatisticsRange,
  StoredBody,
  StoredPolicy,
  StoreStatistics,
  ToolCredential,
  TraceSummary,
  WaitingMessage,
  Writer,
];
