/** Routes by which the administrator applies, tries, reads and takes back policies. */

import type { Context, Hono } from "hono";
import { decodeUtf8, requestBody } from "../body.js";
import { iso } from "../iso-time.js";
import { jsonObject, onlyKnown } from "../json-object.js";
import { DetectorSuppressions } from "../policies/detector-suppressions.js";
import { type PolicyText, requireEnvironment, saysTheSame } from "../policies/document.js";
import { KnownRules } from "../policies/known-rules.js";
import type { LiveEngine } from "../policies/live-engine.js";
import type { Applied, Policies } from "../policies/policies.js";
import { replay } from "../policies/replay.js";
import { invalid, json, Refusal } from "../reply.js";
import type { PolicyVersion, StoredPolicy } from "../store/policies.js";
import type { Store } from "../store/store.js";
import { type GatewayEnv, requireJson } from "../surface.js";
import type { AdminGuard } from "./admin-guard.js";
import { whole } from "./fields.js";
import { moment, Query, TIME_FORMS } from "./query.js";
import { readObject } from "./read-object.js";

/** Largest body with a policy, in bytes. */
const MAX_POLICY_BYTES = 1024 * 1024;
const MAX_SOURCE_LENGTH = 200;
const DEFAULT_REPLAYED = 1000;
const MOST_REPLAYED = 20_000;

/** What the routes work with. */
export interface PolicyRouteParts {
  policies: Policies;
  live: LiveEngine;
  store: Store;
  admin: AdminGuard;
  now: () => number;
}

/** Adds the routes. */
export function policyRoutes(app: Hono<GatewayEnv>, { policies, live, store, admin, now }: PolicyRouteParts): void {
  const answer = ({ policy, changed }: Applied) =>
    json(200, { ...policyView(policy, policies.environment), changed, engine_version: live.policyVersion });

  app.post("/v1/policies/apply", admin, requireJson, async (context) => {
    const { given, fields } = await readPolicy(context, ["env_name"]);
    const envName = fields.env_name === undefined ? undefined : requireEnvironment("env_name", fields.env_name);
    return answer(await policies.apply(given, envName));
  });

  app.post("/v1/policies/validate", admin, requireJson, async (context) => {
    const { given } = await readPolicy(context, []);
    try {
      const { head, engine } = policies.check(given);
      const warnings = engine.policyNotices(given.text, given.source, now());
      return json(200, { valid: true, name: head.name, rules: head.rules, errors: [], warnings });
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== "POLICY_INVALID") throw error;
      return json(200, {
        valid: false,
        name: null,
        rules: null,
        errors: [error.details ?? { problem: error.message }],
        warnings: [],
      });
    }
  });

  app.post("/v1/policies/replay", admin, requireJson, async (context) => {
    const { given, fields } = await readPolicy(context, ["since", "until", "limit"]);
    const { name } = policies.check(given).head;
    // What the start has given already is no second policy.
    const isKnown = policies.files.some(({ text }) => saysTheSame(text, given.text));
    const candidate = await policies.withChange(name, isKnown ? undefined : given);
    const engine = policies.engineWith(candidate);
    const inForce = await policies.withChange("", undefined);
    const [before, after] = [
      [...policies.files, ...inForce],
      [...policies.files, ...candidate],
    ];
    const known = new KnownRules(before, after, live.policyVersion);
    const suppressed = new DetectorSuppressions(before, after, live.policyVersion);
    const [since, until] = [time(fields, "since"), time(fields, "until")];
    const limit = whole(fields, "limit", 1, MOST_REPLAYED, DEFAULT_REPLAYED);
    const summary = await replay({ store, engine, known, suppressed, since, until, limit });
    return json(200, { name, engine_version: live.policyVersion, candidate_version: engine.policyVersion, ...summary.view() });
  });

  app.get("/v1/policies", admin, async (context) => {
    const query = new Query(context.req.url, ["env", "all"]);
    const env = query.text("env");
    const all = query.flag("all") ?? false;
    const list = (await policies.list(all)).filter(({ envName }) => env === undefined || envName === env);
    return json(200, {
      environment: policies.environment,
      engine_version: live.policyVersion,
      policies: list.map((policy) => policyView(policy, policies.environment)),
      files: policies.files.map(({ source, text }) => {
        const { name, rules } = JSON.parse(text) as { name: string; rules: unknown[] };
        return { source, name, rules: rules.length };
      }),
    });
  });

  app.get("/v1/policies/by-name/:name", admin, async (context) => {
    const env = new Query(context.req.url, ["env"]).text("env");
    const envName = env === undefined ? policies.environment : requireEnvironment("env", env);
    const policy = await policies.findByName(context.req.param("name"), envName);
    const { text } = await policies.textOf(policy.id, policy.version);
    return json(200, { ...policyView(policy, policies.environment), text });
  });

  app.get("/v1/policies/:id/versions", admin, async (context) => {
    const policy = await policies.find(context.req.param("id"));
    const versions = await policies.versions(policy.id);
    return json(200, { ...policyView(policy, policies.environment), versions: versions.map(versionView) });
  });

  app.get("/v1/policies/:id/versions/:version", admin, async (context) => {
    const policy = await policies.find(context.req.param("id"));
    const version = await policies.textOf(policy.id, versionNumber(context.req.param("version")));
    return json(200, {
      policy_id: policy.id,
      name: policy.name,
      env_name: policy.envName,
      ...versionView(version),
      text: version.text,
    });
  });

  app.post("/v1/policies/:id/rollback", admin, requireJson, async (context) => {
    const { version, ...others } = await readObject(context.req.raw);
    onlyKnown(others, ["version"]);
    return answer(await policies.rollback(context.req.param("id"), versionNumber(version)));
  });

  app.delete("/v1/policies/:id", admin, async (context) => answer(await policies.deactivate(context.req.param("id"))));
}

