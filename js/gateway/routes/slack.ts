/**
 * `POST /v1/slack/interactions`: what people click in Slack. The only route that changes something and takes a form; what
 * stands for the administrator's credential, and against other sites' forms, is Slack's signature.
 */
import type { Context, Hono } from "hono";
import { decodeUtf8, requestBody } from "../body.js";
import type { Clicks } from "../notify/slack/clicks.js";
import type { SlackSignatures } from "../notify/slack/signature.js";
import { Refusal } from "../reply.js";
import type { GatewayEnv } from "../surface.js";

/** The payload of a click holds the whole message that was clicked on. */
const MAX_BODY_BYTES = 256 * 1024;

/** What the route works with; nothing where Slack is not set up. */
export interface SlackRouteParts {
  signatures: SlackSignatures;
  clicks: Clicks;
}

/** Adds the route. */
export function slackRoutes(app: Hono<GatewayEnv>, slack: SlackRouteParts | undefined): void {
  app.post("/v1/slack/interactions", async (context: Context<GatewayEnv>) => {
    if (!slack) throw new Refusal(404, "SLACK_NOT_SET_UP", "Slack is not set up at this gateway: see --slack-channel.");
    const { headers } = context.req.raw;
    const bytes = await requestBody(context, MAX_BODY_BYTES);
    if (!(await slack.signatures.accepts(headers, bytes))) {
      throw new Refusal(
        401,
        "SLACK_SIGNATURE_INVALID",
        "Slack has not signed this request, or not within five minutes, or it was seen before. Check the signing secret and the clock.",
      );
    }
    if (!/^application\/x-www-form-urlencoded\s*(;|$)/i.test(headers.get("content-type") ?? ""))
      throw new Refusal(415, "FORM_REQUIRED", "Slack sends clicks as application/x-www-form-urlencoded.");
    await slack.clicks.handle(payloadOf(decodeUtf8(bytes)));
    return new Response(null, { status: 200 });
  });
}

function payloadOf(form: string): unknown {
  const [payload, ...rest] = new URLSearchParams(form).getAll("payload");
  try {
    if (payload !== undefined && rest.length === 0) return JSON.parse(payload);
  } catch {
    // Answered below, like any other body that holds no payload.
  }
  throw new Refusal(400, "INVALID_REQUEST", "The form must hold one 'payload', which is JSON.");
}
