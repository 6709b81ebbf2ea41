/** Routes of the older protocol, in which agents sign what they ask for and the gateway makes the calls. */
import type { Context, Hono } from "hono";
import type { Approvals } from "../approvals.js";
import { requestBody } from "../body.js";
import { type Call, newCall } from "../call.js";
import { invokeAnswer, notExecuted, statusAnswer } from "../legacy/answers.js";
import type { LegacyCalls } from "../legacy/calls.js";
import type { Destinations } from "../legacy/destination.js";
import { readIdentity } from "../legacy/identity.js";
import { claimedAgent, readInvocation, strictObject } from "../legacy/invocation.js";
import { inLegacyForm, legacyError } from "../legacy/reply.js";
import type { SignedRequests } from "../legacy/signed-requests.js";
import type { Mode } from "../options.js";
import { recordedLabel } from "../recorded.js";
import { Refusal } from "../reply.js";
import type { Store } from "../store/store.js";
import { type GatewayEnv, requireJson } from "../surface.js";
import { approvalId } from "./approval-id.js";
import { PollLimiter } from "./poll-limiter.js";
import { MAX_SCAN_BYTES } from "./scan.js";

/** What the routes work with. */
export interface LegacyRouteParts {
  signed: SignedRequests;
  destinations: Destinations;
  calls: LegacyCalls;
  approvals: Approvals;
  store: Store;
  mode: Mode;
  now: () => number;
}

/** Adds the routes. */
export function legacyRoutes(app: Hono<GatewayEnv>, parts: LegacyRouteParts): void {
  const { signed, destinations, calls, approvals, store, mode, now } = parts;
  const polls = new PollLimiter(now);

  app.post("/invoke", requireJson, (context) =>
    inLegacyForm(async () => {
      const bytes = await requestBody(context, MAX_SCAN_BYTES);
      const body = strictObject(bytes);
      const agentId = claimedAgent(body);
      await signed.accept({ agentId, body: bytes, headers: context.req.raw.headers, time: "body", once: true });
      context.set("agentId", recordedLabel(agentId));
      const { request, vendorUrl, tool, runtimeType, identity } = readInvocation(bytes, body, destinations);
      const call: Call = {
        ...newCall(request, agentId, "invoke", mode),
        ...(vendorUrl === undefined ? {} : { vendorUrl }),
        ...(runtimeType === undefined ? {} : { context: { runtimeType } }),
      };
      const made = await calls.make({ call, tool, identity });
      context.set("host", made.outcome.report.host);
      return invokeAnswer(made);
    }),
  );

  app.post("/approvals/:id/execute", requireJson, async (context) => {
    const id = context.req.param("id");
    try {
      const bytes = await requestBody(context, MAX_SCAN_BYTES);
      const agentId = await signedBy(context, bytes);
      const made = await calls.execute(approvalId(id), readIdentity(strictObject(bytes)), agentId);
      context.set("agentId", made.call.agentLabel);
      context.set("host", made.outcome.report.host);
      return invokeAnswer(made);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return error.status === 400 || error.status === 413 ? legacyError(error) : notExecuted(id, error);
    }
  });

  app.get("/approvals/:id/status", (context) =>
    inLegacyForm(async () => {
      const id = approvalId(context.req.param("id"));
      const approval = await approvals.find(id);
      polls.admit(id);
      const unknown = approval.status === "executed" && (await store.legacy.heldCalls.find(id)) !== undefined;
      return statusAnswer(approval, now(), unknown);
    }),
  );

  /** Who has signed an execution; nobody where it is not signed. Its time is not signed: the approval is used once all the same. */
  async function signedBy(context: Context<GatewayEnv>, body: Uint8Array): Promise<string | undefined> {
    const { headers } = context.req.raw;
    const agentId = headers.get("x-aif-agent-id");
    if (agentId === null && !headers.has("x-aif-signature")) return undefined;
    await signed.accept({ agentId: agentId ?? "", body, headers, time: "header", once: false });
    return agentId ?? "";
  }
}
