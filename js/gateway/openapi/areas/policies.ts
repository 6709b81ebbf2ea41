/** Policies that are applied while the gateway runs. */
import {
  type Area,
  about,
  anything,
  count,
  flag,
  list,
  mapOf,
  object,
  oneOf,
  orNull,
  ref,
  type Schema,
  text,
  time,
  uuid,
} from "../parts.js";
import { decision, verb } from "../report.js";

const POLICY: Record<string, Schema> = {
  policy_id: uuid,
  name: text,
  env_name: text,
  version: count,
  rules: about("How many.", count),
  active: flag,
  in_force: about("Whether it counts at this gateway.", flag),
  created_at: time,
  updated_at: time,
};

const VERSION: Record<string, Schema> = {
  version: count,
  rules: count,
  at: time,
  restored_from: about("The version that this one repeats.", orNull(count)),
};

const RULE: Record<string, Schema> = {
  policy: text,
  rule_id: text,
  action: oneOf("ALLOW", "SANITIZE", "REQUIRE_APPROVAL", "DENY", "OPEN_INCIDENT"),
};

const GIVEN: Record<string, Schema> = {
  policy: about("An object, or its JSON text.", { type: ["object", "string"] }),
  "source?": about("What errors call it.", text),
};

const SAMPLE: Record<string, Schema> = {
  trace_id: uuid,
  at: time,
  agent_id: text,
  method: text,
  tool_name: text,
  operation: text,
  verb,
  host: text,
  before: decision,
  after: orNull(decision),
  possible: list(decision),
  keys: about("Of rules that the record cannot answer.", list(text)),
  rules: list(object(RULE)),
};

/** Area of the description. */
export const policies: Area = {
  tag: "policies",
  about: "Policies with versions, on top of those of the start.",
  schemas: {
    Policy: object(POLICY),
    AppliedPolicy: object({
      ...POLICY,
      changed: flag,
      engine_version: about("`policy_version` of decisions from now on.", text),
    }),
  },
  operations: [
    {
      method: "post",
      path: "/v1/policies/apply",
      id: "applyPolicy",
      summary: "Makes a policy say this, by its name in an environment. The same text changes nothing.",
      who: "administrator",
      body: object({ ...GIVEN, "env_name?": text }),
      answers: { 200: ref("AppliedPolicy") },
    },
    {
      method: "post",
      path: "/v1/policies/validate",
      id: "validatePolicy",
      summary: "Says what is wrong with a policy, or odd about it.",
      who: "administrator",
      body: object(GIVEN),
      answers: {
        200: object({
          valid: flag,
          name: orNull(text),
          rules: orNull(count),
          errors: list({ type: "object" }),
          warnings: list({ type: "object" }),
        }),
      },
    },
    {
      method: "post",
      path: "/v1/policies/replay",
      id: "replayPolicy",
      summary: "What recorded decisions would have been with this policy applied. What the record cannot tell is undecided.",
      who: "administrator",
      body: object({
        ...GIVEN,
        "since?": orNull(anything),
        "until?": orNull(anything),
        "limit?": orNull({ type: "integer", minimum: 1, maximum: 20_000, default: 1000 }),
      }),
      answers: {
        200: object({
          name: text,
          engine_version: text,
          candidate_version: text,
          decisions: count,
          unchanged: count,
          changed: count,
          undecided: count,
          not_replayable: count,
          from: orNull(time),
          to: orNull(time),
          truncated: flag,
          approvals: object({ before: count, after: count, after_at_most: count }),
          changes: list(object({ from: decision, to: decision, count, rules: list(object({ ...RULE, count })) })),
          undecided_keys: mapOf(count),
          samples: about("At most 50 of each kind.", list(object(SAMPLE))),
        }),
      },
    },
    {
      method: "get",
      path: "/v1/policies",
      id: "listPolicies",
      summary: "Policies that count, and with `all=true` those that were taken back.",
      who: "administrator",
      query: { env: text, all: oneOf("true", "false") },
      answers: {
        200: object({
          environment: text,
          engine_version: text,
          policies: list(ref("Policy")),
          files: about("Policies of the start.", list(object({ source: text, name: text, rules: count }))),
        }),
      },
    },
    {
      method: "get",
      path: "/v1/policies/by-name/{name}",
      id: "findPolicy",
      summary: "A policy by its name in an environment, with its text.",
      who: "administrator",
      query: { env: text },
      answers: { 200: object({ ...POLICY, text }) },
    },
    {
      method: "get",
      path: "/v1/policies/{id}/versions",
      id: "listPolicyVersions",
      summary: "Versions of a policy, newest first.",
      who: "administrator",
      answers: { 200: object({ ...POLICY, versions: list(object(VERSION)) }) },
    },
    {
      method: "get",
      path: "/v1/policies/{id}/versions/{version}",
      id: "readPolicyVersion",
      summary: "A version, with its text.",
      who: "administrator",
      answers: { 200: object({ policy_id: uuid, name: text, env_name: text, ...VERSION, text }) },
    },
    {
      method: "post",
      path: "/v1/policies/{id}/rollback",
      id: "rollbackPolicy",
      summary: "Applies an older version as a new one.",
      who: "administrator",
      body: object({ version: count }),
      answers: { 200: ref("AppliedPolicy") },
    },
    {
      method: "delete",
      path: "/v1/policies/{id}",
      id: "deactivatePolicy",
      summary: "Makes a policy count no more; its versions stay.",
      who: "administrator",
      answers: { 200: ref("AppliedPolicy") },
    },
  ],
};
