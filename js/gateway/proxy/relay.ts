/** An upstream's answer as the agent's. */
import type { Connection } from "../options.js";
import { Refusal } from "../reply.js";
import { discard, passOn } from "./answer-body.js";
import { responseHeaders } from "./headers.js";
import type { UpstreamAnswer } from "./upstream.js";
import type { Ways } from "./ways.js";

/** What the answer belongs to. */
export interface Exchange {
  method: string;
  ways: Ways;
  /** Headers that name the decision. */
  marks: Readonly<Record<string, string>>;
  /** Sends the body where there is a shorter way for it than through the response. */
  carry: Connection["carry"];
}

const NO_BODY_STATUSES = new Set([204, 205, 304]);

/** Makes the answer; throws a 502 for one that has no form in which it could be passed on. */
export function relay(answer: UpstreamAnswer, { method, ways, marks, carry }: Exchange): Response {
  const { status, body } = answer;
  try {
    const headers = responseHeaders(answer.headers, ways);
    for (const [name, value] of Object.entries(marks)) headers.set(name, value);
    if (!NO_BODY_STATUSES.has(status) && method !== "HEAD") {
      if (!carry) return new Response(passOn(body), { status, headers });
      const head = new Response(null, { status, headers });
      carry(head, body);
      return head;
    }
    discard(body);
    // The agent would wait for a body of the length that the upstream gave. RFC 9110 §8.6 and §15.3.6.
    if (status === 204) headers.delete("content-length");
    if (status === 205) headers.set("content-length", "0");
    return new Response(null, { status, headers });
  } catch {
    body.destroy();
    throw new Refusal(
      502,
      "UPSTREAM_FAILED",
      `The upstream's answer is not valid HTTP and was dropped (status ${status}). Whether the upstream acted on the request is unknown.`,
    );
  }
}
