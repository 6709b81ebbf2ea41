/**
 * One call in, one settled outcome out: engine verdict, approvals, audit record.
 * When `settle` resolves, the decision is durable and the caller may act on it.
 */
import type { LocalVerdict, Report, ScanContext, WireRequest } from "../types.js";
import type { Activity } from "./agents/activity.js";
import { AGENT_STOPPED } from "./agents/admission.js";
import type { Recollection } from "./agents/recollection.js";
import { type Approvals, statedDigest, whyNotConsumable } from "./approvals.js";
import type { EventHub } from "./events.js";
import type { GatewayOptions, Mode } from "./options.js";
import type { GatewayEngine } from "./policies/live-engine.js";
import { makePreview } from "./preview.js";
import { recordedFacts, recordedLabel, recordedReport, storedBody } from "./recorded.js";
import type { HeldCall } from "./remote/held-calls.js";
import type { RemoteGateway, RemoteVerdict } from "./remote/remote-gateway.js";
import { faultReport, refusedReport } from "./reports.js";
import { gateOf, joined, readTwice } from "./second-reading.js";
import type { Approval, Decision, Preview, RecordedReport, Store } from "./store/store.js";
import { decisionView } from "./views.js";

/** A call that somebody wants to make. */
export interface Call {
  request: WireRequest;
  /** As the agent names itself: policies match it and digests bind it. Not to be kept. */
  agentId: string;
  /** The same as it may be stored, logged and shown. */
  agentLabel: string;
  traceId: string;
  source: Exclude<Decision["source"], "consume">;
  mode: Mode;
  /** Digest that the client computed over the request it holds; absent for the proxy and for older clients. */
  clientDigest?: string;
  /** Sets the approvals of calls apart that look the same and are not, such as those that a credential is added to. */
  approvedFor?: string;
  /** How the client gave the body. */
  bodyKind?: "json" | "text";
  /** The approval that the call is made with: it is used up by it, and none other is asked for. */
  approvalId?: string;
  context?: ScanContext;
  /** The same call at the vendor of the tool, where it goes to an address of one's own: rules about the tool hold for it. */
  vendorUrl?: string;
  /** The credential that the gateway adds when it sends. */
  held?: { tool: string; header: string };
  /** Gateways that have asked for this decision, one after the other. */
  hops?: readonly string[];
}

/** What was decided. `verdict` belongs to the final decision; `approval` is set while a person is needed. */
export interface Outcome {
  report: Report;
  verdict: LocalVerdict;
  approval?: Pick<Approval, "id">;
  /** Where a person decides about that, if it is not here. */
  approvalUrl?: string;
  /** The approval that the call has used up. */
  usedApproval?: string;
  /** The gateway itself refuses the call, in monitor mode too. */
  refused?: true;
  /** In what the call leaves the scope of its key. */
  violations?: string[];
  /** When a person can be asked again. */
  retryAfterSeconds?: number;
}

/** What calls are decided with. */
export interface GatekeeperParts {
  engine: GatewayEngine;
  store: Store;
  approvals: Approvals;
  activity: Activity;
  recollection: Recollection;
  hub: EventHub;
  /** Asked about every call as well. */
  remote: RemoteGateway | undefined;
  storeBodies: NonNullable<GatewayOptions["storeBodies"]>;
  now: () => number;
}

/** Tries to use a grant again when another call used it up first. */
const MAX_GRANT_RACES = 3;

/** Decides calls and records the decisions. */
export class Gatekeeper {
  constructor(private readonly parts: GatekeeperParts) {}

