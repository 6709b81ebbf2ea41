// `/v1/tools/{tool}/{operation}`: what is decided, what is sent, what comes back.

import assert from "node:assert/strict";
import { test } from "node:test";
import { StoreError } from "../../../dist/gateway/index.js";
import { madeCredential, startHolding } from "../gateway/holding.mjs";
import { fakeAwsKey, fakeSsn, HOLD_LOOPBACK, startRunning, startUpstream } from "../gateway/running.mjs";

const rule = (action, match = { tools: ["slack"] }) => ({ name: "p", rules: [{ rule_id: "r", match, action }] });
const DENIED = { tools: ["slack"], operations: ["post_message"] };

test("a call is made with the credential that the gateway holds", async (t) => {
  const answer = (_incoming, response) => {
    response.setHeader("content-type", "application/json");
    response.end('{"ok":true,"n":1}');
  };
  const { tool, upstream, credentials, admin, log } = await startHolding(t, { answer });
  const made = await tool("slack/post_message", { channel: "#ops", text: "hello", big: 1 });
  assert.equal(made.status, 200);
  const { trace_id, policy_version, risk_score, ...rest } = made.json;
  assert.deepEqual(rest, {
    decision: "ALLOW",
    risk_band: "LOW",
    reason_codes: [],
    tool_name: "slack",
    operation: "post_message",
    verb: "WRITE",
    classifications: [],
    signals: rest.signals,
    upstream: { status: 200, body: { ok: true, n: 1 } },
  });
  assert.deepEqual([typeof policy_version, typeof risk_score], ["string", "number"]);
  const [sent] = upstream.received;
  assert.deepEqual([sent.method, sent.url], ["POST", "/slack/chat.postMessage"]);
  assert.equal(sent.body, '{"channel":"#ops","text":"hello","big":1}');
  assert.equal(sent.headers.authorization, `Bearer ${credentials.slack}`);
  assert.equal(sent.headers["accept-encoding"], "identity");
  assert.equal(sent.headers["user-agent"], "interven");

  const [decision] = (await admin("GET", "/v1/decisions")).json.decisions;
  assert.deepEqual(
    [decision.trace_id, decision.source, decision.action, decision.credential, decision.tool_name],
    [trace_id, "tools", "forward", "slack", "slack"],
  );
  const kinds = (await admin("GET", `/v1/traces/${trace_id}`)).json.records.map(({ kind }) => kind);
  assert.deepEqual(kinds, ["decision", "response"]);
  const [entry] = log.filter(({ route, decision: decided }) => route === "tools" && decided);
  assert.deepEqual([entry.status, entry.host, entry.traceId], [200, "127.0.0.1", trace_id]);
});

test("numbers keep the digits that they came with", async (t) => {
  const { call, upstream } = await startHolding(t);
  const headers = { "content-type": "application/json" };
  const body = '{"channel":"c","text":"t","ts": 12345678901234567890,"x":[1.10, {"a":1e2}]}';
  const made = await call("POST", "/v1/tools/slack/post_message", { headers, body });
  assert.equal(made.status, 200);
  assert.equal(upstream.received[0].body, '{"channel":"c","text":"t","ts":12345678901234567890,"x":[1.10, {"a":1e2}]}');
});