/** A policy as the administrator sees it. */
function policyView(policy: StoredPolicy, environment: string) {
  return {
    policy_id: policy.id,
    name: policy.name,
    env_name: policy.envName,
    version: policy.version,
    rules: policy.rules,
    active: policy.active,
    in_force: policy.active && policy.envName === environment,
    created_at: iso(policy.createdAt),
    updated_at: iso(policy.updatedAt),
  };
}

function versionView({ version, rules, at, restoredFrom }: Omit<PolicyVersion, "text">) {
  return { version, rules, at: iso(at), restored_from: restoredFrom };
}

/** A policy as text, or as an object whose source text is taken: a key that stands twice is told, not lost. */
async function readPolicy(
  context: Context<GatewayEnv>,
  more: readonly string[],
): Promise<{ given: PolicyText; fields: Record<string, unknown> }> {
  const bytes = await requestBody(context, MAX_POLICY_BYTES);
  const { fields, members } = jsonObject(decodeUtf8(bytes), "The body must be a JSON object with a 'policy'.");
  const { policy, source = "policy", ...others } = fields;
  onlyKnown(others, ["policy", "source", ...more]);
  if (typeof source !== "string" || source === "" || source.length > MAX_SOURCE_LENGTH)
    throw invalid("source", `must be a text of 1 to ${MAX_SOURCE_LENGTH} characters`);
  if (typeof policy === "string") return { given: { source, text: policy }, fields: others };
  if (typeof policy !== "object" || policy === null) throw invalid("policy", "must be a policy, as an object or as JSON text");
  return { given: { source, text: members.get("policy") ?? "" }, fields: others };
}

function time(fields: Record<string, unknown>, name: string): number | undefined {
  const value = fields[name];
  if (value === undefined || value === null) return undefined;
  const at = moment(value);
  if (at === undefined) throw invalid(name, `must be ${TIME_FORMS}`);
  return at;
}

function versionNumber(value: unknown): number {
  const version = typeof value === "string" && /^[1-9]\d{0,8}$/.test(value) ? Number(value) : value;
  if (typeof version === "number" && Number.isInteger(version) && version >= 1) return version;
  throw invalid("version", "must be the number of a version, such as 1");
}
