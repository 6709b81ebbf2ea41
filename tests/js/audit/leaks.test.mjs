// Secrets of many kinds through every entrance of a gateway that says and keeps all it can; then everything that it has
// said and kept is searched.

import assert from "node:assert/strict";
import { createHmac, randomBytes } from "node:crypto";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { connect } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { run, startGatewayProcess } from "../cli/process.mjs";
import { fakeSsn, fakeToken, rawRequest, startUpstream, temporaryDirectory, until } from "../gateway/running.mjs";
import { ALICE, CHANNEL, startWorkspace } from "../people/slack-workspace.mjs";
import { madeSecrets, searchFor } from "./secrets.mjs";

const SECRETS = madeSecrets(7);
const CARD = ["4539", "1488", "0343", "6467"].join("");
const PERSONAL = [
  { rule: "us_ssn", value: fakeSsn(), bare: fakeSsn(), text: `social security number ${fakeSsn()}` },
  { rule: "credit_card", value: CARD, bare: `card ${CARD}`, text: `card ${CARD}` },
];
const SIGNER = "00000000-0000-4000-8000-000000000010";
const held = ["POST", "PUT"].map((method) => ({
  ...{ rule_id: `held_${method.toLowerCase()}`, action: "REQUIRE_APPROVAL", reason_code: "NEW_DESTINATION" },
  match: { url_patterns: ["*held*"], methods: [method] },
}));

