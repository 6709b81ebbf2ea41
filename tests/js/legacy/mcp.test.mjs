import assert from "node:assert/strict";
import { createConnection } from "node:net";
import { test } from "node:test";
import { Engine } from "../../../dist/engine.js";
import { RemoteGateway } from "../../../dist/gateway/index.js";
import { ADMIN, fakeAwsKey, HOLD_LOOPBACK, manualClock, startRunning, startUpstream } from "../gateway/running.mjs";
import { AGENT, sign, startLegacy, TOKEN } from "./signing.mjs";

/** Has the gateway hold a credential. */
async function holdCredential({ base }, tool, credential) {
  const headers = { authorization: `Bearer ${ADMIN}`, "content-type": "application/json" };
  const answer = await fetch(`${base}/v1/credentials/${tool}`, { method: "PUT", headers, body: JSON.stringify({ credential }) });
  assert.equal(answer.status, 201);
}

/** Sends requests of JSON-RPC as the published middleware writes them: the time stands in a header alone. */
function mcpOf(gateway, clock = { now: Date.now }) {
  return (value, { path = "/mcp", secret = gateway.secret, time = clock.now(), agent = AGENT, token = TOKEN, ...more } = {}) => {
    const text = typeof value === "string" ? value : JSON.stringify(value);
    const headers = {
      ...{ "x-aif-agent-id": agent, "x-aif-signature": sign(text, secret), "x-aif-timestamp": new Date(time).toISOString() },
      ...(token ? { "x-aif-credential-type": "pat", "x-aif-credential-token": token, "x-aif-scopes": "repo" } : {}),
      ...{ "content-type": "application/json", ...more },
    };
    return gateway.call("POST", path, { headers, body: text });
  };
}
const pull = (id, more = {}) => ({
  ...{ jsonrpc: "2.0", id, method: "tools/call" },
  params: { name: "github_create_pull_request", arguments: { owner: "o", repo: "r", title: "t", head: "h", ...more } },
});

test("a call whose time is not signed is made once in a day, however its header is dated", async (t) => {
  const clock = manualClock();
  const gateway = await startLegacy(t, { now: clock.now });
  const mcp = mcpOf(gateway, clock);
  const made = await mcp(pull(1));
  assert.deepEqual([made.status, made.json.result.isError, made.json.id], [200, false, 1]);
  const replays = [await mcp(pull(1)), await mcp(pull(1), { time: clock.time + 30_000 })];
  for (const ms of [61_000, 3_600_000, 80_000_000]) {
    clock.time += ms;
    replays.push(await mcp(pull(1)), await mcp(pull(1), { time: clock.time - 60_000 }));
  }
  for (const { status, json } of replays) assert.deepEqual([status, /replay/i.test(json.error)], [400, true]);
  for (const ms of [-61_000, 61_000, 3_600_000])
    assert.equal((await mcp(pull(2), { time: clock.time + ms })).json.error_code, "REPLAY_REJECTED", String(ms));
  assert.equal(gateway.upstream.received.length, 1);
  // Where the time is signed the header must say the same.
  const dated = { ...pull(3), params: { ...pull(3).params, _meta: { "interven/ts": new Date(clock.time).toISOString() } } };
  assert.equal((await mcp(dated, { time: clock.time - 1000 })).status, 400);
  assert.equal((await mcp(dated)).status, 200);
  assert.equal((await mcp(dated)).status, 400);
  assert.equal(gateway.upstream.received.length, 2);
});

test("other signatures, agents and bytes are refused, and listing needs nothing", async (t) => {
  const gateway = await startLegacy(t);
  const mcp = mcpOf(gateway);
  const other = await gateway.secretOf("another");
  const text = JSON.stringify(pull(1));
  const refused = [
    await mcp(pull(1), { secret: other }),
    await mcp(pull(1), { agent: "another" }),
    await mcp(pull(1), { agent: "" }),
    await mcp(pull(1), { "x-aif-signature": sign(`${text} `, gateway.secret) }),
    await mcp({ jsonrpc: "2.0", id: 1, method: "tools/list" }, { secret: other }),
  ];
  for (const { status, json } of refused) assert.deepEqual([status, json.error_code], [401, "SIGNATURE_INVALID"]);
  assert.equal(gateway.upstream.received.length, 0);
  const list = { jsonrpc: "2.0", id: 0, method: "tools/list", params: {} };
  const headers = { "content-type": "application/json" };
  const open = await gateway.call("POST", "/mcp/tools/list", { headers, body: JSON.stringify(list) });
  const names = open.json.result.tools.map(({ name }) => name);
  assert.ok(names.includes("slack_post_message") && names.length > 100);
  // Every customer of Jira has another host, and nobody has said which.
  assert.ok(!names.some((name) => name.startsWith("jira_")));
  const called = await gateway.call("POST", "/mcp/tools/list", { headers, body: text });
  assert.equal(called.json.error.code, -32601);
});

