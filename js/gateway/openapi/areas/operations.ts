/** What whoever runs the gateway looks at. */
import { type Area, about, anything, count, object, oneOf, orNull, text, time } from "../parts.js";

/** Area of the description. */
export const operations: Area = {
  tag: "operations",
  about: "How the gateway is.",
  operations: [
    {
      method: "get",
      path: "/health",
      id: "health",
      summary: "Whether the gateway is up.",
      who: "anyone",
      answers: { 200: object({ status: oneOf("ok"), mode: oneOf("enforce", "monitor"), policy_version: text }) },
    },
    {
      method: "get",
      path: "/openapi.json",
      id: "describe",
      summary: "This document.",
      who: "anyone",
      answers: { 200: anything },
    },
    {
      method: "get",
      path: "/metrics",
      id: "metrics",
      summary: "For Prometheus. From this machine no credential is needed.",
      who: "administrator",
      answers: { 200: { about: "Text exposition format.", types: ["text/plain"] } },
    },
    {
      method: "get",
      path: "/v1/usage",
      id: "usage",
      summary: "Scans of this month.",
      who: "administrator",
      answers: {
        200: object({
          period_start: time,
          period_end: time,
          scans_used: count,
          scans_limit: orNull(count),
          rate_limit_hits_24h: count,
          current_rate_per_min: count,
        }),
      },
    },
    {
      method: "get",
      path: "/v1/events",
      id: "events",
      summary: "Decisions and approvals as they happen, in the form that the lists have.",
      who: "administrator",
      answers: { 200: { about: "Events `decision` and `approval`.", types: ["text/event-stream"] } },
    },
    {
      method: "post",
      path: "/v1/backup",
      id: "backup",
      summary: "Writes a consistent copy into `backups/` of the data directory.",
      who: "administrator",
      body: object({}),
      answers: { 201: object({ file: about("In the data directory.", text), bytes: count }) },
      errors: [409],
    },
  ],
};
