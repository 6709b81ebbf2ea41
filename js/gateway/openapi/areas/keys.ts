/** By what agents are known. */
import { type Area, about, count, list, object, oneOf, orNull, ref, type Schema, text, time, uuid } from "../parts.js";
import { verb } from "../report.js";

const scope = object({ "tools?": list(text), "verbs?": list(verb) });

const KEY: Record<string, Schema> = {
  key_id: uuid,
  "ephemeral_id?": uuid,
  kind: oneOf("live", "ephemeral"),
  prefix: about("What the key begins with.", text),
  status: oneOf("active", "expired", "exhausted", "revoked"),
  agent_id: text,
  agent_name: orNull(text),
  description: orNull(text),
  env_name: about("Agents of one environment may send each other messages.", orNull(text)),
  ip_allowlist: list(text),
  scope,
  created_at: time,
  expires_at: orNull(time),
  revoked_at: orNull(time),
  max_uses: orNull(count),
  uses: orNull(count),
};

const WISHES: Record<string, Schema> = {
  "agent_id?": text,
  "agent_name?": orNull(text),
  "description?": orNull(text),
  "env_name?": orNull(text),
  "ip_allowlist?": orNull(list(text)),
  "scope?": orNull(scope),
};

/** Area of the description. */
export const keys: Area = {
  tag: "keys",
  about: "Keys of agents. From the first one on every agent needs one.",
  schemas: { Key: object(KEY), NewKey: object({ key: about("Shown this once.", text), ...KEY }) },
  operations: [
    {
      method: "post",
      path: "/v1/keys",
      id: "createKey",
      summary: "Makes a key that is good until it is revoked.",
      who: "administrator",
      body: object(WISHES),
      answers: { 201: ref("NewKey") },
    },
    {
      method: "post",
      path: "/v1/keys/ephemeral",
      id: "createEphemeralKey",
      summary: "Makes a key for few calls and a short time.",
      who: "administrator",
      body: object({
        ...WISHES,
        "ttl_seconds?": { type: "integer", minimum: 1, maximum: 86_400, default: 600 },
        "max_uses?": { type: "integer", minimum: 1, maximum: 1000, default: 1 },
      }),
      answers: { 201: ref("NewKey") },
    },
    {
      method: "get",
      path: "/v1/keys",
      id: "listKeys",
      summary: "Keys without their texts, newest first.",
      who: "administrator",
      answers: { 200: object({ keys: list(ref("Key")) }) },
    },
    {
      method: "delete",
      path: "/v1/keys/{id}",
      id: "deleteKey",
      summary: "Revokes a key for good.",
      who: "administrator",
      answers: { 200: ref("Key") },
    },
    {
      method: "post",
      path: "/v1/keys/{id}/revoke",
      id: "revokeKey",
      summary: "Revokes a key for good.",
      who: "administrator",
      body: object({}),
      answers: { 200: ref("Key") },
    },
  ],
};
