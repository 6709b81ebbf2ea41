// What a user's compiler knows about the package. Compiled, never run; every `@ts-expect-error` must be one.

import {
  type AddressClass,
  type Allowed,
  ApprovalDeniedError,
  ApprovalExpiredError,
  ApprovalRequiredError,
  ApprovalTimeoutError,
  AuthenticationError,
  type ClientOptions,
  type Clock,
  ConfigurationError,
  type CustomDetector,
  type classifyAddress,
  type DataClass,
  type Decision,
  Detector,
  type DetectorEnd,
  Engine,
  EngineError,
  type Finding,
  GatewayError,
  GuardBlockedError,
  IntervenBlockedError,
  IntervenClient,
  IntervenError,
  InterventBlockedError,
  InvalidRequestError,
  type LocalVerdict,
  PayloadTooLargeError,
  type PendingApproval,
  PolicyError,
  type Redaction,
  RedirectError,
  type Report,
  type redactText,
  type ScanInput,
  type ScanResult,
  Vault,
  VaultFullError,
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

// The guarded fetch stands wherever a fetch stands.
same<typeof client.fetch, typeof globalThis.fetch>(true);
const detached: typeof globalThis.fetch = client.fetch;
void detached("https://example.com/", { method: "POST", body: "hello" });
// @ts-expect-error: it cannot be replaced
client.fetch = globalThis.fetch;

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
// @ts-expect-error: an engine has no gateway
new Engine({ gatewayUrl: "https://example.com" });

// A detector: text or bytes in, findings out.
const detector = new Detector({ credentialHosts: [{ vendor: "github", host: "git.example.com" }] });
export const early: Finding[] = [...detector.push("text"), ...new Detector(engine).push(new Uint8Array())];
export const late: DetectorEnd = detector.finish();
same<typeof detector.settled, number>(true);
// @ts-expect-error: not a list of pieces
detector.push(["text"]);

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
export const refusals: (typeof IntervenBlockedError)[] = [
  ...[GuardBlockedError, InterventBlockedError, ApprovalRequiredError, ApprovalDeniedError, ApprovalExpiredError],
  ...[ApprovalTimeoutError, PayloadTooLargeError, InvalidRequestError, GatewayError, AuthenticationError],
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