test("the operations of the contract are the requests of the vendors", async (t) => {
  const { tool, upstream, credentials } = await startHolding(t, {
    tools: ["github", "gdrive", "gitlab", "stripe", "linear", "pagerduty"],
  });
  const repository = { owner: "acme", repo: "shop" };
  const calls = [
    ["github/create_pull_request", { ...repository, title: "t", head: "h" }],
    ["github/update_file", { ...repository, path: "docs/a b.md", message: "m", content: "aGVsbG8=", sha: "0" }],
    ["gdrive/share_file", { file_id: "f1", role: "reader", type: "user", email_address: "jo@example.com" }],
    ["gitlab/get_issue", { project: "group/shop", iid: 7, with: "a&b", labels: ["x", "y"] }],
    ["stripe/create_customer", { name: "Jo & Co", metadata: { a: "1" }, items: [{ price: "p" }] }],
    ["linear/create_issue", { title: "t", teamId: "x" }],
    ["pagerduty/add_note", { id: "P1", from: "jo@example.com", note: { content: "c" } }],
    ["github/request", { method: "patch", path: "/repos/acme/shop", query: { a: "b c" }, body: { private: true } }],
  ];
  for (const [path, params] of calls) {
    const made = await tool(path, params);
    assert.equal(made.status, 200, `${path} ${made.text}`);
    assert.equal(made.json.tool_name, path.split("/")[0]);
  }
  assert.deepEqual(
    upstream.received.map(({ method, url, body }) => [method, url, body]),
    [
      ["POST", "/github/repos/acme/shop/pulls", '{"title":"t","head":"h","base":"main"}'],
      ["PUT", "/github/repos/acme/shop/contents/docs/a%20b.md", '{"message":"m","content":"aGVsbG8=","sha":"0"}'],
      ["POST", "/gdrive/files/f1/permissions", '{"role":"reader","type":"user","emailAddress":"jo@example.com"}'],
      ["GET", "/gitlab/projects/group%2Fshop/issues/7?with=a%26b&labels=x&labels=y", ""],
      ["POST", "/stripe/customers", "name=Jo%20%26%20Co&metadata%5Ba%5D=1&items%5B0%5D%5Bprice%5D=p"],
      [
        "POST",
        "/linear/graphql",
        JSON.stringify({
          query:
            "mutation ($input: IssueCreateInput!) { issueCreate(input: $input) { success issue { id identifier title url state { name } } } }",
          variables: { input: { title: "t", teamId: "x" } },
        }),
      ],
      ["POST", "/pagerduty/incidents/P1/notes", '{"note":{"content":"c"}}'],
      ["PATCH", "/github/repos/acme/shop?a=b%20c", '{"private":true}'],
    ],
  );
  const headers = upstream.received.map((one) => one.headers);
  assert.equal(headers[0]["x-github-api-version"], "2022-11-28");
  assert.equal(headers[3]["private-token"], credentials.gitlab);
  assert.equal(headers[4]["content-type"], "application/x-www-form-urlencoded");
  assert.equal(headers[5].authorization, credentials.linear);
  assert.equal(headers[6].from, "jo@example.com");
  assert.equal(headers[6].authorization, `Token token=${credentials.pagerduty}`);
});

test("DENY, SANITIZE and REQUIRE_APPROVAL", async (t) => {
  const denied = await startHolding(t, { policy: rule("DENY", DENIED) });
  const refused = await denied.tool("slack/post_message", { channel: "c", text: "hello" });
  assert.deepEqual([refused.status, refused.json.decision, refused.json.policy_id], [403, "DENY", "p"]);
  assert.equal(refused.json.upstream, undefined);
  assert.equal((await denied.tool("slack/list_users")).status, 200);
  const key = fakeAwsKey();
  const secret = await denied.tool("slack/update_message", { text: key });
  assert.deepEqual([secret.status, secret.json.decision, secret.json.reason_codes.length > 0], [403, "DENY", true]);
  assert.ok(!secret.text.includes(key));
  assert.equal(denied.upstream.received.length, 1);

  const made = await denied.tool("slack/update_message", { text: `ssn ${fakeSsn()}` });
  assert.deepEqual([made.status, made.json.decision], [200, "SANITIZE"]);
  assert.equal(denied.upstream.received[1].body, '{"text":"ssn [US_SSN:1]"}');
  assert.deepEqual(made.json.sanitized_body, { text: "ssn [US_SSN:1]" });
  assert.equal((await denied.tool("slack/update_message", { text: "hello" })).json.sanitized_body, undefined);
});

test("rules of a tool redact and hold where it lies at an address of one's own", async (t) => {
  const policy = rule("SANITIZE");
  policy.rules[0].condition = { has_data_class: ["PII"] };
  const { tool, upstream } = await startHolding(t, { policy });
  const made = await tool("slack/post_message", { channel: "c", text: "to jo@corp-example.net" });
  assert.equal(made.json.decision, "SANITIZE");
  assert.ok(!upstream.received[0].body.includes("jo@corp"), upstream.received[0].body);

  const inHeader = await startHolding(t, { policy, tools: ["slack"] });
  const headers = { "x-note": "to jo@corp-example.net" };
  assert.equal((await inHeader.tool("slack/request", { path: "/x", headers })).json.decision, "SANITIZE");
  assert.ok(!inHeader.upstream.received[0].rawHeaders.join().includes("jo@corp"));
  const inUrl = await inHeader.tool("slack/search_messages", { query: "to jo@corp-example.net" });
  assert.deepEqual([inUrl.status, inHeader.upstream.received.length], [403, 1]);

  const both = {
    name: "b",
    rules: [policy.rules[0], { rule_id: "hold", match: { tools: ["slack"] }, action: "REQUIRE_APPROVAL" }],
  };
  const held = await startHolding(t, { policy: both });
  const asked = await held.tool("slack/post_message", { channel: "c", text: "to jo@corp-example.net" });
  assert.deepEqual([asked.status, asked.json.sanitized_body.channel], [202, "c"]);
  await held.admin("POST", `/v1/approvals/${asked.json.approval_id}/approve`, {});
  const [approval] = (await held.admin("GET", "/v1/approvals")).json.approvals;
  const again = await held.tool("slack/post_message", { channel: "c", text: "to jo@corp-example.net" });
  assert.equal(again.status, 200, again.text);
  assert.equal(held.upstream.received[0].body, approval.preview.body);
  assert.ok(!approval.preview.body.includes("jo@corp"));
});