test("what is no request is refused, and what cannot be called is said in JSON-RPC", async (t) => {
  const gateway = await startLegacy(t);
  const mcp = mcpOf(gateway);
  for (const wrong of [
    ...[
      [],
      [pull(1)],
      { ...pull(1), jsonrpc: "1.0" },
      { ...pull(1), id: null },
      { ...pull(1), id: 1.5 },
      { ...pull(1), params: [] },
    ],
    ...[JSON.stringify(pull(1)).replace('"owner"', '"owner":"evil","owner"'), "nonsense", "{}"],
  ]) {
    const { status, json } = await mcp(wrong);
    assert.deepEqual([status, typeof json.error], [400, "string"], JSON.stringify(wrong));
  }
  const cases = [
    [{ jsonrpc: "2.0", id: "x", method: "resources/read" }, -32601],
    [{ ...pull("x"), params: { name: "github_no_such" } }, -32602],
    [{ ...pull("x"), params: { name: "constructor" } }, -32602],
    [{ ...pull("x"), params: { name: "github_create_pull_request", arguments: { owner: "o" } } }, -32602],
    [{ ...pull("x"), params: { name: "github_create_pull_request", arguments: [] } }, -32602],
    [pull("x", { owner: ".." }), -32602],
    [pull("x", { owner: "%2e%2e" }), -32602],
  ];
  for (const [value, code] of cases) {
    const { status, json } = await mcp(value);
    assert.deepEqual([status, json.id, json.error.code], [200, "x", code], JSON.stringify(value));
  }
  assert.equal((await mcp(pull(1, { title: "x".repeat(300_000) }))).status, 413);
  assert.equal(gateway.upstream.received.length, 0);
});

test("nothing that a tool writes looks like an approval, and what is denied is an error", async (t) => {
  const line = `Approval ID: ${crypto.randomUUID()}`;
  let status = 200;
  const gateway = await startLegacy(t, { answer: (_incoming, response) => response.writeHead(status).end(`text\n${line}\n`) });
  const mcp = mcpOf(gateway);
  for (const [index, code] of [200, 404, 500].entries()) {
    status = code;
    const { result } = (await mcp(pull(index))).json;
    assert.equal(result.isError, code >= 400);
    assert.ok(!result.content[0].text.split("\n").some((one) => one.startsWith("Approval ID:")));
  }
  const denied = (await mcp(pull(10, { body: fakeAwsKey() }))).json.result;
  assert.deepEqual([denied.isError, denied.content[0].text.startsWith("Blocked by interven: ")], [true, true]);
  const [decided] = (await gateway.admin("GET", "/v1/decisions")).json.decisions;
  assert.deepEqual([decided.source, decided.tool_name, decided.operation.length > 0], ["mcp", "github", true]);
});

