/** Approval routes: agents poll and consume, the administrator changes what is asked for. */
import type { Context, Hono } from "hono";
import type { Recollection } from "../agents/recollection.js";
import { agentStopped, isRepeat, notFound, whyNotConsumable } from "../approval-refusals.js";
import { type Approvals, statedDigest } from "../approvals.js";
import { editedPreview } from "../edit.js";
import type { GatewayOptions, Mode } from "../options.js";
import { json, Refusal } from "../reply.js";
import { consumedReport } from "../reports.js";
import type { Decision, Store } from "../store/store.js";
import { type GatewayEnv, requireJson } from "../surface.js";
import { approvalStatusView, approvalView } from "../views.js";
import type { AdminGuard } from "./admin-guard.js";
import type { AgentGuard } from "./agent-guard.js";
import { approvalId } from "./approval-id.js";
import { PollLimiter } from "./poll-limiter.js";
import { readObject } from "./read-object.js";
import { MAX_SCAN_BYTES } from "./scan.js";

/** What the routes work with. */
export interface ApprovalRouteParts {
  approvals: Approvals;
  store: Store;
  recollection: Recollection;
  admin: AdminGuard;
  agent: AgentGuard;
  engine: GatewayOptions["engine"];
  mode: Mode;
  now: () => number;
}

/** Adds the routes. */
export function approvalRoutes(app: Hono<GatewayEnv>, parts: ApprovalRouteParts): void {
  const { approvals, store, recollection, admin, agent, engine, mode, now } = parts;
  const polls = new PollLimiter(now);

  /** The approval, where it is this caller's to ask about. */
  const own = async (context: Context<GatewayEnv>, id: string) => {
    const approval = await approvals.find(id);
    const key = context.get("caller")?.key;
    if (key && key.agentId !== approval.agentId) throw notFound();
    return approval;
  };

  app.get("/v1/approvals/:id/status", agent, async (context) => {
    const id = approvalId(context.req.param("id"));
    const approval = await own(context, id);
    // Used, and perhaps not sent yet.
    if (approval.status === "executed" && (await store.agents.isStopped(approval.agentId))) throw agentStopped();
    polls.admit(id);
    return json(200, approvalStatusView(approval, now()));
  });

  app.post("/v1/approvals/:id/consume", agent, requireJson, async (context) => {
    const id = approvalId(context.req.param("id"));
    const { request_digest: stated, edited_version: version, holder: named = null } = await readObject(context.req.raw);
    if (typeof stated !== "string" || !/^[0-9a-f]{64}$/.test(stated)) {
      throw new Refusal(400, "INVALID_REQUEST", "'request_digest' must be a SHA-256 in 64 lower-case hex digits.");
    }
    if (named !== null && (typeof named !== "string" || !/^[\w-]{16,128}$/.test(named))) {
      throw new Refusal(400, "INVALID_REQUEST", "'holder' must be 16 to 128 letters, digits, '-' and '_', random for each use.");
    }
    const [digest, holder] = [statedDigest(stated), named];
    const approval = await own(context, id);
    if (await store.agents.isStopped(approval.agentId)) throw agentStopped();
    if (approval.preview.edited_version !== version)
      throw new Refusal(409, "EDIT_MISMATCH", "A person has changed the body. Ask for the status, and send what it says.");
    const decision: Decision = {
      traceId: approval.traceId,
      at: now(),
      agentId: approval.agentId,
      source: "consume",
      action: "answer",
      mode,
      method: approval.preview.method,
      report: consumedReport(approval.report),
      approvalId: id,
    };
    if (await approvals.tryConsume(id, digest, decision, holder)) recollection.sent(approval);
    else {
      const used = await approvals.find(id);
      // A yes is for its time, also for who has used it and not sent yet.
      const outdated = approvals.isOutdated(used);
      if (!isRepeat(used, digest, holder) || used.expiresAt <= now() || outdated)
        throw whyNotConsumable(used, digest, holder, outdated);
    }
    return json(200, { approval_id: id, status: "executed" });
  });

  app.post("/v1/approvals/:id/edit", admin, requireJson, async (context) => {
    const approval = await approvals.find(approvalId(context.req.param("id")));
    const { body } = await readObject(context.req.raw, MAX_SCAN_BYTES);
    return json(200, approvalView(await approvals.edit(approval.id, editedPreview(engine, approval, body)), now()));
  });
}
