/** `POST /v1/scan/response`: looks at what an agent has read, so that a later call that carries it away is noticed. */
import type { Context } from "hono";
import { decodeUtf8, requestBody } from "../body.js";
import { jsonObject } from "../json-object.js";
import { invalid, json, Refusal } from "../reply.js";
import type { Responses } from "../responses.js";
import type { Store } from "../store/store.js";
import type { GatewayEnv } from "../surface.js";
import { MAX_SCAN_BYTES } from "./scan.js";

interface ResponseRequest {
  traceId: string;
  body: string;
  headers: [string, string][];
  status: number | null;
}

/** Makes the route. */
export function scanResponseRoute(responses: Responses, store: Store) {
  return async (context: Context<GatewayEnv>): Promise<Response> => {
    const { traceId, body, headers, status } = parse(decodeUtf8(await requestBody(context, MAX_SCAN_BYTES)));
    const agentId = await agentOf(store, traceId, context.get("caller")?.key.agentId);
    const found = await responses.read({ traceId, agentId, status, headers, body });
    return json(200, { trace_id: traceId, ...found });
  };
}

/** The agent that the trace is of; throws a 404 where there is no such trace, or it is of another agent than the one that asks. */
async function agentOf(store: Store, traceId: string, asking: string | undefined): Promise<string> {
  const [decision] = await store.listDecisions({ traceId, limit: 1 });
  if (decision && (asking === undefined || asking === decision.agentId)) return decision.agentId;
  throw new Refusal(404, "TRACE_NOT_FOUND", "There is no scan with this trace id on this gateway.");
}

/** Text is looked at as itself, everything else as the JSON source that arrived. */
function parse(text: string): ResponseRequest {
  const { fields, members } = jsonObject(text, "The body must be a JSON object with 'trace_id' and 'response_body'.");
  const { trace_id: traceId, response_body: body, response_status: status = null } = fields;
  if (typeof traceId !== "string" || !/^[0-9a-f-]{36}$/.test(traceId))
    throw invalid("trace_id", "must be the trace id that the scan answered with");
  if (status !== null && !(Number.isInteger(status) && Number(status) >= 100 && Number(status) <= 599))
    throw invalid("response_status", "must be an HTTP status");
  if (typeof body !== "string" && (typeof body !== "object" || body === null))
    throw invalid("response_body", "must be a text, an object or a list");
  const source = members.get("response_body") ?? "";
  return {
    ...{ traceId, status: status as number | null },
    ...(typeof body === "string" ? { body, headers: [] } : { body: source, headers: [["content-type", "application/json"]] }),
  };
}
