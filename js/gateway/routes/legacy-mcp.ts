/** `/mcp` of the older protocol: operations of tools as MCP clients call them, decided and made by the gateway. */
import type { Hono } from "hono";
import { textAt } from "../../record.js";
import { requestBody } from "../body.js";
import { type Call, newCall } from "../call.js";
import { readIdentity } from "../legacy/identity.js";
import { strictObject } from "../legacy/invocation.js";
import { calledTool, readArguments, readMcpRequest, refusedCall, toolList, unknownMethod, wrongParams } from "../legacy/mcp.js";
import type { McpTools } from "../legacy/mcp-tools.js";
import { inLegacyForm } from "../legacy/reply.js";
import { recordedLabel } from "../recorded.js";
import { Refusal } from "../reply.js";
import { type GatewayEnv, requireJson } from "../surface.js";
import type { LegacyRouteParts } from "./legacy.js";
import { MAX_SCAN_BYTES } from "./scan.js";

/** Adds the routes. */
export function legacyMcpRoutes(
  app: Hono<GatewayEnv>,
  tools: McpTools,
  { signed, calls, mode }: Pick<LegacyRouteParts, "signed" | "calls" | "mode">,
): void {
  app.post("/mcp", requireJson, (context) =>
    inLegacyForm(async () => {
      const bytes = await requestBody(context, MAX_SCAN_BYTES);
      const { id, method, params, dated } = readMcpRequest(strictObject(bytes));
      const { headers } = context.req.raw;
      const agentId = headers.get("x-aif-agent-id") ?? "";
      const calling = method === "tools/call";
      const time = dated ? "body" : "header";
      const release = await signed.accept({ agentId, body: bytes, headers, time, once: calling });
      context.set("agentId", recordedLabel(agentId));
      if (method === "tools/list") return toolList(id, tools.list());
      if (!calling) return unknownMethod(id);
      const operation = tools.find(textAt(params, "name") ?? "");
      if (!operation) return wrongParams(id, "There is no such tool here. tools/list says which there are.");
      try {
        const { vendorUrl, ...request } = operation.request(readArguments(bytes));
        const call: Call = {
          ...newCall(request, agentId, "mcp", mode),
          context: { runtimeType: "mcp" },
          ...(vendorUrl === undefined ? {} : { vendorUrl }),
        };
        const made = await calls.make({ call, tool: operation.tool, identity: identityOf(headers) });
        context.set("host", made.outcome.report.host);
        // Of what was not made nothing can be made twice: a client may ask with the same bytes until a person has decided.
        if (!made.answer && !made.failure) await release();
        return calledTool(id, made);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        await release();
        return error.status === 400 ? wrongParams(id, error.message) : refusedCall(id, error);
      }
    }),
  );

  app.post("/mcp/tools/list", requireJson, (context) =>
    inLegacyForm(async () => {
      const { id, method } = readMcpRequest(strictObject(await requestBody(context, MAX_SCAN_BYTES)));
      return method === "tools/list" ? toolList(id, tools.list()) : unknownMethod(id);
    }),
  );
}

/** The credential that stands in headers, as the middleware sends it. */
function identityOf(headers: Headers) {
  const token = headers.get("x-aif-credential-token") ?? undefined;
  return readIdentity({ credential_type: headers.get("x-aif-credential-type") ?? undefined, credential_token: token });
}
