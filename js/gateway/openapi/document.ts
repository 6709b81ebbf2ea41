/** `GET /openapi.json`: what every route takes and answers, as an OpenAPI 3.1 document. */
import { agents } from "./areas/agents.js";
import { approvals } from "./areas/approvals.js";
import { hmacSecrets } from "./areas/hmac-secrets.js";
import { keys } from "./areas/keys.js";
import { operations } from "./areas/operations.js";
import { overview } from "./areas/overview.js";
import { policies } from "./areas/policies.js";
import { records } from "./areas/records.js";
import { scans } from "./areas/scans.js";
import { tools } from "./areas/tools.js";
import { type Area, about, type Operation, type OtherAnswer, object, ref, type Schema, text } from "./parts.js";
import { REPORT_SCHEMAS } from "./report.js";

const AREAS: readonly Area[] = [scans, approvals, records, overview, policies, tools, keys, hmacSecrets, agents, operations];

/** Statuses that any route may answer with, besides its own. */
const EVERYWHERE = [400, 403, 500, 503];
const WITH_CREDENTIAL = [401];
const WITH_BODY = [413, 415];

const MEANINGS: Readonly<Record<number, string>> = {
  400: "Not a valid request; the message names the field.",
  401: "The credential is missing, unknown, revoked or used up.",
  403: "Not allowed: the Host or the origin is foreign, the key is not for this, or the agent was stopped.",
  404: "There is no such thing.",
  409: "Something else has happened to it meanwhile; the code says what.",
  413: "The body is too large.",
  415: "The body must be sent as the type that the route takes.",
  422: "Understood, and not possible.",
  421: "Gateways ask each other in a circle.",
  429: "Too often; Retry-After says when to ask again.",
  500: "The gateway failed and has refused.",
  501: "This gateway was started without what that needs.",
  502: "The other side failed. Whether it has acted is not known.",
  503: "It could not be recorded, so it was refused.",
  504: "The other side did not answer in time. Whether it has acted is not known.",
};

/** Of this contract: 1.x only adds to it. */
const VERSION = "1.0.0";

/** The document. */
export function openApiDocument(): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const { tag, operations: routes } of AREAS) {
    for (const route of routes) {
      paths[route.path] ??= {};
      (paths[route.path] as Record<string, unknown>)[route.method] = operationOf(tag, route);
    }
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "interven gateway",
      version: VERSION,
      summary: "Decides, holds, forwards and records what AI agents send.",
      description:
        "Beside these routes, any method on `/proxy/<upstream-url>` is decided and forwarded: a denied call is answered with 403, a held one with 202, and every answer has `X-Interven-Decision`, `X-Interven-Trace-Id` and `X-Interven-Reasons`.",
      license: { name: "MIT", identifier: "MIT" },
    },
    tags: AREAS.map(({ tag, about: description }) => ({ name: tag, description })),
    paths,
    components: {
      schemas: { ...ERROR_SCHEMAS, ...REPORT_SCHEMAS, ...Object.assign({}, ...AREAS.map(({ schemas }) => schemas)) },
      securitySchemes: {
        agent: {
          type: "http",
          scheme: "bearer",
          description: "An agent's key. Until there is one, agents on this machine need none.",
        },
        administrator: { type: "http", scheme: "bearer", description: "The administrator's credential." },
      },
    },
  };
}

const ERROR_SCHEMAS: Record<string, Schema> = {
  Error: about("Says what is wrong and what to do.", {
    ...object({
      error: { ...object({ code: about("Stable, upper-case, for programs.", text), message: text }), additionalProperties: true },
    }),
    additionalProperties: true,
  }),
};

function operationOf(tag: string, route: Operation): Record<string, unknown> {
  const named = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: "path",
    required: true,
    schema: text,
  }));
  const query = Object.entries(route.query ?? {}).map(([name, schema]) => ({ name, in: "query", required: false, schema }));
  const own = new Set([
    ...EVERYWHERE,
    ...(route.who === "anyone" ? [] : WITH_CREDENTIAL),
    ...(route.body || route.method !== "get" ? WITH_BODY : []),
    ...(named.length > 0 ? [404] : []),
    ...(route.errors ?? []),
  ]);
  const errors = [...own].filter((status) => !(status in route.answers)).map((status) => [status, errorAnswer(status)] as const);
  const answers = Object.entries(route.answers).map(([status, answer]) => [status, answerOf(answer)] as const);
  return {
    tags: [tag],
    operationId: route.id,
    summary: route.summary,
    ...(named.length + query.length > 0 ? { parameters: [...named, ...query] } : {}),
    ...(route.body
      ? { requestBody: { required: true, content: { [route.bodyType ?? "application/json"]: { schema: route.body } } } }
      : {}),
    security: route.who === "anyone" ? [{}] : route.who === "agent" ? [{}, { agent: [] }] : [{ administrator: [] }],
    responses: Object.fromEntries([...answers, ...errors]),
  };
}

function errorAnswer(status: number) {
  return {
    description: MEANINGS[status] ?? "Refused.",
    content: { "application/json": { schema: ref("Error") } },
  };
}

function answerOf(answer: Schema | OtherAnswer) {
  if ("types" in answer) {
    const { about: description, types } = answer as OtherAnswer;
    return { description, content: Object.fromEntries(types.map((type) => [type, { schema: text }])) };
  }
  return { description: "Done.", content: { "application/json": { schema: answer } } };
}
