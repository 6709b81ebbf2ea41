// A Worker that acts for somebody and posts what it made to another service. Its only way out is the guarded `fetch`.

import { IntervenBlockedError, IntervenClient, IntervenError } from "interven";

/** One client for each isolate: a client keeps no state between calls. */
let client;

export default {
  async fetch(request, env) {
    client ??= new IntervenClient({ env, policy: POLICY, allowPrivate: upstreamOf(env) });
    const { pathname } = new URL(request.url);
    if (request.method !== "POST") return Response.json({ error: "Send a POST." }, { status: 405, headers: { allow: "POST" } });
    try {
      return await client.fetch(`${env.UPSTREAM}${pathname}`, {
        method: "POST",
        headers: { "content-type": request.headers.get("content-type") ?? "text/plain" },
        body: request.body,
      });
    } catch (error) {
      return refused(error);
    }
  },
};

/** The upstream is meant, wherever it is: in development it is on loopback. */
const upstreamOf = ({ UPSTREAM }) => [new URL(UPSTREAM).host];

/** Notes are for everybody: mail addresses do not belong in them. */
const POLICY = {
  name: "notes",
  rules: [
    {
      rule_id: "no-mail-addresses-in-notes",
      match: { url_patterns: ["*/notes"] },
      condition: { has_data_class: ["PII"] },
      action: "SANITIZE",
    },
  ],
};

/** Says why nothing was sent. The error never holds what was found. */
function refused(error) {
  if (!IntervenError.isInstance(error)) {
    return Response.json({ error: { code: "UPSTREAM_FAILED", message: "The upstream could not be reached." } }, { status: 502 });
  }
  const blocked = error instanceof IntervenBlockedError;
  const { code, message } = error;
  const why = blocked ? { decision: error.decision, reason_codes: error.reasonCodes } : {};
  return Response.json({ error: { code, message, ...why } }, { status: blocked ? 403 : 502 });
}
