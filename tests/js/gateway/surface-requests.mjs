// For every route that changes something: a request that does, and by whose right.

import { createHmac } from "node:crypto";
import { connect } from "node:net";
import { signed } from "../people/slack-workspace.mjs";
import { rawRequest } from "./running.mjs";
import { policyOf, SIGNER } from "./surface-world.mjs";

const json = (value) => ({ type: "application/json", body: JSON.stringify(value) });
const admin = (path, value) => ({ by: "administrator", path, ...(value === undefined ? {} : json(value)) });
const agent = (path, value, more) => ({ by: "agent", path, ...json(value), ...more });
const hmac =
  (value, path, secret = "signer") =>
  (world) => {
    const { body } = json(value(world));
    const mac = (key) => createHmac("sha256", key).update(body).digest("base64");
    const headers = { "x-aif-agent-id": SIGNER, "x-aif-timestamp": new Date().toISOString() };
    return {
      ...{ by: "signature", path: path(world), type: "application/json", body, headers },
      credential: { "x-aif-signature": mac(world.secrets[secret]) },
      wrong: [{}, { "x-aif-signature": mac(world.secrets.other) }, { "x-aif-signature": mac("") }, { "x-aif-signature": "x" }],
    };
  };
const IDENTITY = { credential_type: "pat", credential_token: ["credential", "of", "an", "agent"].join("-"), scopes: ["repo"] };
const invocation = (path) => () => ({
  tool_name: "acme",
  upstream_request: { method: "POST", url_path: path, body: { a: 1 } },
  agent_context: { agent_id: SIGNER, agent_name: "tester", runtime_type: "python", deployment_env: "dev" },
  identity_context: IDENTITY,
  trace_id: crypto.randomUUID(),
  ts: new Date().toISOString(),
});
const pullRequest = () => ({
  ...{ jsonrpc: "2.0", id: crypto.randomUUID(), method: "tools/call" },
  params: { name: "github_create_pull_request", arguments: { owner: "o", repo: "r", title: "t", head: "h" } },
});
const call = (path) => ({ by: "agent", path, type: "text/plain", body: "hello", key: "x-interven-key", takesForms: true });

