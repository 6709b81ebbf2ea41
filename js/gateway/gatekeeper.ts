/**
 * One call in, one settled outcome out: engine verdict, approvals, audit record.
 * When `settle` resolves, the decision is durable and the caller may act on it.
 */
import type { LocalVerdict, Report, ScanContext, WireRequest } from "../types.js";
import { type Approvals, statedDigest } from "./approvals.js";
import type { EventHub } from "./events.js";
import type { GatewayOptions, Mode } from "./options.js";
import { makePreview } from "./preview.js";
import { recordedLabel, recordedReport, storedBody } from "./recorded.js";
import { faultReport, refusedReport } from "./reports.js";
import type { Approval, Decision, Preview, Store } from "./store/store.js";
import { decisionView } from "./views.js";

/** A call that somebody wants to make. */
export interface Call {
  request: WireRequest;
  /** As the agent names itself: policies match it and digests bind it. Not to be kept. */
  agentId: string;
  /** The same as it may be stored, logged and shown. */
  agentLabel: string;
  traceId: string;
  source: "scan" | "proxy";
  mode: Mode;
  /** Digest that the client computed over the request it holds; absent for the proxy and for older clients. */
  clientDigest?: string;
  /** How the client gave the body. */
  bodyKind?: "json" | "text";
  context?: ScanContext;
}

/** What was decided. `verdict` belongs to the final decision; `approval` is set while a person is needed. */
export interface Outcome {
  report: Report;
  verdict: LocalVerdict;
  approval?: Approval;
}

/** Tries to use a grant again when another call used it up first. */
const MAX_GRANT_RACES = 3;

/** Decides calls and records the decisions. */
export class Gatekeeper {
  constructor(
    private readonly engine: GatewayOptions["engine"],
    private readonly store: Store,
    private readonly approvals: Approvals,
    private readonly hub: EventHub,
    private readonly now: () => number,
    private readonly storeBodies: NonNullable<GatewayOptions["storeBodies"]> = "none",
  ) {}

  /** The engine's verdict; nothing is recorded yet. A fault of the engine is a DENY. */
  scan(call: Call, grant?: string): LocalVerdict {
    try {
      return this.engine.scan(call.request, {
        agentId: call.agentId,
        ...call.context,
        ...(grant === undefined ? {} : { grant }),
      });
    } catch {
      const report = faultReport(this.engine.policyVersion);
      return { decision: "DENY", report, reportText: JSON.stringify(report) };
    }
  }

  /** Makes a verdict final. */
  async settle(call: Call, verdict: LocalVerdict): Promise<Outcome> {
    if (call.mode === "monitor" && call.source === "proxy") return this.#record(call, verdict, "forward");
    if (verdict.decision !== "REQUIRE_APPROVAL") return this.#record(call, verdict, actionFor(call, verdict));

    const digest = call.clientDigest === undefined ? verdict.report.digest : statedDigest(call.clientDigest);
    if (!digest) return this.refuse(call, "GATEWAY_INTERNAL_ERROR");
    for (let race = 0; race < MAX_GRANT_RACES; race++) {
      const hold = this.#decision(call, verdict, call.source === "scan" ? "answer" : "hold");
      const approval = await this.approvals.request(
        {
          traceId: call.traceId,
          agentId: call.agentLabel,
          digest,
          preview: { ...makePreview(call.request, verdict), ...editable(call) },
          report: recordedReport(verdict.report),
        },
        hold,
      );
      if (approval.status === "pending") return { report: verdict.report, verdict, approval };
      if (approval.status === "denied") return this.#recentDenial(call, verdict);
      if (call.clientDigest !== undefined) {
        // This client uses the approval up by itself, right before it sends.
        return { ...(await this.#record(call, verdict, "answer", approval.id)), approval };
      }
      const granted = this.scan(call, digest);
      if (granted.decision !== "ALLOW" && granted.decision !== "SANITIZE") {
        return granted.decision === "DENY" ? this.#record(call, granted, "refuse") : this.refuse(call, "GATEWAY_INTERNAL_ERROR");
      }
      const record = this.#decision(call, granted, actionFor(call, granted));
      if (await this.approvals.tryConsume(approval.id, digest, record)) return { report: granted.report, verdict: granted };
    }
    return this.refuse(call, "GATEWAY_INTERNAL_ERROR");
  }

  /** Records that the gateway itself refuses a call, for a reason that no policy can lift. */
  async refuse(call: Call, reason: string): Promise<Outcome> {
    const bare = { ...call, request: { ...call.request, headers: [], body: new Uint8Array(0) } };
    const report = refusedReport(this.scan(bare).report, reason);
    return this.#record(bare, { decision: "DENY", report, reportText: JSON.stringify(report) }, "refuse");
  }

  #recentDenial(call: Call, verdict: LocalVerdict): Promise<Outcome> {
    const report: Report = {
      ...verdict.report,
      decision: "DENY",
      reason_codes: [...verdict.report.reason_codes, "RECENT_DENIAL"],
      digest: null,
    };
    return this.#record(call, { decision: "DENY", report, reportText: JSON.stringify(report) }, "refuse");
  }

  async #record(
    call: Call,
    verdict: LocalVerdict,
    action: Decision["action"],
    approvalId: string | null = null,
  ): Promise<Outcome> {
    const recorded = await this.store.recordDecision({ ...this.#decision(call, verdict, action), approvalId });
    this.hub.publish({ type: "decision", data: decisionView(recorded) });
    return { report: verdict.report, verdict };
  }

  #decision(call: Call, verdict: LocalVerdict, action: Decision["action"]): Decision {
    return {
      traceId: call.traceId,
      at: this.now(),
      agentId: call.agentLabel,
      source: call.source,
      action,
      mode: call.mode,
      method: recordedLabel(call.request.method),
      report: recordedReport(verdict.report),
      approvalId: null,
      ...(this.storeBodies === "redacted" && call.request.body.length > 0 ? { body: storedBody(call.request, verdict) } : {}),
    };
  }
}

/** A body can be changed by a person where a client sends it that waits, and takes the new one. */
function editable({ clientDigest, bodyKind }: Call): Pick<Preview, "body_kind"> {
  return clientDigest === undefined || bodyKind === undefined ? {} : { body_kind: bodyKind };
}

function actionFor(call: Call, verdict: LocalVerdict): Decision["action"] {
  if (call.source === "scan") return "answer";
  return verdict.decision === "DENY" ? "refuse" : "forward";
}
