/** What the console draws and tells of the gateway itself. */
import { type Area, about, count, flag, list, mapOf, moment, object, oneOf, orNull, text, time } from "../parts.js";

const seconds = { type: "number", minimum: 0 };
const COUNTS = { ALLOW: count, SANITIZE: count, REQUIRE_APPROVAL: count, DENY: count };

/** Area of the description. */
export const overview: Area = {
  tag: "overview",
  about: "How much was decided when and why, and how the gateway was started.",
  operations: [
    {
      method: "get",
      path: "/v1/statistics",
      id: "statistics",
      summary:
        "Decisions by time, their most frequent reasons, and how long people took. The last 24 hours unless said otherwise.",
      who: "administrator",
      query: { since: moment, until: moment, bucket: about("Seconds of a step; at most 500 steps.", count) },
      answers: {
        200: object({
          since: time,
          until: time,
          bucket_seconds: count,
          counted_since: time,
          truncated: about("Whether only the newest 50,000 entries of the time are counted, from `counted_since` on.", flag),
          decisions: object(COUNTS),
          buckets: list(object({ at: time, ...COUNTS })),
          reasons: about("Of decisions other than ALLOW, at most ten.", list(object({ code: text, count }))),
          approvals: object({
            decided: count,
            median_seconds: orNull(seconds),
            p95_seconds: orNull(seconds),
            waited: about(
              "Each counts what the one before does not; the last has no bound.",
              list(object({ up_to_seconds: orNull(count), count })),
            ),
          }),
        }),
      },
    },
    {
      method: "get",
      path: "/v1/settings",
      id: "settings",
      summary: "How the gateway was started. No secret, and nothing that unlocks one.",
      who: "administrator",
      answers: {
        200: object({
          version: orNull(text),
          mode: oneOf("enforce", "monitor"),
          policy_version: text,
          started_at: time,
          limits: object({
            max_body_bytes: count,
            scans_per_minute: count,
            prompts_per_minute: count,
            upstream_timeout_ms: count,
          }),
          lifetimes: object({ pending_seconds: seconds, grant_seconds: seconds, denial_seconds: seconds }),
          retain_days: orNull(seconds),
          store_bodies: oneOf("none", "redacted"),
          keys_required: flag,
          memory: flag,
          vault: flag,
          legacy_hmac: about("Whether the older protocol is served, whose calls are signed.", flag),
          allow_private: list(text),
          public_hosts: list(text),
          public_url: about("Where people reach the console, where that was said.", orNull(text)),
          tool_origins: about("Where the APIs of tools are, by tool; without the path.", mapOf(text)),
        }),
      },
    },
  ],
};
