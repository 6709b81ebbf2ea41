/** Approval routes: agents poll and consume, the administrator lists and decides. */
import type { Context, Hono } from "hono";
import { redactText } from "../../engine.js";
import { AGENT_STOPPED } from "../agents/admission.js";
import type { Recollection } from "../agents/recollection.js";
import { type Approvals, notFound, statedDigest, whyNotConsumable } from "../approvals.js";
import { editedPreview } from "../edit.js";
import type { GatewayOptions, Mode } from "../options.js";
import { json, Refusal } from "../reply.js";
import { consumedReport } from "../reports.js";
import type { ApprovalStatus, Store } from "../store/store.js";
import { type GatewayEnv, requireJson } from "../surface.js";
import { approvalStatusView, approvalView } from "../views.js";
import type { AdminGuard } from "./admin-guard.js";
import type { AgentGuard } from "./agent-guard.js";
import { PollLimiter } from "./poll-limiter.js";
import { readObject } from "./read-object.js";
import { MAX_SCAN_BYTES } from "./scan.js";

const MAX_NOTE_LENGTH = 1000;
const STATUSES: readonly string[] = ["pending", "approved", "denied", "expired", "executed"];

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
    if (approval.status === "executed" && (await store.agents.isStopped(approval.agentId)))
      throw new Refusal(403, AGENT_STOPPED, "This agent was stopped. Do not send the request.");
    polls.admit(id);
    return json(200, approvalStatusView(approval, now()));
  });

  app.post("/v1/approvals/:id/consume", agent, requireJson, async (context) => {
    const id = approvalId(context.req.param("id"));
    const { request_digest: stated, edited_version: version } = await readObject(context.req.raw);
    if (typeof stated !== "string" || !/^[0-9a-f]{64}$/.test(stated)) {
      throw new Refusal(400, "INVALID_REQUEST", "'request_digest' must be a SHA-256 in 64 lower-case hex digits.");
    }
    const digest = statedDigest(stated);
    const approval = await own(context, id);
    if (await store.agents.isStopped(approval.agentId))
      throw new Refusal(403, AGENT_STOPPED, "This agent was stopped. Do not send the request.");
    if (approval.preview.edited_version !== version)
      throw new Refusal(409, "EDIT_MISMATCH", "A person has changed the body. Ask for the status, and send what it says.");
    const consumed = await approvals.tryConsume(id, digest, {
      traceId: approval.traceId,
      at: now(),
      agentId: approval.agentId,
      source: "consume",
      action: "answer",
      mode,
      method: approval.preview.method,
      report: consumedReport(approval.report),
      approvalId: id,
    });
    if (!consumed) throw whyNotConsumable(await approvals.find(id), digest);
    recollection.sent(approval);
    return json(200, { approval_id: id, status: "executed" });
  });

  app.post("/v1/approvals/:id/edit", admin, requireJson, async (context) => {
    const approval = await approvals.find(approvalId(context.req.param("id")));
    const { body } = await readObject(context.req.raw, MAX_SCAN_BYTES);
    return json(200, approvalView(await approvals.edit(approval.id, editedPreview(engine, approval, body)), now()));
  });

  app.get("/v1/approvals", admin, async (context) => {
    const status = context.req.query("status");
    if (status !== undefined && !STATUSES.includes(status)) {
      throw new Refusal(400, "INVALID_REQUEST", `'status' must be one of ${STATUSES.join(", ")}.`);
    }
    const list = await approvals.list(status as ApprovalStatus | undefined, 200);
    return json(200, { approvals: list.map((approval) => approvalView(approval, now())) });
  });

  for (const [verb, status] of [
    ["approve", "approved"],
    ["deny", "denied"],
  ] as const) {
    app.post(`/v1/approvals/:id/${verb}`, admin, requireJson, async (context) => {
      const id = approvalId(context.req.param("id"));
      const { note = null } = await readObject(context.req.raw);
      if (note !== null && (typeof note !== "string" || note.length > MAX_NOTE_LENGTH)) {
        throw new Refusal(400, "INVALID_REQUEST", `'note' must be a text of at most ${MAX_NOTE_LENGTH} characters.`);
      }
      return json(200, approvalView(await approvals.decide(id, status, note === null ? null : redactText(note)), now()));
    });
  }
}

/** The id of an approval; throws a 400 for what is none. */
export function approvalId(text: string): string {
  if (/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(text)) return text;
  throw new Refusal(400, "INVALID_APPROVAL_ID", "The approval id must be the UUID that the scan answered with.");
}
