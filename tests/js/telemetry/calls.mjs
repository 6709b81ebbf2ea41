// Every kind of call that a client tells about, with a canary in every place.

import { AifClient, AifMcpMiddleware, IntervenClient } from "../../../dist/index.js";
import { gateway, http } from "../aif/gateway.mjs";
import { canaries } from "./canaries.mjs";

const APPROVAL = "0b0c0d0e-1111-4222-8333-444455556666";
const quietly = (promise) =>
  promise.then(
    (response) => response?.body?.cancel?.(),
    () => {},
  );
const held = { name: "p", rules: [{ rule_id: "r", match: { methods: ["PUT"] }, action: "REQUIRE_APPROVAL" }] };

/** A gateway that says too much, with whatever status and decision. */
const chatty = (status, decision, more) =>
  http(
    status,
    {
      ...{ decision, risk_score: 0.5, reason_codes: [canaries.answerReason, canaries.key], approval_id: APPROVAL },
      ...{ trace_id: "trace-1", error: canaries.answerBody, sanitized_body: { a: canaries.answerBody }, status: "denied" },
      ...more,
    },
    `x-canary: ${canaries.answerHeader}\r\n`,
  );

/** Makes them all. What is given are options about telling. */
export async function makeCalls(t, telling) {
  const c = canaries;
  const place = await gateway(t, ({ path }) =>
    path.startsWith("/moved")
      ? http(302, c.response, `location: https://${c.location}:${c.location}@127.0.0.1/\r\n`)
      : http(200, c.response),
  );
  const asked = `${place.url}/${c.path}?${c.query}=${c.query}#${c.fragment}`;
  const init = { method: "POST", headers: { [`x-${c.headerName}`]: c.headerValue, authorization: `Bearer ${c.token}` } };
  const body = JSON.stringify({ [c.field]: c.body });
  const bodies = [body, JSON.stringify({ [c.field]: c.key }), "x".repeat(200)];
  const calls = (client) => [
    ...bodies.map((one) => quietly(client.fetch(asked, { ...init, body: one }))),
    quietly(client.fetch(asked, { ...init, method: "PUT", body })),
    quietly(client.fetch(`${place.url}/moved/${c.path}`, { ...init, body })),
    quietly(client.fetch(`http://${c.user}:${c.user}@127.0.0.1/`, init)),
    quietly(client.fetch(`not a URL ${c.path}`, init)),
    quietly(client.fetch(asked, { method: `A ${c.method}` })),
    quietly(client.fetch(asked, { ...init, headers: { "a b": c.headerValue } })),
    quietly(client.scan({ url: asked, ...init, method: c.method, body: { [c.field]: c.body, [c.key]: c.key } })),
    quietly(client.scan({ url: `https://${c.key}.example/${c.key}`, body: 1n })),
    quietly(client.scan({ url: `tool://agent/${c.key}`, body: c.key })),
    quietly(client.scan({ url: asked, signal: AbortSignal.abort(new Error(c.cause)) })),
  ];
  const local = { allowPrivate: ["127.0.0.1"], maxBodyBytes: 150, policy: held, ...telling };
  await Promise.all(calls(new IntervenClient(local)));
  const failing = async () => {
    throw new TypeError(`cannot reach ${c.cause}`, { cause: new Error(c.cause) });
  };
  await Promise.all(calls(new IntervenClient({ ...local, fetch: failing })));
  for (const answer of [
    chatty(200, "ALLOW"),
    chatty(200, "DENY"),
    chatty(200, "SANITIZE"),
    ({ path }) => (path.endsWith("/scan") ? chatty(200, "REQUIRE_APPROVAL", { status: undefined }) : chatty(200, undefined)),
    chatty(400, c.answerReason),
    chatty(401, "DENY"),
    chatty(500, "ALLOW"),
    chatty(429, "ALLOW"),
    http(200, c.answerBody),
    http(307, c.answerBody, `location: http://${c.location}.example/${c.location}\r\n`),
    undefined,
  ]) {
    const { url } = await gateway(t, (request) => (typeof answer === "function" ? answer(request) : answer));
    const asking = { ...local, gatewayUrl: url, apiKey: c.apiKey, maxRetries: 1, timeoutMs: 3_000 };
    await Promise.all(calls(new IntervenClient(asking)));
    await legacy(url, telling);
  }
}

/** The same for the clients of the older protocol. */
async function legacy(gatewayUrl, telling) {
  const c = canaries;
  const options = { gatewayUrl, telemetryUrl: gatewayUrl, agentId: "agent-1", agentSecret: c.secret, maxRetries: 0, ...telling };
  const client = new AifClient(options);
  const call = {
    toolName: "github",
    method: "POST",
    urlPath: `/${c.path}?${c.query}`,
    credentialToken: c.token,
    credentialType: "pat",
  };
  const headers = { [`x-${c.headerName}`]: c.headerValue };
  for (const body of [{ [c.field]: c.upstream }, { [c.field]: c.key }, 1n])
    await quietly(client.invoke({ ...call, headers, body }));
  await quietly(client.waitForApproval(APPROVAL, { timeoutMs: 100 }));
  await quietly(client.executeApproval(APPROVAL, { credentialType: "pat", credentialToken: c.token }));
  const { telemetryUrl: _, ...own } = options;
  const middleware = new AifMcpMiddleware({ ...own, credentialType: "pat", credentialToken: c.token });
  for (const value of [c.argument, c.key]) {
    const params = { name: "tool", arguments: { [c.field]: value } };
    await quietly(middleware.intercept({ jsonrpc: "2.0", id: 1, method: "tools/call", params }));
  }
}
