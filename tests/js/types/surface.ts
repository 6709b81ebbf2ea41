// What a user's compiler knows about the package. Compiled, never run; every `@ts-expect-error` must be one.

import {
  type AddressClass,
  type AifApprovalStatus,
  AifClient,
  AifMcpMiddleware,
  type Allowed,
  type AnthropicToolUse,
  ApprovalDeniedError,
  ApprovalExpiredError,
  type ApprovalOptions,
  ApprovalPendingError,
  type ApprovalQuestion,
  type ApprovalRecord,
  type ApprovalReply,
  ApprovalRequiredError,
  type ApprovalState,
  type ApprovalStatus,
  type ApprovalStore,
  ApprovalTimeoutError,
  ApprovalTokenError,
  ApprovalUsedError,
  AuthenticationError,
  type CallFacts,
  type ClientOptions,
  type Clock,
  ConfigurationError,
  type Coverage,
  type CoveragePath,
  type CoverageStatus,
  type CustomDetector,
  type classifyAddress,
  type DataClass,
  type Decision,
  Detector,
  type DetectorEnd,
  type DoctorGateway,
  type DoctorPath,
  type DoctorPathName,
  type DoctorReport,
  Engine,
  EngineError,
  type Finding,
  type GateOptions,
  type GateResult,
  GatewayError,
  GuardBlockedError,
  type Guarded,
  type GuardOptions,
  gate,
  guard,
  type Health,
  type Installation,
  type InstallOptions,
  IntervenBlockedError,
  IntervenClient,
  IntervenError,
  InterventBlockedError,
  InvalidRequestError,
  type InvokeResponse,
  type LocalVerdict,
  type Logger,
  type McpResponse,
  MemoryApprovalStore,
  MemoryNonces,
  type NonceStore,
  type OpenAIToolCall,
  PayloadTooLargeError,
  type PendingApproval,
  PolicyDeniedError,
  PolicyError,
  RateLimitError,
  type Redaction,
  RedirectError,
  type Replay,
  ReplayRejectedError,
  type Report,
  type ResponseBlockedError,
  type ResponseScan,
  type RuntimeName,
  type redactText,
  type ScanInput,
  type ScanResponseResult,
  type ScanResponsesOptions,
  type ScanResult,
  type SpanTracer,
  scanToolCalls,
  scanToolUse,
  type ToolCallResult,
  type ToolResult,
  type Tools,
  type ToolUseResult,
  Vault,
  VaultFullError,
  verifySignature,
  type WireRequest,
} from "interven";
import { type ApprovalScript, FakeClock, type Fault, type Leak, ScriptedGateway, type Sent } from "interven/testing";

