// A gateway that serves the older protocol, and requests of it that are written and signed by hand.

import { createHmac } from "node:crypto";
import { openVaultKey, Vault } from "../../../dist/gateway/index.js";
import { startRunning, startUpstream, temporaryDirectory } from "../gateway/running.mjs";

export const AGENT = "00000000-0000-4000-8000-000000000010";
/** A made-up credential that no rule knows. */
export const TOKEN = ["credential", "of", "the", "agent", "4711"].join("-");
export const IDENTITY = { credential_type: "pat", credential_token: TOKEN, scopes: ["repo"] };

/** Holds every POST to a loopback upstream whose path says so. */
export const HOLD = {
  name: "hold",
  rules: [
    { rule_id: "held", match: { url_patterns: ["*/held*"] }, action: "REQUIRE_APPROVAL", reason_code: "NEW_DESTINATION" },
    { rule_id: "denied", match: { url_patterns: ["*/denied*"] }, action: "DENY", reason_code: "DESTRUCTIVE_ACTION" },
  ],
};

export const sign = (text, secret) => createHmac("sha256", secret).update(text).digest("base64");

/** Starts a gateway with one agent that has a secret, and an upstream that is the tool `acme`. */
export async function startLegacy(test, { answer, dataDir, tools = {}, ...options } = {}) {
  const upstream = await startUpstream(test, answer);
  const directory = dataDir ?? temporaryDirectory(test);
  const vault = await Vault.of(openVaultKey(directory));
  const started = await startRunning(test, {
    ...{ policy: HOLD, dataDir: directory, vault, legacyHmac: true, allowPrivate: [upstream.host] },
    toolUrls: { acme: upstream.url, github: upstream.url, ...tools },
    ...options,
  });
  const secretOf = async (agent) => (await started.admin("POST", `/v1/agents/${agent}/hmac-secret`, {})).json.secret;
  const secret = await secretOf(AGENT);
  return { ...started, upstream, directory, vault, secret, secretOf, ...requests(started, secret) };
}

/** Requests of an agent at a gateway. */
export function requests({ call }, secret, agent = AGENT) {
  const send = (path, text, headers) =>
    call("POST", path, { headers: { "content-type": "application/json", ...headers }, body: text });
  return {
    /** The body of an invocation; `more` replaces members. */
    invocation: (request, more = {}) => ({
      tool_name: "acme",
      upstream_request: { method: "POST", url_path: "/notes", ...request },
      agent_context: { agent_id: agent, agent_name: "tester", runtime_type: "python", deployment_env: "dev" },
      identity_context: IDENTITY,
      trace_id: crypto.randomUUID(),
      ts: new Date().toISOString(),
      ...more,
    }),
    /** Sends a body that is signed, or says so. */
    send: (value, { path = "/invoke", signature, headers = {}, key = secret } = {}) => {
      const text = typeof value === "string" ? value : JSON.stringify(value);
      return send(path, text, { "x-aif-signature": signature ?? sign(text, key), ...headers });
    },
    invoke(request, more) {
      return this.send(this.invocation(request, more));
    },
    execute: (id, body = IDENTITY, headers = {}) => send(`/approvals/${id}/execute`, JSON.stringify(body), headers),
    status: (id) => call("GET", `/approvals/${id}/status`),
  };
}
