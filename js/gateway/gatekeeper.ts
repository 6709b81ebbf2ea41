/**
 * One call in, one settled outcome out: engine verdict, approvals, audit record.
 * When `settle` resolves, the decision is durable and the caller may act on it.
 */
import type { LocalVerdict, Report } from "../types.js";
import type { Activity } from "./agents/activity.js";
import { AGENT_STOPPED } from "./agents/admission.js";
import type { Recollection } from "./agents/recollection.js";
import { digestMismatch, whyNotConsumable } from "./approval-refusals.js";
import type { Approvals } from "./approvals.js";
import { actionFor, approvalDigest, type Call, editable, type OpenApproval, type Outcome, sends } from "./call.js";
import type { EventHub } from "./events.js";
import type { GatewayOptions } from "./options.js";
import { makePreview } from "./preview.js";
import { recordedFacts, recordedLabel, recordedReport, storedBody } from "./recorded.js";
import type { HeldCall } from "./remote/held-calls.js";
import type { RemoteVerdict } from "./remote/remote-gateway.js";
import { deniedVerdict, faultReport, refusedReport } from "./reports.js";
import type { Decision, RecordedReport, Store } from "./store/store.js";
import { type VerdictParts, Verdicts } from "./verdicts.js";
import { decisionView } from "./views.js";

/** What calls are decided with. */
export interface GatekeeperParts extends VerdictParts {
  store: Store;
  approvals: Approvals;
  activity: Activity;
  recollection: Recollection;
  hub: EventHub;
  /** Where a person decides about an approval of this gateway. */
  approvalUrl: (id: string) => string;
  storeBodies: NonNullable<GatewayOptions["storeBodies"]>;
}

/** Tries to use a grant again when another call used it up first. */
const MAX_GRANT_RACES = 3;

/** Decides calls and records the decisions. */
export class Gatekeeper extends Verdicts {
  constructor(private readonly parts: GatekeeperParts) {
    super(parts);
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

  /** Makes a verdict final. Throws a 409 for a call that comes with an approval which cannot be used for it. */
  async settle(call: Call, thought: RemoteVerdict): Promise<Outcome> {
    // Whoever was stopped while a name was looked up sends nothing any more.
    if (await this.parts.store.agents.isStopped(call.agentLabel)) return this.refuse(call, AGENT_STOPPED);
    // Nor is anything sent under policies that have been replaced meanwhile.
    const isOutdated = sends(call) && thought.report.policy_version !== this.parts.engine.policyVersion;
    const verdict = isOutdated ? await this.decide(call) : thought;
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
        return { report: verdict.report, verdict, approval: this.#openHere(approval.id) };
      }
      if (approval.status === "denied") return this.#deny(call, verdict, "RECENT_DENIAL");
      if (call.clientDigest !== undefined) {
        // This client uses the approval up by itself, right before it sends.
        return { ...(await this.#record(call, verdict, "answer", approval.id)), approval: this.#openHere(approval.id) };
      }
      const used = await this.#use(call, this.scan(call, own ?? ""), approval.id, digest);
      if (used) return used;
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
    if (approval.agentId !== call.agentLabel) throw digestMismatch();
    const granted = verdict.decision === "REQUIRE_APPROVAL" ? this.scan(call, own ?? undefined) : verdict;
    const used = await this.#use(call, granted, id, digest);
    if (used) return used;
    const standing = await approvals.find(id);
    throw whyNotConsumable(standing, digest, null, approvals.isOutdated(standing));
  }

  /** Uses an approval up, where the verdict that was made with it lets the call go; nothing where it cannot be used. */
  async #use(call: Call, granted: LocalVerdict, approvalId: string, digest: string): Promise<Outcome | undefined> {
    if (granted.decision !== "ALLOW" && granted.decision !== "SANITIZE") {
      return granted.decision === "DENY" ? this.#record(call, granted, "refuse") : this.refuse(call, "GATEWAY_INTERNAL_ERROR");
    }
    const record = this.#decision(call, granted, actionFor(call, granted));
    if (!(await this.parts.approvals.tryConsume(approvalId, digest, record))) return undefined;
    this.#count(call, granted.report);
    return { report: granted.report, verdict: granted, usedApproval: approvalId };
  }

  /**
   * Records that the gateway itself refuses a call, for a reason that no policy can lift. `foreseen` is what the engine
   * says of the call; without it only of its URL.
   */
  async refuse(call: Call, reason: string, foreseen?: Report): Promise<Outcome> {
    const bare = { ...call, request: { ...call.request, headers: [], body: new Uint8Array(0) } };
    const report = refusedReport(foreseen ?? this.foresee(bare), reason);
    return { ...(await this.#record(bare, deniedVerdict(report), "refuse")), refused: true };
  }

  /** A person decides at the other gateway. */
  async #holdElsewhere(call: Call, verdict: LocalVerdict, id: string): Promise<Outcome> {
    const outcome = await this.#record(call, verdict, sends(call) ? "hold" : "answer", id);
    return { ...outcome, approval: { id, url: this.parts.remote?.approvalUrl(id) ?? "" } };
  }

  #openHere(id: string): OpenApproval {
    return { id, url: this.parts.approvalUrl(id) };
  }

  /** Denies what a person would have to approve. */
  #deny(call: Call, verdict: LocalVerdict, reason: string): Promise<Outcome> {
    const report: Report = {
      ...verdict.report,
      decision: "DENY",
      reason_codes: [...verdict.report.reason_codes, reason],
      digest: null,
    };
    const told = deniedVerdict(report);
    return this.#record(call, verdict.facts ? { ...told, facts: verdict.facts } : told, "refuse");
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
