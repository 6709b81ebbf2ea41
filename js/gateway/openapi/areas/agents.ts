/** Agents, and the switch that stops them. */
import { type Area, about, count, list, object, oneOf, orNull, ref, text, time } from "../parts.js";
import { score } from "../report.js";

/** Area of the description. */
export const agents: Area = {
  tag: "agents",
  about: "Agents as they were seen here.",
  schemas: {
    Agent: object({
      agent_id: text,
      agent_name: orNull(text),
      status: oneOf("active", "stopped"),
      trust: about("0 to 1, 0.5 at first; null where nothing is remembered.", orNull(score)),
      calls: count,
      denied: count,
      first_seen: time,
      last_seen: time,
      stopped_at: orNull(time),
      note: orNull(text),
    }),
  },
  operations: [
    {
      method: "get",
      path: "/v1/agents",
      id: "listAgents",
      summary: "Agents, last seen first.",
      who: "administrator",
      answers: { 200: object({ agents: list(ref("Agent")) }) },
    },
    {
      method: "post",
      path: "/v1/agents/{id}/stop",
      id: "stopAgent",
      summary: "Denies whatever the agent asks for from now on, and what waits for a person.",
      who: "administrator",
      body: object({ "note?": orNull({ type: "string", maxLength: 1000 }) }),
      answers: { 200: ref("Agent") },
    },
    {
      method: "post",
      path: "/v1/agents/{id}/start",
      id: "startAgent",
      summary: "Lets a stopped agent go on.",
      who: "administrator",
      body: object({}),
      answers: { 200: ref("Agent") },
    },
  ],
};