test("a held call is made once, after the approval, and not by another way", async (t) => {
  const { tool, upstream, admin, proxy, credentials } = await startHolding(t, { policy: HOLD_LOOPBACK });
  const params = { channel: "c", text: "hello" };
  const asked = await tool("slack/post_message", params);
  assert.deepEqual([asked.status, asked.json.decision], [202, "REQUIRE_APPROVAL"]);
  const { approval_id: id, approval_url: url } = asked.json;
  assert.ok(url.endsWith(`#approval=${id}`));
  assert.equal((await tool("slack/post_message", params)).json.approval_id, id);
  assert.equal(upstream.received.length, 0);

  const [{ preview }] = (await admin("GET", "/v1/approvals?status=pending")).json.approvals;
  assert.deepEqual(preview.headers.at(-1), ["authorization", "[credential of the gateway: slack]"]);
  assert.equal(preview.body, JSON.stringify(params));
  assert.ok(!JSON.stringify(preview).includes(credentials.slack));
  await admin("POST", `/v1/approvals/${id}/approve`, {});

  // The same request without the gateway's credential is another call.
  const headers = Object.fromEntries(preview.headers.filter(([name]) => name !== "authorization"));
  const byProxy = await proxy(`${upstream.url}/slack/chat.postMessage`, { headers, body: preview.body });
  assert.equal(byProxy.status, 202);
  assert.notEqual(byProxy.json.approval_id, id);
  assert.equal((await tool("slack/post_message", { ...params, text: "other" })).status, 202);
  assert.equal(upstream.received.length, 0);

  const answers = await Promise.all([1, 2, 3, 4].map(() => tool("slack/post_message", params)));
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 202, 202, 202]);
  const made = answers.find(({ status }) => status === 200);
  assert.ok(made.json.reason_codes.includes("RECENT_APPROVAL_GRANT"));
  assert.equal(upstream.received.length, 1);
  assert.equal(upstream.received[0].headers.authorization, `Bearer ${credentials.slack}`);
});

test("an approval of a proxied call does not make it with the gateway's credential", async (t) => {
  const { tool, upstream, admin, proxy } = await startHolding(t, { policy: HOLD_LOOPBACK });
  const probe = await tool("slack/post_message", { channel: "c", text: "x" });
  const [{ preview }] = (await admin("GET", "/v1/approvals")).json.approvals;
  const headers = Object.fromEntries(preview.headers);
  const asked = await proxy(preview.url, { headers: { ...headers, authorization: "Bearer my-own" }, body: preview.body });
  assert.equal(asked.status, 202);
  await admin("POST", `/v1/approvals/${asked.json.approval_id}/approve`, {});
  const again = await tool("slack/post_message", { channel: "c", text: "x" });
  assert.deepEqual([again.status, again.json.approval_id], [202, probe.json.approval_id]);
  assert.equal(upstream.received.length, 0);
});

test("a denial stands", async (t) => {
  const { tool, upstream, admin } = await startHolding(t, { policy: HOLD_LOOPBACK });
  const asked = await tool("slack/post_message", { text: "a" });
  await admin("POST", `/v1/approvals/${asked.json.approval_id}/deny`, {});
  const again = await tool("slack/post_message", { text: "a" });
  assert.deepEqual([again.status, again.json.reason_codes.includes("RECENT_DENIAL")], [403, true]);
  assert.equal(upstream.received.length, 0);
});

test("monitor mode makes what it would have stopped, and says so", async (t) => {
  const { tool, upstream, admin } = await startHolding(t, { policy: rule("DENY", DENIED), mode: "monitor" });
  const made = await tool("slack/post_message", { text: `ssn ${fakeSsn()}` });
  assert.deepEqual([made.status, made.json.decision, made.json.monitored_decision], [200, "ALLOW", "DENY"]);
  assert.equal(made.headers["x-interven-mode"], "monitor");
  assert.equal(upstream.received[0].body, JSON.stringify({ text: `ssn ${fakeSsn()}` }));
  assert.equal((await admin("GET", "/v1/decisions")).json.decisions[0].decision, "DENY");
});

