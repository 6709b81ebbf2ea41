/** Services, the credentials that the gateway holds for them, and other ways to them. */
import { type Area, about, count, flag, list, object, oneOf, orNull, ref, type Schema, text, time } from "../parts.js";

const TOOL: Record<string, Schema> = {
  tool: text,
  base: about("Where its API is; null where every customer has another host and none was named.", orNull(text)),
  operations: list(text),
  credential: about("Whether there is one.", flag),
  usable: about("Whether it is for the host that the tool's calls go to.", flag),
  calls: about("With this credential.", count),
  last_used_at: orNull(time),
};

const CREDENTIAL: Record<string, Schema> = {
  tool: text,
  header: text,
  prefix: text,
  origins: about("The only places that it is sent to.", list(text)),
  last_four: orNull(text),
  calls: count,
  created_at: time,
  updated_at: time,
  last_used_at: orNull(time),
};

const newCredential = object({
  credential: about("Kept sealed, and never given back.", text),
  "header?": text,
  "prefix?": text,
  "origins?": list(text),
});

const agent: Schema = {
  oneOf: [
    object({ by: oneOf("key") }),
    object({ by: oneOf("fixed"), agent_id: text, allow_from: list(text) }),
    object({ by: oneOf("header"), header: text, allow_from: list(text) }),
  ],
};

const ROUTE: Record<string, Schema> = {
  prefix: text,
  path: text,
  upstream_url: text,
  header_names: about("What the gateway adds, without the values.", list(text)),
  tool: orNull(text),
  agent,
  created_at: time,
  updated_at: time,
};

const WISHES: Record<string, Schema> = {
  "headers?": about("Kept sealed, and never given back.", { type: "object", additionalProperties: text }),
  "tool?": orNull(text),
  "agent?": { type: "object" },
};

/** Area of the description. */
export const tools: Area = {
  tag: "tools",
  about: "What the gateway calls for agents, with credentials that they never see.",
  schemas: { Tool: object(TOOL), Credential: object(CREDENTIAL), InboundRoute: object(ROUTE) },
  operations: [
    {
      method: "get",
      path: "/v1/tools",
      id: "listTools",
      summary: "The tools that are known, and whether they can be called.",
      who: "administrator",
      answers: { 200: object({ tools: list(ref("Tool")) }) },
    },
    {
      method: "get",
      path: "/v1/credentials",
      id: "listCredentials",
      summary: "Credentials without their texts.",
      who: "administrator",
      answers: { 200: object({ credentials: list(ref("Credential")) }) },
    },
    ...(["put", "post"] as const).map((method) => ({
      method,
      path: "/v1/credentials/{tool}",
      id: method === "put" ? "setCredential" : "addCredential",
      summary: "Keeps a credential for a tool, sealed; one that was there is replaced.",
      who: "administrator" as const,
      body: newCredential,
      answers: { 200: ref("Credential"), 201: ref("Credential") },
      errors: [501],
    })),
    {
      method: "delete",
      path: "/v1/credentials/{tool}",
      id: "removeCredential",
      summary: "Forgets a credential.",
      who: "administrator",
      answers: { 200: object({ tool: text, removed: flag }) },
    },
    {
      method: "post",
      path: "/v1/inbound-routes",
      id: "createInboundRoute",
      summary: "Leads `/inbound/{prefix}/` to an upstream, with headers that the gateway adds.",
      who: "administrator",
      body: object({ prefix: text, upstream_url: text, ...WISHES }),
      answers: { 201: ref("InboundRoute") },
      errors: [409, 501],
    },
    {
      method: "get",
      path: "/v1/inbound-routes",
      id: "listInboundRoutes",
      summary: "Inbound routes, without what their headers hold.",
      who: "administrator",
      answers: { 200: object({ inbound_routes: list(ref("InboundRoute")) }) },
    },
    {
      method: "patch",
      path: "/v1/inbound-routes/{prefix}",
      id: "changeInboundRoute",
      summary: "Changes what is named.",
      who: "administrator",
      body: object({ "upstream_url?": text, ...WISHES }),
      answers: { 200: ref("InboundRoute") },
      errors: [409, 501],
    },
    {
      method: "delete",
      path: "/v1/inbound-routes/{prefix}",
      id: "removeInboundRoute",
      summary: "Ends a route.",
      who: "administrator",
      answers: { 200: ref("InboundRoute") },
    },
  ],
};