/** By method and path, with `{}` for what varies. `reads`: it changes nothing by its nature. */
export const REQUESTS = {
  "POST /v1/scan": () => agent("/v1/scan", { method: "GET", url: "https://api.example.com/" }),
  "POST /v1/a2a/scan": () =>
    agent("/v1/a2a/scan", { from_agent_id: "planner", to_agent_id: "other", method: "message/send", payload: null }),
  "POST /v1/scan/response": ({ trace }) =>
    agent("/v1/scan/response", { trace_id: trace, response_body: { a: 1 } }, { owned: true }),
  "POST /v1/approvals/{}/consume": ({ ids, digest }) =>
    agent(`/v1/approvals/${ids.consume}/consume`, { request_digest: digest }, { owned: true }),
  "POST /v1/tools/{}/{}": () => agent("/v1/tools/github/list_issues", { owner: "o", repo: "r" }),

  "POST /v1/approvals/{}/approve": ({ ids }) => admin(`/v1/approvals/${ids.approve}/approve`, {}),
  "POST /v1/approvals/{}/deny": ({ ids }) => admin(`/v1/approvals/${ids.deny}/deny`, {}),
  "POST /v1/approvals/{}/edit": ({ ids }) => admin(`/v1/approvals/${ids.edit}/edit`, { body: '{"a":2}' }),
  "POST /v1/approvals/{}/extend": ({ ids }) => admin(`/v1/approvals/${ids.extend}/extend`, { seconds: 7200 }),
  "POST /v1/approvals/{}/defer": ({ ids }) => admin(`/v1/approvals/${ids.defer}/defer`, { seconds: 60 }),
  "POST /v1/approvals/batch": ({ ids }) => admin("/v1/approvals/batch", { ids: ids.batch, decision: "deny" }),
  "POST /v1/grants/{}/revoke": ({ ids }) => admin(`/v1/grants/${ids.grants[0]}/revoke`, {}),
  "DELETE /v1/grants/{}": ({ ids }) => admin(`/v1/grants/${ids.grants[1]}`),

  "POST /v1/keys": () => admin("/v1/keys", { agent_id: "new" }),
  "POST /v1/keys/ephemeral": () => admin("/v1/keys/ephemeral", { agent_id: "new" }),
  "POST /v1/keys/{}/revoke": ({ keys }) => admin(`/v1/keys/${keys.idle[0].key_id}/revoke`, {}),
  "DELETE /v1/keys/{}": ({ keys }) => admin(`/v1/keys/${keys.idle[1].key_id}`),
  "POST /v1/agents/{}/hmac-secret": () => admin("/v1/agents/three/hmac-secret", {}),
  "POST /v1/agents/{}/hmac-secret/revoke": () => admin("/v1/agents/one/hmac-secret/revoke", {}),
  "DELETE /v1/agents/{}/hmac-secret": () => admin("/v1/agents/two/hmac-secret"),
  "POST /v1/agents/{}/stop": () => admin("/v1/agents/idle/stop", {}),
  "POST /v1/agents/{}/start": () => admin("/v1/agents/halted/start", {}),

  "PUT /v1/credentials/{}": () => admin("/v1/credentials/github", { credential: "held-anew-1" }),
  "POST /v1/credentials/{}": () => admin("/v1/credentials/stripe", { credential: "held-anew-2" }),
  "DELETE /v1/credentials/{}": () => admin("/v1/credentials/slack"),
  "POST /v1/inbound-routes": ({ upstream }) =>
    admin("/v1/inbound-routes", { prefix: "more", upstream_url: `${upstream.url}/v2` }),
  "PATCH /v1/inbound-routes/{}": () => admin("/v1/inbound-routes/changed", { tool: "github" }),
  "DELETE /v1/inbound-routes/{}": () => admin("/v1/inbound-routes/removed"),
  "POST /v1/backup": () => admin("/v1/backup", {}),

  "POST /proxy/": (world) => call(`/proxy/${world.upstream.url}/x`),
  "POST /proxy-redirect/": (world) => call(`/proxy-redirect/${world.upstream.url}/x`),
  "POST /inbound/": () => call("/inbound/svc/x"),
  "POST /invoke": hmac(invocation("/notes"), () => "/invoke"),
  "POST /mcp": hmac(pullRequest, () => "/mcp"),
  "POST /mcp/tools/list": () => ({
    ...{ by: "nobody", path: "/mcp/tools/list", reads: true },
    ...json({ jsonrpc: "2.0", id: 1, method: "tools/list" }),
  }),
  // The id is known to whom it was told; who signs beside it must be the one.
  "POST /approvals/{}/execute": (world) => ({
    ...hmac(
      () => IDENTITY,
      ({ ids }) => `/approvals/${ids.execute}/execute`,
    )(world),
    unsignedToo: true,
  }),
  "POST /v1/slack/interactions": ({ click, slackSecrets }) => {
    const seconds = Math.floor(Date.now() / 1000);
    const by = (secret, at = seconds) => signed(secret, click, at);
    return {
      ...{ by: "slack", path: "/v1/slack/interactions", type: "application/x-www-form-urlencoded", body: click },
      ...{ host: "gateway.example", takesForms: true },
      credential: by(slackSecrets.signingSecret),
      wrong: [{}, by("other"), by(slackSecrets.signingSecret, seconds - 400), by(slackSecrets.signingSecret, seconds + 400)],
    };
  },
  "CONNECT ": ({ upstream, keys }) => {
    const basic = (text) => ({ "proxy-authorization": `Basic ${Buffer.from(text).toString("base64")}` });
    return {
      ...{ by: "tunnel", path: upstream.host, takesForms: true, credential: basic(`planner:${keys.agent}`) },
      wrong: [{}, basic("planner:"), basic(`planner:${keys.agent}x`), basic(`x:${keys.revoked.key}`)],
    };
  },

  // Last: what waits under other policies expires.
  "POST /v1/policies/apply": () => admin("/v1/policies/apply", { policy: policyOf("third", "DENY") }),
  "POST /v1/policies/validate": () => ({
    ...admin("/v1/policies/validate", { policy: policyOf("third", "DENY") }),
    reads: true,
  }),
  "POST /v1/policies/replay": () => ({ ...admin("/v1/policies/replay", { policy: policyOf("third", "DENY") }), reads: true }),
  "POST /v1/policies/{}/rollback": ({ policies }) => admin(`/v1/policies/${policies[0].policy_id}/rollback`, { version: 1 }),
  "DELETE /v1/policies/{}": ({ policies }) => admin(`/v1/policies/${policies[2].policy_id}`),
};

/** An approval of the older protocol that waits for its execution. */
export async function holdInvocation(world) {
  const { path, type, body, headers, credential } = hmac(invocation("/held"), () => "/invoke")(world);
  const held = await rawRequest(world.gateway.port, {
    ...{ method: "POST", path, body },
    headers: { "content-type": type, ...headers, ...credential },
  });
  const id = held.json.approval_id;
  await world.gateway.admin("POST", `/v1/approvals/${id}/approve`, {});
  return id;
}

/** Sends it; resolves to status, headers and text. */
export function send(port, method, { path, body, headers }) {
  return method === "CONNECT" ? sendConnect(port, path, headers) : rawRequest(port, { method, path, body, headers });
}

function sendConnect(port, authority, headers) {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => {
      const fields = { host: authority, ...headers };
      const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`);
      socket.write(`CONNECT ${authority} HTTP/1.1\r\n${lines.join("")}\r\n`);
    });
    let text = "";
    socket.on("data", (data) => {
      text += data;
      if (!text.includes("\r\n\r\n")) return;
      socket.destroy();
      const fields = text.split("\r\n\r\n")[0].split("\r\n").slice(1);
      const pairs = fields.map((line) => [line.split(":")[0].toLowerCase(), line.slice(line.indexOf(":") + 1).trim()]);
      resolve({ status: Number(text.split(" ")[1]), headers: Object.fromEntries(pairs), text });
    });
    socket.on("error", reject);
  });
}