  /** The engine's verdict, which its memory takes into account; nothing is recorded yet. A fault of the engine is a DENY. */
  scan(call: Call, grant?: string): LocalVerdict {
    const { engine } = this.parts;
    try {
      const context = { ...this.#context(call), ...(grant === undefined ? {} : { grant }) };
      const { request, vendorUrl } = call;
      if (vendorUrl !== undefined) return readTwice((...asked) => engine.scan(...asked), request, vendorUrl, context);
      const verdict = engine.scan(request, context);
      return call.source === "connect" ? unseen(verdict) : verdict;
    } catch {
      const report = faultReport(engine.policyVersion);
      return { decision: "DENY", report, reportText: JSON.stringify(report) };
    }
  }

  /** The same with the word of another gateway in it, where there is one to ask. */
  async decide(call: Call, signal?: AbortSignal): Promise<RemoteVerdict> {
    const { remote, now, engine } = this.parts;
    // In monitor mode the call goes anyway: no person should be asked about it.
    if (!remote || (call.mode === "monitor" && sends(call))) return this.scan(call);
    // The other gateway reads the call once, so what the second reading makes of it goes along.
    const twice = call.vendorUrl === undefined ? undefined : this.scan(call);
    if (twice?.decision === "DENY") return twice;
    try {
      return await remote.decide(engine, twice ? asDecided(call, twice) : call, now(), signal);
    } catch (error) {
      if (signal?.aborted) throw error;
      const report = faultReport(engine.policyVersion);
      return { decision: "DENY", report, reportText: JSON.stringify(report) };
    }
  }

  /** Records that a client has used up an approval of another gateway, for a call that it held here. */
  async usedElsewhere(approvalId: string, { agentLabel, traceId, method }: HeldCall): Promise<void> {
    const { engine, store, now } = this.parts;
    const report: RecordedReport = {
      ...{ ...faultReport(engine.policyVersion), decision: "ALLOW", reason_codes: ["RECENT_APPROVAL_GRANT"], findings_total: 0 },
      ...{ risk_score: 0, risk_band: "LOW" },
    };
    const told = { traceId, agentId: agentLabel, method: recordedLabel(method), report, approvalId, at: now() };
    await store.recordDecision({ ...told, source: "consume", action: "answer", mode: "enforce" });
  }

  /** What the engine would say, without remembering that it was asked. */
  foresee(call: Call): Report {
    const { engine } = this.parts;
    try {
      const { vendorUrl, request } = call;
      const own = engine.explain(request, this.#context(call)).report;
      if (vendorUrl === undefined) return own;
      return joined(engine.explain({ ...request, url: vendorUrl }, this.#context(call)).report, own);
    } catch {
      return faultReport(engine.policyVersion);
    }
  }

  /** Makes a verdict final. Throws a 409 for a call that comes with an approval which cannot be used for it. */
  async settle(call: Call, verdict: RemoteVerdict): Promise<Outcome> {
    // Whoever was stopped while a name was looked up sends nothing any more.
    if (await this.parts.store.agents.isStopped(call.agentLabel)) return this.refuse(call, AGENT_STOPPED);
    if (call.approvalId !== undefined) return this.#redeem(call, call.approvalId, verdict);
    if (call.mode === "monitor" && sends(call)) return this.#record(call, verdict, "forward");
    if (verdict.decision !== "REQUIRE_APPROVAL") return this.#record(call, verdict, actionFor(call, verdict));

    if (verdict.approvalId !== undefined) return this.#holdElsewhere(call, verdict, verdict.approvalId);
    const own = verdict.report.digest;
    if (!own && call.clientDigest === undefined) return this.refuse(call, "GATEWAY_INTERNAL_ERROR");
    const digest = approvalDigest(call, own ?? "");
    for (let race = 0; race < MAX_GRANT_RACES; race++) {
      const hold = this.#decision(call, verdict, sends(call) ? "hold" : "answer");
      const { approval, retryAfterSeconds } = await this.parts.approvals.request(
        {
          traceId: call.traceId,
          agentId: call.agentLabel,
          digest,
          preview: { ...makePreview(call.request, verdict, call.held), ...editable(call) },
          report: recordedReport(verdict.report),
        },
        hold,
      );
      if (!approval) return { ...(await this.#deny(call, verdict, "APPROVAL_RATE_LIMITED")), retryAfterSeconds };
      if (approval.status === "pending") {
        this.#count(call, verdict.report);
        return { report: verdict.report, verdict, approval };
      }
      if (approval.status === "denied") return this.#deny(call, verdict, "RECENT_DENIAL");
      if (call.clientDigest !== undefined) {
        // This client uses the approval up by itself, right before it sends.
        return { ...(await this.#record(call, verdict, "answer", approval.id)), approval };
      }
      const granted = this.scan(call, own ?? "");
      if (granted.decision !== "ALLOW" && granted.decision !== "SANITIZE") {
        return granted.decision === "DENY" ? this.#record(call, granted, "refuse") : this.refuse(call, "GATEWAY_INTERNAL_ERROR");
      }
      const record = this.#decision(call, granted, actionFor(call, granted));
      if (await this.parts.approvals.tryConsume(approval.id, digest, record)) {
        this.#count(call, granted.report);
        return { report: granted.report, verdict: granted, usedApproval: approval.id };
      }
    }
    return this.refuse(call, "GATEWAY_INTERNAL_ERROR");
  }

  /** Uses up the approval that a call comes with, in monitor mode too: whoever is second gets nothing. */
  async #redeem(call: Call, id: string, verdict: RemoteVerdict): Promise<Outcome> {
    if (verdict.decision === "DENY") return this.#record(call, verdict, "refuse");
    // A person who decides here cannot speak for the other gateway.
    if (verdict.approvalId !== undefined) return this.#deny(call, verdict, "APPROVAL_NEEDED_ELSEWHERE");
    const { approvals } = this.parts;
    const approval = await approvals.find(id);
    const { digest: own } = verdict.report;
    // Where the policies ask for nobody any more there is no digest, and they say what is sent.
    const digest = own === null ? approval.digest : approvalDigest(call, own);
    if (approval.agentId !== call.agentLabel) throw whyNotConsumable(approval, "", null, false);
    const granted = verdict.decision === "REQUIRE_APPROVAL" ? this.scan(call, own ?? undefined) : verdict;
    if (granted.decision !== "ALLOW" && granted.decision !== "SANITIZE") {
      return granted.decision === "DENY" ? this.#record(call, granted, "refuse") : this.refuse(call, "GATEWAY_INTERNAL_ERROR");
    }
    const record = this.#decision(call, granted, actionFor(call, granted));
    if (!(await approvals.tryConsume(id, digest, record))) {
      const standing = await approvals.find(id);
      throw whyNotConsumable(standing, digest, null, approvals.isOutdated(standing));
    }
    this.#count(call, granted.report);
    return { report: granted.report, verdict: granted, usedApproval: id };
  }

  /**
   * Records that the gateway itself refuses a call, for a reason that no policy can lift. `foreseen` is what the engine
   * says of the call; without it only of its URL.
   */
  async refuse(call: Call, reason: string, foreseen?: Report): Promise<Outcome> {
    const bare = { ...call, request: { ...call.request, headers: [], body: new Uint8Array(0) } };
    const report = refusedReport(foreseen ?? this.foresee(bare), reason);
    const verdict = { decision: "DENY" as const, report, reportText: JSON.stringify(report) };
    return { ...(await this.#record(bare, verdict, "refuse")), refused: true };
  }

  /** A person decides at the other gateway. */
  async #holdElsewhere(call: Call, verdict: LocalVerdict, id: string): Promise<Outcome> {
    const outcome = await this.#record(call, verdict, sends(call) ? "hold" : "answer", id);
    return { ...outcome, approval: { id }, approvalUrl: this.parts.remote?.approvalUrl(id) ?? "" };
  }

  /** Denies what a person would have to approve. */
  #deny(call: Call, verdict: LocalVerdict, reason: string): Promise<Outcome> {
    const report: Report = {
      ...verdict.report,
      decision: "DENY",
      reason_codes: [...verdict.report.reason_codes, reason],
      digest: null,
    };
    const told = { decision: "DENY" as const, report, reportText: JSON.stringify(report) };
    return this.#record(call, verdict.facts ? { ...told, facts: verdict.facts } : told, "refuse");
  }

  #context(call: Call): ScanContext {
    return { agentId: call.agentId, timeMs: this.parts.now(), facts: true, ...call.context };
  }

  async #record(
    call: Call,
    verdict: LocalVerdict,
    action: Decision["action"],
    approvalId: string | null = null,
  ): Promise<Outcome> {
    const { store, hub } = this.parts;
    const recorded = await store.recordDecision({ ...this.#decision(call, verdict, action), approvalId });
    this.#count(call, verdict.report);
    hub.publish({ type: "decision", data: decisionView(recorded) });
    return { report: verdict.report, verdict };
  }

  /** What a recorded call says about its agent. */
  #count(call: Call, report: Report): void {
    const { activity, recollection } = this.parts;
    activity.call(call.agentLabel, report.decision === "DENY");
    if (report.signals.includes("threat_intel_match")) recollection.judge(call.agentId, "threat");
  }

  #decision(call: Call, verdict: LocalVerdict, action: Decision["action"]): Decision {
    return {
      traceId: call.traceId,
      at: this.parts.now(),
      agentId: call.agentLabel,
      source: call.source,
      action,
      mode: call.mode,
      method: recordedLabel(call.request.method),
      report: recordedReport(verdict.report),
      approvalId: null,
      ...(call.held ? { credential: call.held.tool } : {}),
      ...this.#kept(call, verdict),
    };
  }

  /** What stands in the record beside the report. */
  #kept(call: Call, verdict: LocalVerdict): Pick<Decision, "body" | "facts"> {
    const redacted = this.parts.storeBodies === "redacted";
    const body = redacted && call.request.body.length > 0 ? storedBody(call.request, verdict) : undefined;
    const exact = call.agentId === call.agentLabel;
    const facts = recordedFacts(call.request, verdict, exact, redacted ? { body } : undefined);
    return { ...(body ? { body } : {}), ...(facts ? { facts } : {}) };
  }
}

/** The verdict on a tunnel, which says that nothing of what will be in it was looked at. */
function unseen({ report: seen, ...verdict }: LocalVerdict): LocalVerdict {
  const report = { ...seen, reason_codes: [...seen.reason_codes, "TUNNEL_NOT_INSPECTED"] };
  return { ...verdict, report, reportText: JSON.stringify(report) };
}

/** The call with what a verdict makes of it: its redactions made, its gate for a floor. */
function asDecided(call: Call, verdict: LocalVerdict): Call {
  const context = { ...call.context, floor: gateOf(verdict), claimed: verdict.report.classifications };
  return { ...call, request: verdict.forward ?? verdict.preview ?? call.request, context };
}

/** What the approval of a call is bound to. */
function approvalDigest({ clientDigest, approvedFor }: Call, own: string): string {
  if (clientDigest !== undefined) return statedDigest(clientDigest);
  return approvedFor === undefined ? own : `${approvedFor}:${own}`;
}

/** A body can be changed by a person where a client sends it that waits, and takes the new one. */
function editable({ clientDigest, bodyKind }: Call): Pick<Preview, "body_kind"> {
  return clientDigest === undefined || bodyKind === undefined ? {} : { body_kind: bodyKind };
}

/** Whether the gateway makes the call; otherwise its client does, or it is a message between agents. */
function sends({ source }: Call): boolean {
  return source !== "scan" && source !== "a2a";
}

function actionFor(call: Call, verdict: LocalVerdict): Decision["action"] {
  if (!sends(call)) return "answer";
  return verdict.decision === "DENY" ? "refuse" : "forward";
}