test("keys, scopes, the rate and the switch hold for tools", async (t) => {
  const { tool, upstream, admin } = await startHolding(t, { tools: ["slack", "github"], rateLimit: 6 });
  const make = async (fields) => (await admin("POST", "/v1/keys", fields)).json.key;
  const reader = await make({ agent_id: "reader", scope: { tools: ["slack"], verbs: ["READ"] } });
  assert.equal((await tool("slack/list_users", {})).status, 401);
  assert.equal((await tool("slack/list_users", {}, reader)).status, 200);
  const write = await tool("slack/post_message", { text: "a" }, reader);
  assert.deepEqual([write.status, write.json.decision, write.json.violations], [403, "DENY", ["verb:WRITE"]]);
  const other = await tool("github/list_issues", { owner: "a", repo: "b" }, reader);
  assert.deepEqual(other.json.violations, ["tool:github"]);
  await admin("POST", "/v1/agents/reader/stop", {});
  const stopped = await tool("slack/list_users", {}, reader);
  assert.deepEqual([stopped.status, stopped.json.reason_codes], [403, ["AGENT_STOPPED"]]);
  const once = (await admin("POST", "/v1/keys/ephemeral", { agent_id: "once" })).json.key;
  assert.equal((await tool("slack/list_users", {}, once)).status, 200);
  assert.equal((await tool("slack/list_users", {}, once)).json.error.code, "KEY_EXHAUSTED");
  assert.equal((await tool("slack/list_users", {}, once)).json.error.code, "RATE_LIMITED");
  assert.equal(upstream.received.length, 2);
});

test("what a service answers is passed on within a limit, and as what it is", async (t) => {
  const answers = {
    text: (response) => response.end("plain words"),
    none: (response) => response.writeHead(204).end(),
    error: (response) => response.writeHead(422, { "content-type": "application/json" }).end('{"message":"no"}'),
    moved: (response) => response.writeHead(302, { location: "http://127.0.0.1:1/" }).end(),
    long: (response) => response.end("é".repeat(600_000)),
    gzip: (response) => response.writeHead(200, { "content-encoding": "gzip" }).end("x"),
    bytes: (response) => response.end(Buffer.from([0xff, 0xfe, 0x00, 0x80])),
    deep: (response) => response.end("[".repeat(200_000) + "]".repeat(200_000)),
    cut: (response) => {
      response.writeHead(200, { "content-length": 100 });
      response.write("partial");
      setImmediate(() => response.destroy());
    },
    gone: (response) => response.destroy(),
  };
  const { tool, upstream } = await startHolding(t, {
    answer: (incoming, response) => answers[incoming.url.split("/").at(-1)](response),
  });
  const upstreamOf = async (name) => {
    const made = await tool("slack/request", { path: `/${name}` });
    assert.equal(made.status, 200, made.text);
    return made.json;
  };
  assert.deepEqual((await upstreamOf("text")).upstream, { status: 200, body: "plain words" });
  assert.deepEqual((await upstreamOf("none")).upstream, { status: 204, body: null });
  assert.deepEqual((await upstreamOf("error")).upstream, { status: 422, body: { message: "no" } });
  assert.deepEqual((await upstreamOf("moved")).upstream, { status: 302, body: null });
  const { status, truncated, body } = (await upstreamOf("long")).upstream;
  assert.deepEqual([status, truncated], [200, true]);
  assert.match(body, /^é{524000,524288}$/);
  assert.deepEqual((await upstreamOf("gzip")).upstream, { status: 200, body_omitted: "compressed", body: null });
  assert.deepEqual((await upstreamOf("bytes")).upstream, { status: 200, body_omitted: "binary", body: null });
  assert.equal((await upstreamOf("deep")).upstream.status, 200);
  for (const name of ["cut", "gone"]) {
    const failed = await upstreamOf(name);
    assert.equal(failed.upstream, undefined);
    assert.match(failed.error, /unknown|broke off/);
  }
  assert.equal(upstream.received.length, 10);
});

