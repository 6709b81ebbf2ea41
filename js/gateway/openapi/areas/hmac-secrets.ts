/** By what agents of the older protocol are known. */
import { type Area, about, list, object, oneOf, orNull, ref, type Schema, text, time, uuid } from "../parts.js";

const SECRET: Record<string, Schema> = {
  secret_id: uuid,
  agent_id: text,
  status: oneOf("active", "revoked"),
  created_at: time,
  revoked_at: orNull(time),
};

/** Area of the description. */
export const hmacSecrets: Area = {
  tag: "hmac-secrets",
  about: "Secrets with which agents sign requests of the older protocol, where the gateway serves it (`--legacy-hmac`).",
  schemas: { HmacSecret: object(SECRET), NewHmacSecret: object({ secret: about("Shown this once.", text), ...SECRET }) },
  operations: [
    {
      method: "post",
      path: "/v1/agents/{id}/hmac-secret",
      id: "createHmacSecret",
      summary: "Makes the secret of an agent, and revokes the one before.",
      who: "administrator",
      body: object({}),
      answers: { 201: ref("NewHmacSecret") },
      errors: [409],
    },
    {
      method: "delete",
      path: "/v1/agents/{id}/hmac-secret",
      id: "deleteHmacSecret",
      summary: "Revokes the secret of an agent for good.",
      who: "administrator",
      answers: { 200: ref("HmacSecret") },
      errors: [409],
    },
    {
      method: "post",
      path: "/v1/agents/{id}/hmac-secret/revoke",
      id: "revokeHmacSecret",
      summary: "Revokes the secret of an agent for good.",
      who: "administrator",
      body: object({}),
      answers: { 200: ref("HmacSecret") },
      errors: [409],
    },
    {
      method: "get",
      path: "/v1/hmac-secrets",
      id: "listHmacSecrets",
      summary: "Secrets without their texts, newest first.",
      who: "administrator",
      answers: { 200: object({ hmac_secrets: list(ref("HmacSecret")) }) },
    },
  ],
};