/** All bytes of all files. */
function contents(directory) {
  return readdirSync(directory, { recursive: true })
    .map((name) => join(directory, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => readFileSync(path, "latin1"))
    .join("\n");
}

/** A gateway process with everything that it can have. */
async function startTalking(t, mode) {
  const [upstream, receiver, workspace] = [await startUpstream(t), await startUpstream(t), await startWorkspace(t)];
  const directory = temporaryDirectory(t);
  const [dataDir, policy] = [join(directory, "data"), join(directory, "hold.json")];
  writeFileSync(policy, JSON.stringify({ name: "hold", rules: held }));
  const own = {
    "administrator's token": fakeToken("admin"),
    "vault key": randomBytes(32).toString("base64"),
    "Slack token": fakeToken("xoxb"),
    "Slack secret": fakeToken("signing"),
    "webhook secret": `${"whsec"}_${randomBytes(32).toString("base64")}`,
    "tool credential": fakeToken("held-tool"),
    "route credential": fakeToken("held-route"),
  };
  const args = [
    ...["--verbose", "--data-dir", dataDir, "--store-bodies", "redacted", "--mode", mode, "--policy", policy, "--legacy-hmac"],
    ...["--rate-limit", "1000000", "--prompt-limit", "1000", "--connect", upstream.host, "--webhook-preview"],
    ...[upstream, receiver, workspace].flatMap(({ host }) => ["--allow-private", host]),
    ...["--tool-url", `github=${upstream.url}`, "--tool-url", `acme=${upstream.url}`, "--tool-url", `slack=${workspace.url}`],
    ...["--slack-channel", CHANNEL, "--slack-approver", `${ALICE}=alice`, "--webhook", `${receiver.url}/hook`],
  ];
  const gateway = await startGatewayProcess(t, args, {
    INTERVEN_ADMIN_TOKEN: own["administrator's token"],
    INTERVEN_VAULT_KEY: own["vault key"],
    INTERVEN_SLACK_BOT_TOKEN: own["Slack token"],
    INTERVEN_SLACK_SIGNING_SECRET: own["Slack secret"],
    INTERVEN_WEBHOOK_SECRET: own["webhook secret"],
  });
  return { gateway, upstream, receiver, workspace, dataDir, own };
}

/** Listens to the live events until the gateway ends. */
function listen(port, token) {
  const heard = [];
  const events = request({ port, host: "127.0.0.1", path: "/v1/events", headers: { authorization: `Bearer ${token}` } });
  events.on("response", (answer) => answer.on("data", (chunk) => heard.push(chunk)).on("error", () => {}));
  events.on("error", () => {}).end();
  return () => Buffer.concat(heard).toString();
}

/** One CONNECT with whatever in its head. */
function tunnel(port, authority, lines) {
  return new Promise((resolve) => {
    let text = "";
    const socket = connect(port, "127.0.0.1", () =>
      socket.write(`CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n${lines.join("")}\r\n`),
    );
    socket.on("data", (data) => {
      text += data;
      socket.destroy();
    });
    socket.on("error", () => {}).on("close", () => resolve(text));
  });
}

for (const [mode, secrets] of [
  ["enforce", SECRETS],
  ["monitor", SECRETS.filter((_, index) => index % 6 === 0)],
]) {
  test(`${secrets.length + PERSONAL.length} kinds of secrets through every entrance, --mode ${mode}: nothing keeps or tells one`, async (t) => {
    assert.ok(SECRETS.length >= 43);
    const { gateway, upstream, receiver, workspace, dataDir, own } = await startTalking(t, mode);
    const token = own["administrator's token"];
    const told = [];
    const call = async (method, path, { headers = {}, body } = {}) => {
      const answer = await rawRequest(gateway.port, { method, path, headers, body });
      const text = `${method} ${answer.status} ${answer.text} ${JSON.stringify(answer.headers)}`;
      // What is wrong with a policy is told in its own words.
      if (!path.startsWith("/v1/policies/")) told.push([`${method} ${path.slice(0, 30)}`, text]);
      return answer;
    };
    const json = (value, headers = {}) => ({
      headers: { "content-type": "application/json", ...headers },
      body: typeof value === "string" ? value : JSON.stringify(value),
    });
    const admin = (method, path, value) => {
      const headers = { authorization: `Bearer ${token}` };
      return call(method, path, value === undefined ? { headers } : json(value, headers));
    };
    const events = listen(gateway.port, token);

    own["agent's key"] = (await admin("POST", "/v1/keys", { agent_id: "planner" })).json.key;
    own["ephemeral key"] = (await admin("POST", "/v1/keys/ephemeral", { agent_id: "brief", max_uses: 1 })).json.key;
    own["HMAC secret"] = (await admin("POST", `/v1/agents/${SIGNER}/hmac-secret`, {})).json.secret;
    await admin("PUT", "/v1/credentials/github", { credential: own["tool credential"] });
    await admin("POST", "/v1/inbound-routes", {
      ...{ prefix: "svc", upstream_url: upstream.url },
      headers: { Authorization: own["route credential"] },
    });
    const key = { authorization: `Bearer ${own["agent's key"]}` };
    const agent = (path, value, more = {}) => call("POST", path, json(value, { ...key, ...more }));
    const sign = (body, more = {}) => ({
      ...{ "x-aif-agent-id": SIGNER, "x-aif-timestamp": new Date().toISOString() },
      ...{ "x-aif-signature": createHmac("sha256", own["HMAC secret"]).update(body).digest("base64"), ...more },
    });
    const signed = (path, value, more) => {
      const body = JSON.stringify(value);
      return call("POST", path, json(body, sign(body, more)));
    };
    // From here on no answer is the one that tells a credential once.
    told.length = 0;

    const fields = (text, value) => [
      ...[text, { [text]: [text] }, { a: Buffer.from(text).toString("base64") }, { authorization: `Bearer ${value}` }],
    ];
    const credentials = Object.entries(own).filter(([name]) => name.endsWith("key") && name !== "vault key");
    const sent = [...secrets, ...PERSONAL, ...credentials.map(([rule, value]) => ({ rule, value, bare: value, text: value }))];
    for (const { bare, text } of sent) {
      const plain = encodeURIComponent(text);
      // Where there is no room for a space; what nothing shows to be a secret there is none.
      const value = bare.includes(" ") ? "nothing-secret" : bare;
      const host = `${bare === text ? "api" : value}.example`;
      for (const body of fields(text, value)) await agent("/v1/scan", { method: "POST", url: "https://api.example.com/", body });
      for (const body of [text, { a: text }])
        await agent("/v1/scan", { method: "POST", url: "https://api.example.com/held", body });
      await agent("/v1/scan", {
        ...{ method: "GET", url: `https://api.example.com/${plain}?${plain}=${plain}#${plain}` },
        ...{ headers: { "x-a": text, authorization: `Bearer ${value}`, cookie: `a=${plain}` } },
        ...{ agent_name: text, runtime_type: text, context: text },
      });
      await agent("/v1/scan", { method: text, url: text, [text]: text, headers: { [text]: text } });
      await agent("/v1/scan", { method: "POST", url: `https://${host}/`, agent_id: text, request_digest: text });
      const { trace_id: trace } = (await agent("/v1/scan", { method: "GET", url: "https://api.example.com/" })).json;
      await agent("/v1/scan/response", { trace_id: trace, response_body: { a: text, [text]: 1 }, response_status: 200 });
      await agent("/v1/scan/response", { trace_id: text, response_body: text });
      await agent("/v1/a2a/scan", {
        ...{ from_agent_id: "planner", to_agent_id: "brief", method: "message/send", intent: text, payload: { [text]: text } },
      });
      await agent("/v1/a2a/scan", { from_agent_id: text, to_agent_id: text, method: text, payload: text });
      for (const path of [`/proxy/${upstream.url}`, "/inbound/svc"]) {
        const bearing = { "x-interven-key": own["agent's key"], "x-a": plain, "x-api-key": value, "x-interven-agent-id": plain };
        await call("POST", `${path}/x/${plain}?${plain}=${plain}`, { headers: bearing, body: text });
        await call("PUT", `${path}/held`, json({ a: text }, bearing));
        await call("POST", `${path}/x`, {
          headers: { "x-interven-key": value, authorization: `Basic ${btoa(text)}` },
          body: "x",
        });
      }
      await call("POST", `/proxy/https://${host}/`, { headers: key });
      await call("GET", `/inbound/${plain}/x`, { headers: key });
      await agent("/v1/tools/github/create_issue", { owner: "o", repo: "r", title: text, body: text, [text]: text });
      await agent(`/v1/tools/${plain}/${plain}`, { a: text });
      await agent("/v1/tools/http/request", { url: `${upstream.url}/${plain}`, headers: { "x-a": text }, body: text });
      const invocation = {
        ...{
          tool_name: "acme",
          upstream_request: { method: "POST", url_path: "/x", body: { a: text }, headers: { "x-a": text } },
        },
        agent_context: { agent_id: SIGNER, agent_name: text, runtime_type: text, deployment_env: "dev" },
        identity_context: { credential_type: "pat", credential_token: value, scopes: [text] },
        ...{ trace_id: crypto.randomUUID(), ts: new Date().toISOString() },
      };
      await signed("/invoke", invocation);
      await signed("/invoke", { ...invocation, tool_name: text, trace_id: crypto.randomUUID() });
      await signed("/invoke", { ...invocation, upstream_request: { method: "POST", url_path: `/held/${plain}` } });
      const mcp = (name, values) => ({ jsonrpc: "2.0", id: 1, method: "tools/call", params: { name, arguments: values } });
      await signed("/mcp", mcp("github_create_issue", { owner: "o", repo: "r", title: text }), {
        "x-aif-credential-type": "pat",
        "x-aif-credential-token": encodeURIComponent(value),
      });
      await signed("/mcp", mcp(text, { [text]: text }));
      await call("POST", `/approvals/${plain}/execute`, json({ credential_token: value }));
      await call("POST", "/v1/slack/interactions", {
        headers: { "content-type": "application/x-www-form-urlencoded" },
        body: `payload=${plain}`,
      });
      await tunnel(gateway.port, upstream.host, [
        `Proxy-Authorization: Basic ${btoa(`planner:${value}`)}\r\n`,
        `X-A: ${plain}\r\n`,
      ]);
      await tunnel(gateway.port, `${host}:443`, [`Proxy-Authorization: Basic ${btoa(`${text}:`)}\r\n`]);

      await admin("POST", `/v1/agents/${plain}/stop`, { note: text });
      await admin("POST", "/v1/keys", { agent_id: text, agent_name: text, description: text });
      await admin("POST", "/v1/policies/apply", {
        policy: { name: text, rules: [{ rule_id: text, match: { hosts: [value] }, action: "DENY", reason_code: value }] },
      });
      await admin("POST", "/v1/policies/validate", { policy: `{"name": "${value}", "rules": ${value}` });
      await admin("POST", "/v1/inbound-routes", { prefix: value, upstream_url: `https://${plain}@example.com/${plain}` });
      await admin("POST", `/v1/credentials/${plain}`, { credential: value });
      await admin("POST", "/v1/approvals/batch", { ids: [value], decision: text, note: text });
      for (const path of [
        `/v1/traces/${plain}`,
        `/v1/decisions?${plain}=${plain}`,
        `/v1/approvals?agent=${plain}&since=${plain}`,
      ])
        await admin("GET", path);
      await call("GET", "/v1/decisions", { headers: { authorization: `Bearer ${value}` } });
      await call("GET", `/${plain}`, { headers: { host } });
    }
    const { approvals } = (await admin("GET", "/v1/approvals?status=pending&limit=1000")).json;
    assert.ok(approvals.length >= secrets.length / 2, `${approvals.length} wait`);
    for (const [index, { approval_id: id }] of approvals.entries()) {
      const { text } = sent[index % sent.length];
      await admin("POST", `/v1/approvals/${id}/edit`, { body: JSON.stringify({ a: text }) });
      await admin("POST", `/v1/approvals/${id}/${["approve", "deny"][index % 2]}`, { note: text, reason: text });
      await admin("POST", `/v1/approvals/${id}/${["approve", "deny"][index % 2]}`, { note: text });
    }
    for (const path of [
      ...[
        "/v1/decisions?limit=1000",
        "/v1/approvals?limit=1000",
        "/v1/traces?limit=1000",
        "/v1/audit?limit=1000",
        "/v1/audit/head",
      ],
      ...["ndjson", "csv", "splunk", "datadog", "ocsf"].map((format) => `/v1/decisions/export?format=${format}`),
      ...["/metrics", "/v1/usage", "/v1/statistics", "/v1/settings", "/v1/agents", "/v1/keys", "/v1/tools", "/v1/credentials"],
      ...["/v1/inbound-routes", "/v1/hmac-secrets", "/v1/policies?all=true", "/v1/grants", "/health", "/openapi.json", "/"],
    ])
      assert.equal((await admin("GET", path)).status, 200, path);
    await until(() => receiver.received.length > 0 && workspace.messages.size > 0);
    assert.equal((await admin("POST", "/v1/backup", {})).status, 201);
    const running = contents(dataDir);
    const live = events();
    await gateway.stop();
    const exported = await run(["audit", "export", "--data-dir", dataDir]);

    const search = searchFor([...secrets, ...PERSONAL].map(({ rule, value }) => [rule, value]).concat(Object.entries(own)));
    assert.equal(
      search([...sent.map(({ text }) => text), ...Object.values(own)].join("\n")).length,
      secrets.length + 2 + Object.keys(own).length,
    );
    assert.ok(live.includes("decision") && exported.stdout.includes('"kind":"decision"') && running.includes("[CREDIT_CARD"));
    const artefacts = [
      ...told,
      ["log", gateway.lines.join("\n")],
      ["standard error", gateway.stderr()],
      ["events", live],
      ["files while it ran", running],
      ["files", contents(dataDir)],
      ["audit export", exported.stdout + exported.stderr],
      ["Slack", JSON.stringify([...workspace.messages])],
      ["webhooks", receiver.received.map(({ body, url }) => url + body).join("\n")],
    ];
    const leaks = artefacts.flatMap(([name, text]) => search(text).map((rule) => `${name}: ${rule}`));
    assert.deepEqual([...new Set(leaks)], []);
  });
}