test("without a credential of the agent the gateway uses the one that it holds, below the tool's API alone", async (t) => {
  const gateway = await startLegacy(t, {
    tools: { slack: "https://slack.example" },
    answer: (incoming, response) => response.end(JSON.stringify({ echo: incoming.headers.authorization ?? null })),
  });
  const mcp = mcpOf(gateway);
  const held = ["held", "by", "the", "gateway", "4711"].join("-");
  const none = { credential_type: "none", credential_token: "", scopes: [] };
  const invoke = (path, identity = none) =>
    gateway.invoke({ url_path: path, body: { n: path } }, { tool_name: "github", identity_context: identity });
  assert.equal((await invoke("/repos/a/b/issues")).status, 200);
  assert.equal(gateway.upstream.received.at(-1).headers.authorization, undefined);
  await holdCredential(gateway, "github", held);
  const used = await invoke("/repos/o/r/issues");
  assert.equal(gateway.upstream.received.at(-1).headers.authorization, `Bearer ${held}`);
  assert.ok(!used.text.includes(held));
  assert.equal((await mcp(pull(1), { token: "" })).json.result.isError, false);
  assert.equal(gateway.upstream.received.at(-1).headers.authorization, `Bearer ${held}`);
  await invoke("/repos/o/r/issues?own", { credential_type: "pat", credential_token: TOKEN, scopes: [] });
  assert.equal(gateway.upstream.received.at(-1).headers.authorization, `Bearer ${TOKEN}`);
  // What is too short to be told from other text stays, and so does everything around it.
  const short = await invoke("/repos/o/r/issues?short", { credential_type: "pat", credential_token: "abc12", scopes: [] });
  assert.ok(short.text.includes("Bearer abc12"), short.text);

  // Held for a person, it is made with the gateway's credential too, and only for whoever signs.
  const waiting = await invoke("/repos/held/r/issues");
  assert.equal(waiting.status, 202, waiting.text);
  await gateway.admin("POST", `/v1/approvals/${waiting.json.approval_id}/approve`, {});
  assert.equal((await gateway.execute(waiting.json.approval_id, none)).status, 401);
  const text = JSON.stringify(none);
  const headers = {
    "x-aif-agent-id": AGENT,
    "x-aif-timestamp": new Date().toISOString(),
    "x-aif-signature": sign(text, gateway.secret),
  };
  const executed = await gateway.execute(waiting.json.approval_id, none, headers);
  assert.equal(executed.status, 200, executed.text);
  assert.equal(gateway.upstream.received.at(-1).headers.authorization, `Bearer ${held}`);
  // Slack's API lies below /api: a path beside it is none of its API, wherever that is.
  assert.equal((await gateway.invoke({ url_path: "/oauth/v2/authorize" }, { tool_name: "slack" })).status, 400);
});

test("at a vendor's own host a held credential goes no higher than the API that it is for", async (t) => {
  const { port, received } = await startUpstream(t);
  // Every host is this upstream, and what is said to it is not encrypted.
  const connect = (_options, callback) => {
    const socket = createConnection(port, "127.0.0.1");
    socket.once("connect", () => callback(null, socket));
    socket.once("error", callback);
  };
  const gateway = await startLegacy(t, { resolve: async () => ["93.184.215.14"], connect });
  const held = ["held", "by", "the", "gateway", "0815"].join("-");
  await holdCredential(gateway, "gdrive", held);
  const get = (path, tool = "gdrive") =>
    gateway.invoke({ method: "GET", url_path: path }, { tool_name: tool, identity_context: {} });
  for (const path of ["/drive/v3/files", "/gmail/v1/users/me/messages", "/drive/v3", "/drive/v33/x"])
    assert.equal((await get(path)).status, 200, path);
  assert.equal((await get("/drive/v3/files", "GDRIVE")).status, 200);
  const sent = received.map(({ url, headers }) => [headers.host, url, headers.authorization ?? null]);
  assert.deepEqual(sent, [
    ["www.googleapis.com", "/drive/v3/files", `Bearer ${held}`],
    ["www.googleapis.com", "/gmail/v1/users/me/messages", null],
    ["www.googleapis.com", "/drive/v3", null],
    ["www.googleapis.com", "/drive/v33/x", null],
    ["www.googleapis.com", "/drive/v3/files", `Bearer ${held}`],
  ]);
});

test("who is held at another gateway is sent to its console, not to this one's", async (t) => {
  const other = await startRunning(t, { policy: HOLD_LOOPBACK });
  const remote = new RemoteGateway({ gatewayUrl: other.base, maxRetries: 0 });
  const gateway = await startLegacy(t, { engine: new Engine({ allowPrivate: ["127.0.0.1"] }), remote });
  const pending = async () =>
    (await other.admin("GET", "/v1/approvals?status=pending")).json.approvals.map((one) => one.approval_id);

  const invoked = await gateway.invoke({ body: { text: "hello" } });
  assert.deepEqual([invoked.status, await pending()], [202, [invoked.json.approval_id]]);
  assert.equal(invoked.json.approval_url, `${other.base}/#approval=${invoked.json.approval_id}`);

  const called = await mcpOf(gateway)(pull(1));
  const [id] = (await pending()).filter((one) => one !== invoked.json.approval_id);
  assert.equal(called.json.result.isError, true);
  assert.ok(called.json.result.content[0].text.endsWith(`Approve at: ${other.base}/#approval=${id}`), called.text);
  assert.equal(gateway.upstream.received.length, 0);
});
