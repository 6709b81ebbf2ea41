/** People who decide. */
import { type Area, about, count, list, object, oneOf, orNull, ref, type Schema, sha256, text, time, uuid } from "../parts.js";

const status = oneOf("pending", "approved", "denied", "expired", "executed");

const STATUS_MEMBERS: Record<string, Schema> = {
  approval_id: uuid,
  status,
  decision: about("What the status means for the call.", orNull(oneOf("ALLOW", "DENY"))),
  decided_at: orNull(time),
  expires_at: about("While pending, of the question; once approved, of the grant.", time),
  remaining_seconds: count,
  poll_guidance: about("When to ask again, in words.", text),
  "edited_body?": about("What a person has made of the body, to be sent instead.", text),
  "edited_version?": text,
};

const note: Schema = object({ "note?": orNull({ type: "string", maxLength: 1000 }) });
const decided = { 200: ref("Approval") };

/** Area of the description. */
export const approvals: Area = {
  tag: "approvals",
  about: "Calls that wait for a person. Agents ask and use them up; the administrator decides.",
  schemas: {
    ApprovalStatus: object(STATUS_MEMBERS),
    Preview: about(
      "The request, redacted, with the call's own credentials hidden.",
      object({
        method: text,
        url: text,
        headers: list({ type: "array", items: text, minItems: 2, maxItems: 2 }),
        body: text,
        body_encoding: oneOf("utf8", "base64"),
        body_bytes: count,
        omitted_bytes: about("Bytes at the end that the preview leaves out.", count),
        "body_kind?": oneOf("json", "text"),
        "edited_version?": text,
      }),
    ),
    Approval: object({
      ...STATUS_MEMBERS,
      trace_id: uuid,
      agent_id: text,
      digest: about("SHA-256 of the exact request; after `client:` where the client states it.", text),
      note: orNull(text),
      created_at: time,
      executed_at: orNull(time),
      preview: ref("Preview"),
      report: ref("Report"),
    }),
  },
  operations: [
    {
      method: "get",
      path: "/v1/approvals/{id}/status",
      id: "approvalStatus",
      summary: "How an approval stands. At most once in two seconds.",
      who: "agent",
      answers: { 200: ref("ApprovalStatus") },
      errors: [429],
    },
    {
      method: "post",
      path: "/v1/approvals/{id}/consume",
      id: "consumeApproval",
      summary: "Uses an approval up, once, right before the call is sent.",
      who: "agent",
      body: { ...object({ request_digest: sha256, "edited_version?": text }), additionalProperties: true },
      answers: { 200: object({ approval_id: uuid, status: oneOf("executed") }) },
      errors: [409],
    },
    {
      method: "get",
      path: "/v1/approvals",
      id: "listApprovals",
      summary: "Approvals, newest first.",
      who: "administrator",
      query: { status },
      answers: { 200: object({ approvals: list(ref("Approval")) }) },
    },
    {
      method: "post",
      path: "/v1/approvals/{id}/approve",
      id: "approve",
      summary: "Lets exactly this call through, once. The first decision stands.",
      who: "administrator",
      body: note,
      answers: decided,
      errors: [409],
    },
    {
      method: "post",
      path: "/v1/approvals/{id}/deny",
      id: "deny",
      summary: "Refuses this call. The first decision stands.",
      who: "administrator",
      body: note,
      answers: decided,
      errors: [409],
    },
    {
      method: "post",
      path: "/v1/approvals/{id}/edit",
      id: "editApproval",
      summary: "Changes the body before the decision; the call is decided anew with it.",
      who: "administrator",
      body: object({ body: text }),
      answers: decided,
      errors: [409],
    },
  ],
};