/** Fails to compile unless both are the same type. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const same = <A, B>(_equal: Same<A, B>): void => {};

// Options: all, none, and everything that is wrong with one.
const options: ClientOptions = {
  policy: [{ version: 1, rules: [] }, '{"version":1}'],
  policySource: ["a.json", "b.json"],
  unknownHostCredentials: "deny",
  credentialHosts: [{ vendor: "github", host: "git.example.com" }],
  maxBodyBytes: 1_000,
  apiKey: "key",
  gatewayUrl: "http://localhost:4100",
  agentId: "agent",
  agentName: "Agent",
  failMode: "open",
  timeoutMs: 1_000,
  maxRetries: 0,
  approvalTimeoutMs: 1_000,
  pollIntervalMs: 5_000,
  maxRedirects: 0,
  onPending: ({ approvalId, method, url }: PendingApproval) => [approvalId, method, url].join(" "),
  fetch: globalThis.fetch,
  clock: { now: () => 0, sleep: async (ms: number, signal: AbortSignal | undefined) => void [ms, signal] } satisfies Clock,
  env: { INTERVEN_AGENT_ID: "agent" },
  detectors: [
    { id: "codename", class: "INTERNAL", severity: "low", literals: ["Blue Heron"], ignoreCase: true },
    { id: "badge", class: "PII", regex: "B[0-9]{6}", near: "badge", validator: "luhn", showsTail: true },
  ] satisfies CustomDetector[],
  allowlist: [
    { reason: "ours", sha256: "0".repeat(64), rule: "email", host: "*", path: "/to", expiresAtMs: 1 },
  ] satisfies Allowed[],
  redaction: { default: "mask", classes: { PII: "hash" }, rules: { email: "drop" }, key: "a key" } satisfies Redaction,
};
const client = new IntervenClient(options);
new IntervenClient();
new IntervenClient({});
// @ts-expect-error: a misspelt option
new IntervenClient({ failmode: "closed" });
// @ts-expect-error: no such mode
new IntervenClient({ failMode: "monitor" });
// @ts-expect-error: a clock waits as well
new IntervenClient({ clock: { now: () => 0 } });
// @ts-expect-error: milliseconds are a number
new IntervenClient({ timeoutMs: "30s" });
// @ts-expect-error: there is no callback that could let a failed call through
new IntervenClient({ onError: () => "ALLOW" });
// @ts-expect-error: a vendor without its host
new IntervenClient({ credentialHosts: [{ vendor: "github" }] });

// @ts-expect-error: either texts or an expression
new IntervenClient({ detectors: [{ id: "own", class: "PII" }] });
// @ts-expect-error: an entry says why
new IntervenClient({ allowlist: [{ rule: "email" }] });
// @ts-expect-error: no such operator
new IntervenClient({ redaction: { default: "hide" } });

// Telling: whatever has the four functions, and a tracer by its own methods.
export const logger: Logger = console;
export const tracer: SpanTracer = {
  startSpan: () => ({ setAttributes: () => {}, setStatus: () => {}, end: () => {} }),
  startActiveSpan: (_name, _options, run) => run({ setAttributes: () => {}, setStatus: () => {}, end: () => {} }),
};
new IntervenClient({ logger, debug: true, tracer });
// @ts-expect-error: a logger has all four
new IntervenClient({ logger: { info: () => {} } });
// @ts-expect-error: levels belong to the logger and to the environment
new IntervenClient({ debug: "info" });
// @ts-expect-error: a provider is no tracer
new IntervenClient({ tracer: { getTracer: () => tracer } });

// The guarded fetch stands wherever a fetch stands.
same<typeof client.fetch, typeof globalThis.fetch>(true);
const detached: typeof globalThis.fetch = client.fetch;
void detached("https://example.com/", { method: "POST", body: "hello" });
// @ts-expect-error: it cannot be replaced
client.fetch = globalThis.fetch;

// An installation says what it covers, and can be undone.
const installOptions: InstallOptions = { undici: [{}], dangerouslyAllowTunnels: true };
const installation: Installation = client.install(installOptions);
client.install().uninstall();
same<typeof installation.runtime, RuntimeName>(true);
same<RuntimeName, "node" | "deno" | "bun" | "workerd" | "browser" | "other">(true);
same<typeof installation.coverage, readonly Coverage[]>(true);
same<CoverageStatus, "guarded" | "refused" | "open" | "absent">(true);
export const open: CoveragePath[] = installation.coverage.flatMap(({ path, status, what }) =>
  status === "open" && what !== "" ? [path] : [],
);
// @ts-expect-error: tunnels are let through by a name that says what it is
client.install({ allowTunnels: true });
// @ts-expect-error: what is covered is not for the caller to say
installation.coverage = [];

// A doctor says for every path whether it was blocked.
export async function examined(): Promise<string> {
  const report: DoctorReport = await client.doctor();
  same<DoctorPathName, "client.fetch" | "fetch" | "undici" | "undici.Pool" | "http" | "https">(true);
  same<DoctorPath["verdict"], "blocked" | "reached" | "unclear">(true);
  same<typeof report.gateway, DoctorGateway | null>(true);
  same<DoctorGateway["keyAccepted"], boolean | null>(true);
  // @ts-expect-error: it must be waited for
  client.doctor().ok;
  return report.ok ? String(report.engine.simd) : report.text;
}

// A scan takes what calls are made of, and gives a decision.
const input: ScanInput = { url: "https://example.com/", headers: new Headers(), body: { any: [1, null] } };
const scanned: Promise<ScanResult> = client.scan(input);
void client.scan({ url: "tool://openai/send", method: "POST", headers: [["a", "b"]], body: new Uint8Array(), agentId: "other" });
// @ts-expect-error: a call goes somewhere
void client.scan({ method: "GET" });
// @ts-expect-error: it must be waited for
scanned.decision;

export function explain(result: ScanResult): string {
  same<Decision, "ALLOW" | "SANITIZE" | "REQUIRE_APPROVAL" | "DENY">(true);
  same<typeof result.decision, Decision>(true);
  same<typeof result.sanitizedBody, unknown>(true);
  same<typeof result.approvalId, string | undefined>(true);
  same<typeof result.raw, Report>(true);
  same<typeof result.classifications, DataClass[]>(true);
  // @ts-expect-error: names on this side are camelCase
  result.risk_score;
  switch (result.decision) {
    case "ALLOW":
      return String(result.riskScore);
    case "SANITIZE":
      return JSON.stringify(result.sanitizedBody);
    case "REQUIRE_APPROVAL":
      return result.approvalId ?? result.traceId;
    case "DENY":
      return result.reasonCodes.join();
    default: {
      const none: never = result.decision;
      return none;
    }
  }
}

// The engine: one request, one verdict, nothing to send without it.
const request: WireRequest = { method: "GET", url: "https://example.com/", headers: [["a", "b"]], body: new Uint8Array() };
const engine = new Engine({ policy: "{}", policySource: "policy.json" });
const verdict: LocalVerdict = engine.scan(request, { agentId: "agent", floor: "REQUIRE_APPROVAL", claimed: ["PII"] });
same<typeof verdict.forward, WireRequest | undefined>(true);
same<Finding["class"], "SECRETS" | "PII" | "PHI" | "INTERNAL" | "INJECTION">(true);
export const version: string = engine.policyVersion;
// @ts-expect-error: may be absent, so it cannot be sent unseen
export const unseen: WireRequest = verdict.forward;
// @ts-expect-error: bytes, so that what is scanned is what is sent
engine.scan({ ...request, body: "text" });
const recorded = engine.scan(request, { facts: true });
same<typeof recorded.facts, CallFacts | undefined>(true);
const tried: Replay = engine.replay({ ...recorded.report, ...recorded.facts });
same<typeof tried.least, Decision>(true);
same<(typeof tried.rules)[number]["keys"], string[]>(true);
// @ts-expect-error: facts are asked for or not
engine.scan(request, { facts: "yes" });
// @ts-expect-error: an engine has no gateway
new Engine({ gatewayUrl: "https://example.com" });

// A detector: text or bytes in, findings out.
const detector = new Detector({ credentialHosts: [{ vendor: "github", host: "git.example.com" }] });
export const early: Finding[] = [...detector.push("text"), ...new Detector(engine).push(new Uint8Array())];
export const late: DetectorEnd = detector.finish();
same<typeof detector.settled, number>(true);
// @ts-expect-error: not a list of pieces
detector.push(["text"]);

// Answers: a switch, or options; what is reported holds no text.
const answers: ScanResponsesOptions = { redact: "everything", injection: "deny", binary: "deny", joinEvents: false };
new IntervenClient({ scanResponses: true });
new IntervenClient({
  scanResponses: {
    ...answers,
    onResponse: ({ traceId, status, reading, outcome, reason }: ResponseScan) => [traceId, status, reading, outcome, reason],
  },
});
// @ts-expect-error: no such value
new IntervenClient({ scanResponses: { redact: "all" } });
export const blocked = (error: ResponseBlockedError): [string, Finding[]] => [error.reason, error.scan.findings];

// Errors: one that every refusal is, and the ones that say why.
export function why(error: unknown): string {
  if (error instanceof ApprovalDeniedError || error instanceof ApprovalExpiredError) return error.approvalId ?? "";
  if (error instanceof ApprovalRequiredError || error instanceof ApprovalTimeoutError) return error.decision;
  if (error instanceof PolicyError) return `${error.source}:${error.line}:${error.column} ${error.key} ${error.suggestion ?? ""}`;
  if (error instanceof IntervenBlockedError) return error.reasonCodes.join();
  if (IntervenError.isInstance(error)) return `${error.code} ${error.traceId ?? ""}`;
  // @ts-expect-error: nothing is known about any other
  return error.code;
}
// Approvals: who is asked, what is kept, and calls that are taken up again.
const store: ApprovalStore = new MemoryApprovalStore();
const asked: ApprovalOptions = {
  waitForApprovals: false,
  approvalStore: store,
  tokenKey: new Uint8Array(32),
  idempotentHosts: ["api.example.com"],
  onApproval: ({ approvalId, request, report }: ApprovalQuestion): ApprovalReply =>
    approvalId === report.digest ? { approved: true, body: request.body, note: "" } : false,
};
const approver = new IntervenClient({ ...asked, disclose: "pii" });
export const taken: Promise<Response> = approver.resume("token", "https://example.com/", { method: "POST" });
export const decided: Promise<ApprovalRecord> = approver.approvals.approve("id", "note");
export const polled = async () => (await approver.pollApproval("id")).status satisfies ApprovalStatus["status"];
export const waited: Promise<ApprovalStatus> = approver.waitForApproval("id", { timeoutMs: 1, pollIntervalMs: 2_500 });
export const older: Promise<ApprovalStatus> = approver.waitForApproval("id", { maxWaitMs: 1 });
export const written: Promise<string> = ({} as PendingApproval).toToken({ payload: true });
same<ApprovalState, "pending" | "approved" | "denied" | "expired" | "using" | "sending" | "sent" | "unknown">(true);
export function waitsFor(error: unknown): string | undefined {
  if (error instanceof ApprovalPendingError) return error.pending?.approvalId;
  if (error instanceof ApprovalUsedError) return error.outcome satisfies "sent" | "unknown";
  return error instanceof ApprovalTokenError ? error.code : undefined;
}
// @ts-expect-error: a key that is no text and no bytes
new IntervenClient({ tokenKey: 7 });

export const refusals: (typeof IntervenBlockedError)[] = [
  ...[GuardBlockedError, InterventBlockedError, ApprovalRequiredError, ApprovalDeniedError, ApprovalExpiredError],
  ...[ApprovalPendingError, ApprovalTimeoutError, PayloadTooLargeError, InvalidRequestError, GatewayError, AuthenticationError],
  ...[ApprovalTimeoutError, PayloadTooLargeError, InvalidRequestError, GatewayError, AuthenticationError, RateLimitError],
  ...[ApprovalTimeoutError, PayloadTooLargeError, InvalidRequestError, GatewayError, AuthenticationError],
  ...[RateLimitError, ReplayRejectedError, PolicyDeniedError],
];
export const faults: IntervenError[] = [
  new RedirectError(""),
  new ConfigurationError(""),
  new EngineError(""),
  new VaultFullError(""),
];

// A vault: text for text, bytes for bytes, and nothing to read in it.
const vault = new Vault({ maxEntries: 10 });
same<typeof client.redact, (text: string, options?: { vault?: Vault }) => string>(true);
export const restored: [string, Uint8Array] = [vault.restore(client.redact("text", { vault })), vault.restore(new Uint8Array())];
// @ts-expect-error: what it holds is not there to be read
vault.entries;

// Functions.
same<ReturnType<typeof classifyAddress>, AddressClass>(true);
same<ReturnType<typeof redactText>, string>(true);
same<ReturnType<typeof client.redact>, string>(true);

// A guarded function takes what the function takes, and is waited for.
const add = (one: number, other?: string) => `${one}${other ?? ""}`;
const guarded = client.guard(add, { tool: "sum", operation: "add", url: "https://example.com/", method: "POST" });
same<typeof guarded, Guarded<[one: number, other?: string], string>>(true);
same<ReturnType<typeof guarded>, Promise<string>>(true);
same<ReturnType<Guarded<[], Promise<number>>>, Promise<number>>(true);
void guarded(1, "a");
// @ts-expect-error: a number first
void guarded("a");
// @ts-expect-error: it must be waited for
guarded(1).length;
// @ts-expect-error: not a function
client.guard("add");
// @ts-expect-error: no such option
client.guard(add, { onError: () => "run" });
export const guardOptions: GuardOptions = {
  agentId: "a",
  runtimeType: "custom",
  onPending: () => {},
  signal: AbortSignal.abort(),
};
void guard(add, { client, tool: "sum" })(1);
void guard(add, { apiKey: "key", gatewayUrl: "http://localhost:4100", policy: "{}", tool: "sum" })(1);
void guard(add)(1);
// @ts-expect-error: either a client or the options of one
guard(add, { client, apiKey: "key" });
// @ts-expect-error: not a client
guard(add, { client: {} });

// A gate says whether to send, and what.
const gateOptions: GateOptions = { body: { a: 1 }, headers: { a: "b" }, onPending: ({ approvalId }) => approvalId };
export async function send(): Promise<unknown> {
  const result: GateResult = await client.gate("POST", "https://example.com/", gateOptions);
  void gate("POST", new URL("https://example.com/"), { client, ...gateOptions });
  void gate("GET", "https://example.com/", { apiKey: "key" });
  // @ts-expect-error: a method and a URL
  void client.gate("https://example.com/");
  same<GateResult["proceed"], boolean>(true);
  same<GateResult["decision"], Decision>(true);
  same<GateResult["scan"], ScanResult>(true);
  same<GateResult["blockedReason"], string | undefined>(true);
  same<GateResult["approvalWaited"], boolean>(true);
  return result.proceed ? [result.body, result.sanitizedBody] : result.blockedReason;
}

// Tool calls: the type of a call stays what it is, and arguments may be none.
interface OwnCall {
  id: string;
  function: { name: string; arguments: string };
}
export async function tools(calls: OwnCall[], block: AnthropicToolUse): Promise<void> {
  same<OwnCall extends OpenAIToolCall ? true : false, true>(true);
  const [first] = await client.scanToolCalls(calls, { wait: true, target: (name) => ({ tool: name }) });
  same<typeof first, ToolCallResult<OwnCall> | undefined>(true);
  same<ToolCallResult["effectiveArguments"], Record<string, unknown> | null>(true);
  void client.scanToolCalls(undefined);
  void scanToolCalls(calls, { client });
  // @ts-expect-error: a list
  void client.scanToolCalls(calls[0]);
  // @ts-expect-error: may be none
  first?.effectiveArguments.city;
  const use: ToolUseResult = await client.scanToolUse(block);
  void scanToolUse(block, { apiKey: "key", wait: false });
  same<typeof use.effectiveInput, Record<string, unknown> | null>(true);
  same<NonNullable<typeof use.toolResult>["is_error"], true>(true);
}

// The gateway's tools, responses and health.
same<typeof client.tools, Tools>(true);
export async function remote({ slack, github, gdrive, http, call }: Tools): Promise<Health> {
  const sent: ToolResult = await slack.postMessage({ text: "a", channel: "#a", blocks: [] }, { signal: AbortSignal.abort() });
  same<typeof sent.decision, "ALLOW" | "SANITIZE">(true);
  same<typeof sent.upstream, { status: number; body: unknown }>(true);
  void github.createPullRequest({ owner: "o", repo: "r", title: "t", head: "h" });
  void github.updateFile({ owner: "o", repo: "r", path: "p", message: "m", content: "", sha: "s", branch: "b" });
  void gdrive.shareFile({ fileId: "f", role: "reader", type: "user", emailAddress: "a@example.com" });
  void http.request({ url: "https://example.com/", method: "POST", body: {}, headers: {} });
  void call("jira", "create_issue", { title: "t" });
  // @ts-expect-error: a message has a text
  void slack.postMessage({ channel: "#a" });
  // @ts-expect-error: names on this side are camelCase
  void gdrive.shareFile({ file_id: "f", role: "reader", type: "user" });
  // @ts-expect-error: it cannot be replaced
  client.tools = { slack, github, gdrive, http, call };
  const inspected: ScanResponseResult = await client.scanResponse({ traceId: "t", responseBody: [1], responseStatus: 200 });
  same<typeof inspected.dataClasses, DataClass[]>(true);
  // @ts-expect-error: a response belongs to a trace
  void client.scanResponse({ responseBody: "a" });
  return await client.health();
}
// The older protocol: what is asked, what comes back, and how a host checks it.
const aif = new AifClient({ gatewayUrl: "https://gateway.example", agentId: "agent", agentSecret: "secret", raiseOnDeny: false });
// @ts-expect-error: requests are signed
new AifClient({ gatewayUrl: "https://gateway.example", agentId: "agent" });
// @ts-expect-error: the gateway of the older protocol decides alone; there is no fail mode
new AifClient({ gatewayUrl: "https://gateway.example", agentId: "agent", agentSecret: "secret", failMode: "open" });
export const invoked: Promise<InvokeResponse> = aif.invoke({
  ...{ toolName: "github", operation: "create_issue", method: "POST", urlPath: "/repos/o/r/issues", body: { any: [1] } },
  ...{ headers: { a: "b" }, credentialType: "pat", credentialToken: "token", scopes: ["repo"], traceId: "trace" },
});
// @ts-expect-error: a path, not a URL of its own
void aif.invoke({ toolName: "github", method: "POST", url: "https://api.github.com/" });
export const aifPolled: Promise<AifApprovalStatus> = aif.pollApproval("id", { signal: AbortSignal.timeout(1) });
void aif.waitForApproval("id", { timeoutMs: 1, maxWaitMs: 1, pollIntervalMs: 5_000, raiseOnTerminal: false });
void aif.executeApproval("id", { credentialType: "pat", credentialToken: "token", scopes: ["repo"] });
same<AifApprovalStatus["status"], "pending" | "approved" | "denied" | "expired" | "executed">(true);
same<InvokeResponse["upstreamResponse"], unknown>(true);

const middleware = new AifMcpMiddleware({ gatewayUrl: "https://gateway.example", agentId: "agent", agentSecret: "secret" });
export async function mcp(): Promise<boolean | string | undefined> {
  const params = { name: "tool", arguments: { a: 1 } };
  const answer: McpResponse = await middleware.intercept({ jsonrpc: "2.0", id: 1, method: "tools/call", params });
  const [tool] = await middleware.listTools();
  return middleware.isAllowed(answer) ? tool?.name : middleware.getApprovalId(answer);
}

export const nonces: NonceStore = new MemoryNonces({ maxEntries: 10 });
const checked = verifySignature({
  body: new Uint8Array(),
  signature: null,
  secret: "secret",
  timestamp: null,
  toleranceMs: 1,
  nonces,
});
same<typeof checked, Promise<void>>(true);
// @ts-expect-error: what a parser made of a body is not what was signed
void verifySignature({ body: { a: 1 }, signature: "", secret: "secret" });
export const denials = (error: unknown) => (error instanceof PolicyDeniedError ? error.matchedPolicies.join() : "");
// For tests: a gateway that does what it is told, and a clock.
const gateway = new ScriptedGateway({ otherwise: { decision: "DENY" }, destination: globalThis.fetch });
const fakeClock = new FakeClock({ manual: true });
new IntervenClient({ gatewayUrl: gateway.url, fetch: gateway.fetch, clock: fakeClock });
gateway.scan({ decision: "SANITIZE", sanitizedBody: {} }, "hang", 503, { status: 200, body: "text" }).poll("pending", "reset");
gateway.consume("wrong-id").scan({ decision: "REQUIRE_APPROVAL", approval: { outcome: "denied", afterPolls: 1 } });
same<typeof gateway.fetch, typeof globalThis.fetch>(true);
same<ReturnType<typeof gateway.leaksOf>, Leak[]>(true);
same<typeof gateway.sent, Sent[]>(true);
same<ApprovalScript["outcome"], "pending" | "approved" | "denied" | "expired" | "executed">(true);
export const passed: [Promise<void>, Promise<void>, number] = [fakeClock.advance(1), fakeClock.whenWaiting(2), fakeClock.now()];
export const wrong: Fault = 418;
// @ts-expect-error: no such decision
gateway.scan({ decision: "PERMIT" });
// @ts-expect-error: no such fault
gateway.scan("explode");
// @ts-expect-error: an approval ends in something
gateway.scan({ decision: "REQUIRE_APPROVAL", approval: { afterPolls: 1 } });
// @ts-expect-error: nobody steers it from outside but by steps
gateway.url = "https://example.com";
