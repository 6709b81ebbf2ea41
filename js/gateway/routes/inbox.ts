/** Routes by which the administrator looks through approvals, decides them, extends them and puts them aside. */
import type { Hono } from "hono";
import { notFound } from "../approval-refusals.js";
import { type Approvals, LONGEST_LIFE_MS } from "../approvals.js";
import { type Fields, onlyKnown } from "../json-object.js";
import { invalid, json, Refusal } from "../reply.js";
import type { Approval, Judgement } from "../store/store.js";
import { type GatewayEnv, requireJson } from "../surface.js";
import { approvalView } from "../views.js";
import type { AdminGuard } from "./admin-guard.js";
import { approvalId } from "./approval-id.js";
import { whole, words } from "./fields.js";
import { moment, Query, TIME_FORMS } from "./query.js";
import { readObject } from "./read-object.js";

const STATUSES = ["pending", "approved", "denied", "expired", "executed"] as const;
const PARAMETERS = ["status", "agent", "since", "until", "deferred", "after", "limit"];
const LONGEST_SECONDS = LONGEST_LIFE_MS / 1000;
const MOST_IN_A_BATCH = 100;
const VERBS: Readonly<Record<string, Judgement["status"]>> = { approve: "approved", deny: "denied" };

/** Adds the routes. */
export function inboxRoutes(app: Hono<GatewayEnv>, approvals: Approvals, admin: AdminGuard, now: () => number): void {
  const shown = (approval: Approval) => json(200, approvalView(approval, now()));

  app.get("/v1/approvals", admin, async (context) => {
    const query = new Query(context.req.url, PARAMETERS);
    const limit = query.whole("limit", 1, 1000) ?? 200;
    const after = query.text("after");
    if (after !== undefined) await cursor(approvals, after);
    const list = await approvals.list({
      status: query.optional("status", STATUSES),
      agent: query.text("agent"),
      since: query.time("since"),
      until: query.time("until"),
      deferred: query.flag("deferred"),
      after,
      limit,
    });
    const next = list.length === limit ? (list.at(-1)?.id ?? null) : null;
    return json(200, { approvals: list.map((approval) => approvalView(approval, now())), next });
  });

  for (const [verb, status] of Object.entries(VERBS)) {
    app.post(`/v1/approvals/:id/${verb}`, admin, requireJson, async (context) => {
      const id = approvalId(context.req.param("id"));
      const fields = await readObject(context.req.raw);
      onlyKnown(fields, ["note", "reason", "edited_version"]);
      return shown(await approvals.decide(id, { status, ...words(fields), ...seen(fields) }));
    });
  }

  app.post("/v1/approvals/:id/extend", admin, requireJson, async (context) => {
    const id = approvalId(context.req.param("id"));
    const fields = await readObject(context.req.raw);
    onlyKnown(fields, ["seconds"]);
    return shown(await approvals.extend(id, whole(fields, "seconds", 60, LONGEST_SECONDS) * 1000));
  });

  app.post("/v1/approvals/:id/defer", admin, requireJson, async (context) => {
    const id = approvalId(context.req.param("id"));
    const fields = await readObject(context.req.raw);
    onlyKnown(fields, ["until", "seconds"]);
    return shown(await approvals.defer(id, deferredUntil(fields, now())));
  });

  app.post("/v1/approvals/batch", admin, requireJson, async (context) => {
    const fields = await readObject(context.req.raw);
    onlyKnown(fields, ["ids", "decision", "note", "reason"]);
    const status = typeof fields.decision === "string" && Object.hasOwn(VERBS, fields.decision) && VERBS[fields.decision];
    if (!status) throw invalid("decision", "must be approve or deny");
    const judgement = { status, ...words(fields) };
    const results = [];
    for (const id of ids(fields.ids)) results.push(await one(approvals, id, judgement));
    const decided = results.filter((result) => result.ok).length;
    return json(200, { results, decided, failed: results.length - decided });
  });
}

/** What became of one approval of a batch. Each is decided by itself: that one fails undoes no other. */
async function one(approvals: Approvals, id: string, judgement: Omit<Judgement, "expiresAt">) {
  try {
    if (judgement.status === "approved") await refuseRisky(approvals, id);
    const { status } = await approvals.decide(id, judgement);
    return { approval_id: id, ok: true, status };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { approval_id: id, ok: false, error: { code: error.code, message: error.message } };
  }
}

/** What is risky is looked at one by one. */
async function refuseRisky(approvals: Approvals, id: string): Promise<void> {
  const { status, report } = await approvals.find(id);
  if (status === "pending" && (report.risk_band === "HIGH" || report.risk_band === "CRITICAL"))
    throw new Refusal(409, "RISK_TOO_HIGH", `The risk of this call is ${report.risk_band}: approve it by itself.`);
}

function ids(value: unknown): string[] {
  const list = Array.isArray(value) ? value : [];
  if (list.length < 1 || list.length > MOST_IN_A_BATCH || new Set(list).size !== list.length)
    throw invalid("ids", `must be a list of 1 to ${MOST_IN_A_BATCH} ids of approvals, each once`);
  return list.map(approvalId);
}

/** The body that was looked at, where the caller says which. */
function seen({ edited_version: version }: Fields): Pick<Judgement, "seenVersion"> {
  if (version === undefined) return {};
  if (version === null || typeof version === "string") return { seenVersion: version };
  throw invalid("edited_version", "must be the edited_version of the preview that was looked at, or null");
}

function deferredUntil(fields: Fields, now: number): number | null {
  const { until, seconds } = fields;
  if ((until === undefined) === (seconds === undefined)) throw invalid("until", "or 'seconds' must be given, not both");
  if (until === undefined) return now + whole(fields, "seconds", 1, LONGEST_SECONDS) * 1000;
  if (until === null) return null;
  const time = moment(until);
  if (time === undefined) throw invalid("until", `must be ${TIME_FORMS}; null takes the approval back`);
  return time;
}

async function cursor(approvals: Approvals, after: string): Promise<void> {
  try {
    await approvals.find(approvalId(after));
  } catch (error) {
    if (error instanceof Refusal && error.code === notFound().code)
      throw new Refusal(400, "INVALID_REQUEST", "'after' must be the 'next' of the page before; that approval is gone.");
    throw error;
  }
}