test("what is read by a tool and carried away is noticed", async (t) => {
  const note = `patient ${fakeSsn()} is to be seen by the second clinic on the third of May, bring the blue folder and the long form`;
  const { tool, admin } = await startHolding(t, {
    answer: (incoming, response) => response.end(incoming.method === "GET" ? JSON.stringify({ note }) : "ok"),
  });
  const read = await tool("slack/read_history", { channel: "c" });
  assert.equal(read.json.upstream.body.note, note);
  const written = await tool("slack/post_message", { text: note.replace(fakeSsn(), "the one") });
  assert.ok(written.json.signals.includes("read_then_write"), written.text);
  assert.equal(written.json.source_trace, read.json.trace_id);
  const entries = (await admin("GET", `/v1/traces/${read.json.trace_id}`)).json.records;
  assert.deepEqual(entries.at(-1).body.data_classes, ["PII"]);
});

test("http.request goes where it says, with a credential only for exactly that host", async (t) => {
  const other = await startUpstream(t);
  const { tool, upstream, admin } = await startHolding(t, { tools: ["slack"], allow: [other.host] });
  const credential = madeCredential();
  const name = `http:${upstream.host}`;
  const set = await admin("PUT", `/v1/credentials/${encodeURIComponent(name)}`, {
    ...{ credential, header: "X-Api-Key", origins: [upstream.url] },
  });
  assert.equal(set.status, 201, set.text);
  const made = await tool("http/request", {
    ...{ url: `${upstream.url}/x?y=1`, method: "post", body: { a: 1.0 }, headers: { "X-Kept": "yes" } },
  });
  assert.equal(made.status, 200, made.text);
  const [sent] = upstream.received;
  assert.deepEqual([sent.method, sent.url, sent.body], ["POST", "/x?y=1", '{"a":1}']);
  assert.equal(sent.headers["x-api-key"], credential);
  assert.deepEqual([sent.headers["x-kept"], sent.headers["content-type"]], ["yes", "application/json"]);
  assert.equal(sent.headers.authorization, undefined);
  await tool("http/request", { url: `${other.url}/` });
  await tool("http/request", { url: `${other.url}/${upstream.host}` });
  await tool("http/request", { url: `${other.url}/?${upstream.host}`, body: "text" });
  assert.equal(other.received.length, 3);
  for (const { rawHeaders } of other.received) assert.ok(!rawHeaders.join().includes(credential));
  assert.deepEqual([other.received[2].method, other.received[2].body], ["GET", "text"]);
});

test("an answer that cannot be recorded is not passed on", async (t) => {
  const { tool, store, upstream } = await startHolding(t);
  store.recordEvent = async () => {
    throw new StoreError("the disk is full");
  };
  const made = await tool("slack/list_users");
  assert.deepEqual([made.status, made.json.error.code, made.json.upstream], [503, "AUDIT_UNAVAILABLE", undefined]);
  assert.match(made.json.error.message, /^The call was made/);
  store.recordDecision = store.recordEvent;
  assert.equal((await tool("slack/list_users")).status, 503);
  assert.equal(upstream.received.length, 1);
});

test("a tool's URL that is none stops the gateway", async (t) => {
  for (const url of [
    "nonsense",
    "ftp://a.example",
    "https://a.example/",
    "https://u:p@a.example",
    "https://a.example?x",
    "https://a.example#x",
  ])
    await assert.rejects(startRunning(t, { toolUrls: { slack: url } }), { code: "ERR_INTERVEN_CONFIGURATION" }, url);
  await assert.rejects(startRunning(t, { toolUrls: { http: "https://a.example" } }), { code: "ERR_INTERVEN_CONFIGURATION" });
});

test("the administrator sees the tools", async (t) => {
  const { tool, admin, call, upstream } = await startHolding(t);
  await tool("slack/post_message", { text: "a" });
  const { tools } = (await admin("GET", "/v1/tools")).json;
  const slack = tools.find((one) => one.tool === "slack");
  assert.deepEqual([slack.base, slack.credential, slack.usable, slack.calls], [`${upstream.url}/slack`, true, true, 1]);
  assert.ok(slack.operations.includes("post_message") && slack.operations.includes("request"));
  assert.match(slack.last_used_at, /^20/);
  const jira = tools.find((one) => one.tool === "jira");
  assert.deepEqual([jira.base, jira.credential, jira.usable, jira.calls], [null, false, false, 0]);
  assert.ok(tools.reduce((sum, { operations }) => sum + operations.length, 0) > 150);
  const key = (await admin("POST", "/v1/keys", {})).json.key;
  for (const path of ["/v1/tools", "/v1/credentials"])
    for (const headers of [{}, { authorization: `Bearer ${key}` }])
      assert.equal((await call("GET", path, { headers })).status, 401);
});
