import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import bolt from "@slack/bolt";
import { fakeSsn, startRunning, temporaryDirectory, until } from "../gateway/running.mjs";
import {
  ALICE,
  BOB,
  buttonOf,
  clickOf,
  formOf,
  MALLORY,
  postClick,
  signed,
  startAsking,
  startWorkspace,
} from "./slack-workspace.mjs";

const textOf = (message) => JSON.stringify(message.blocks);
const outcome = (words) => (message) => textOf(message).includes(words);

test("asked in Slack, approved there, sent once, and the card says so each time", async (t) => {
  const { slack, upstream, secrets, send, hold, status, shown, click } = await startAsking(t);
  const id = await hold(`ssn ${fakeSsn()}`);
  const [ts, message] = await shown(id);
  assert.ok(!textOf(message).includes(fakeSsn()));
  assert.ok(textOf(message).includes("agent-1") && textOf(message).includes(`${upstream.url}/notes`));
  assert.equal(slack.calls[0].authorization, `Bearer ${secrets.botToken}`);
  assert.equal((await click(buttonOf(message, "Approve"), ALICE, ts)).status, 200);
  const approved = await status(id);
  assert.deepEqual([approved.status, approved.decided_by], ["approved", `slack:${ALICE} (alice)`]);
  const [, after] = await shown(`Approved by slack:${ALICE} (alice)`);
  assert.equal(buttonOf(after, "Approve"), undefined, "there is nothing more to click");
  assert.equal((await send(`ssn ${fakeSsn()}`)).status, 200);
  assert.equal(upstream.received.length, 1);
  await until(() => outcome("The call was released.")(slack.messages.get(ts)));
  assert.equal(slack.messages.size, 1);
});

test("denied in Slack, with a reason or without", async (t) => {
  const { send, hold, status, shown, click, gateway } = await startAsking(t);
  for (const [label, reason] of [
    ["Deny", null],
    ["Too much data", "too_much_data"],
  ]) {
    const id = await hold(label);
    const [ts, message] = await shown(id);
    assert.equal((await click(buttonOf(message, label), BOB, ts)).status, 200);
    const denied = await status(id);
    assert.deepEqual([denied.status, denied.reason, denied.decided_by], ["denied", reason, `slack:${BOB} (bob)`]);
    assert.equal((await send(label)).status, 403);
  }
  const entries = (await gateway.store.readEntries({ kind: "approval.denied", limit: 10 })).map(({ body }) => JSON.parse(body));
  assert.deepEqual(
    entries.map((entry) => [entry.actor, entry.reason]),
    [
      ["approver", null],
      ["approver", "too_much_data"],
    ],
  );
});

test("every other outcome reaches the card: expired, edited, extended, decided in the console, taken back, stopped", async (t) => {
  let time = Date.now();
  const { slack, gateway, hold, act, shown } = await startAsking(t, { now: () => time });
  const ids = {};
  for (const name of ["expired", "denied", "revoked", "stopped"]) ids[name] = await hold(name, `agent ${name}`);
  const places = {};
  for (const [name, id] of Object.entries(ids)) [places[name]] = await shown(id);
  const edited = { method: "POST", url: "http://127.0.0.1/held", body: { a: 1 }, request_digest: "a".repeat(64) };
  const editable = (await gateway.scan(edited)).json.approval_id;
  const [ts, before] = await shown(editable);
  const first = buttonOf(before, "Approve").value;
  const version = (await act(editable, "edit", { body: '{"a":"changed"}' })).json.preview.edited_version;
  await until(() => outcome("A person has changed the body")(slack.messages.get(ts)));
  assert.deepEqual([first, buttonOf(before, "Approve").value], [`${editable}:`, `${editable}:${version}`]);
  await act(editable, "extend", { seconds: 86_400 - 3600 });
  await until(() => outcome(new Date(time + 86_400_000).toISOString().slice(0, 19))(slack.messages.get(ts)));

  await act(ids.denied, "deny", { note: "not today", reason: "suspicious" });
  await act(ids.revoked, "approve");
  await gateway.admin("DELETE", `/v1/grants/${ids.revoked}`);
  await gateway.admin("POST", "/v1/agents/agent%20stopped/stop", {});
  await until(() => outcome("Denied by administrator: suspicious. not today.")(slack.messages.get(places.denied)));
  await until(() => outcome("The approval was taken back by administrator")(slack.messages.get(places.revoked)));
  await until(() => outcome("Denied by administrator: agent_stopped.")(slack.messages.get(places.stopped)));
  time += 3_600_000;
  await until(() => outcome("Nobody decided in time.")(slack.messages.get(places.expired)));
  assert.equal(slack.messages.size, 5);
});

test("an old card approves no body that was changed since", async (t) => {
  const { gateway, slack, shown, status, click } = await startAsking(t);
  const call = { method: "POST", url: "http://127.0.0.1/held", body: { a: 1 }, request_digest: "a".repeat(64) };
  const id = (await gateway.scan(call)).json.approval_id;
  const [ts, message] = await shown(id);
  const old = buttonOf(message, "Approve");
  await gateway.admin("POST", `/v1/approvals/${id}/edit`, { body: '{"a":"changed"}' });
  assert.equal((await click(old, ALICE, ts)).status, 200);
  assert.equal((await status(id)).status, "pending");
  await until(() => slack.whispers().some(([user, text]) => user === ALICE && /changed the body meanwhile/.test(text)));
  const renewed = await until(() => outcome("A person has changed")(slack.messages.get(ts)) && slack.messages.get(ts));
  await click(buttonOf(renewed, "Approve"), ALICE, ts);
  assert.equal((await status(id)).status, "approved");
});

test("the first click stands; whoever comes second is told", async (t) => {
  const { slack, gateway, hold, status, shown, click } = await startAsking(t);
  const id = await hold();
  const [ts, message] = await shown(id);
  const [approve, deny] = [buttonOf(message, "Approve"), buttonOf(message, "Deny")];
  const clicks = Array.from({ length: 40 }, (_, index) => click(index % 2 ? approve : deny, index % 3 ? ALICE : BOB, ts));
  const routes = Array.from({ length: 10 }, () => gateway.admin("POST", `/v1/approvals/${id}/deny`, {}));
  const answers = await Promise.all([...clicks, ...routes]);
  assert.ok(answers.slice(0, 40).every((one) => one.status === 200));
  const decided = (await gateway.store.readEntries({ limit: 1000 })).filter(({ kind }) => /approved$|denied$/.test(kind));
  assert.equal(decided.length, 1);
  const first = await status(id);
  const late = 40 - (first.decided_by === "administrator" ? 0 : 1);
  await until(() => slack.whispers().length === late);
  assert.ok(slack.whispers().every(([, text]) => text.startsWith("This was decided before; the first decision stands.")));
  await click(first.status === "approved" ? deny : approve, ALICE, ts);
  assert.equal((await status(id)).status, first.status);
});

test("only who is named may decide", async (t) => {
  const { slack, gateway, hold, status, shown, click } = await startAsking(t);
  const id = await hold();
  const [ts, message] = await shown(id);
  for (const label of ["Approve", "Deny", "Suspicious"]) {
    for (const user of [MALLORY, "U0", ALICE.toLowerCase(), `${ALICE}X`, "constructor", ""])
      assert.ok([200, 400].includes((await click(buttonOf(message, label), user, ts)).status));
  }
  assert.equal((await status(id)).status, "pending");
  await until(() => slack.whispers().some(([user, text]) => user === MALLORY && /not named as an approver/.test(text)));
  const refused = (await gateway.store.readEntries({ kind: "slack.refused", limit: 100 })).map(({ body }) => JSON.parse(body));
  assert.ok(refused.some((one) => one.slack_user === MALLORY && one.approval_id === id));
});

test("what Slack has not signed, or not now, or not so, changes nothing", async (t) => {
  const seconds = Math.floor(Date.now() / 1000);
  const { hold, status, shown, gateway, secrets } = await startAsking(t, { now: () => seconds * 1000 });
  const id = await hold();
  const [ts, message] = await shown(id);
  const payload = clickOf(buttonOf(message, "Deny"), ALICE, ts);
  const body = formOf(payload);
  const mac = signed(secrets.signingSecret, body, seconds)["x-slack-signature"];
  const cases = {
    "another secret": { secret: `${secrets.signingSecret}x` },
    "an empty secret": { secret: "" },
    "a changed body": { signedBody: body, body: body.replace(ALICE, BOB) },
    "a byte more": { signedBody: body, body: `${body}&` },
    "encoded anew": { signedBody: body, body: body.replaceAll("%22", "%2522") },
    "other escapes for the same": { signedBody: body, body: body.replaceAll("%3A", "%3a") },
    late: { seconds: seconds - 301 },
    "of the future": { seconds: seconds + 301 },
    "an hour late": { seconds: seconds - 3600 },
    "ten years ahead": { seconds: seconds + 315_360_000 },
    "another time than was signed": { headers: { "x-slack-request-timestamp": String(seconds + 1), "x-slack-signature": mac } },
    "no time": { without: ["x-slack-request-timestamp"] },
    "a time that is none": { headers: { "x-slack-request-timestamp": "now" } },
    "a time in another spelling": { headers: { "x-slack-request-timestamp": `0${seconds}` } },
    "no signature": { without: ["x-slack-signature"] },
    "an empty signature": { headers: { "x-slack-signature": "" } },
    "another version": { headers: { "x-slack-signature": mac.replace("v0", "v1") } },
    "upper case": { headers: { "x-slack-signature": mac.toUpperCase().replace("V0", "v0") } },
    "cut short": { headers: { "x-slack-signature": mac.slice(0, -2) } },
    "two signatures": { headers: { "x-slack-signature": `${mac},${mac}` } },
  };
  for (const [name, change] of Object.entries(cases)) {
    const answer = await postClick(gateway, secrets, payload, { seconds, ...change });
    assert.equal(answer.status, 401, name);
    assert.equal(answer.json.error.code, "SLACK_SIGNATURE_INVALID", name);
  }
  assert.equal((await status(id)).status, "pending");
  const good = await postClick(gateway, secrets, payload, { seconds });
  assert.equal(good.status, 200);
  assert.equal((await status(id)).status, "denied");
  assert.equal((await postClick(gateway, secrets, payload, { seconds })).status, 401, "a signature is good once");
});

test("what is taken for signed is what Slack's own library takes for signed", async (t) => {
  const { hold, shown, gateway, secrets } = await startAsking(t);
  const [ts, message] = await shown(await hold());
  const seconds = Math.floor(Date.now() / 1000);
  const theirs = (body, headers) =>
    bolt.isValidSlackRequest({
      signingSecret: secrets.signingSecret,
      body,
      headers: {
        "x-slack-signature": headers["x-slack-signature"],
        "x-slack-request-timestamp": Number(headers["x-slack-request-timestamp"]),
      },
    });
  let accepted = 0;
  for (let index = 0; index < 200; index++) {
    const body = formOf({
      ...clickOf(buttonOf(message, "Open the console"), ALICE, ts),
      nonce: `${index} ü€😀`.repeat(1 + (index % 7)),
    });
    const at = seconds - (index % 5) * 40;
    const headers = signed(secrets.signingSecret, body, at);
    if (index % 4 === 3) headers["x-slack-signature"] = flipped(headers["x-slack-signature"], 3 + (index % 64));
    const sent = index % 7 === 6 ? body.replace("nonce", "nonci") : body;
    const answer = await gateway.call("POST", "/v1/slack/interactions", {
      headers: { host: "gateway.example", "content-type": "application/x-www-form-urlencoded", ...headers },
      body: sent,
    });
    assert.equal(answer.status === 200, theirs(sent, headers), `${index}`);
    if (answer.status === 200) accepted += 1;
  }
  assert.ok(accepted > 100, String(accepted));
});

const flipped = (text, at) => `${text.slice(0, at)}${text[at] === "0" ? "1" : "0"}${text.slice(at + 1)}`;

test("the route is Slack's alone: no other form, host, origin or shape", async (t) => {
  const { hold, status, shown, gateway, secrets, slack } = await startAsking(t);
  const id = await hold();
  const [ts, message] = await shown(id);
  const payload = clickOf(buttonOf(message, "Approve"), ALICE, ts);
  const post = (change) =>
    postClick(gateway, secrets, { ...(change.payload ?? payload), trigger_id: crypto.randomUUID() }, change);
  for (const headers of [
    { host: "evil.example" },
    { origin: "https://evil.example" },
    { origin: "null" },
    { "sec-fetch-site": "cross-site" },
  ])
    assert.equal((await post({ headers })).status, 403, JSON.stringify(headers));
  for (const type of ["application/json", "text/plain", "multipart/form-data; boundary=x", ""])
    assert.equal((await post({ headers: { "content-type": type } })).status, 415, type);
  assert.equal((await gateway.call("GET", "/v1/slack/interactions", { headers: { host: "gateway.example" } })).status, 404);
  const big = `payload=${"x".repeat(300_000)}`;
  assert.equal((await post({ body: big })).status, 413);
  const [action] = payload.actions;
  for (const [name, change] of Object.entries({
    "no payload": { body: "a=1" },
    "two payloads": { body: `${formOf(payload)}&${formOf(payload)}` },
    "no JSON": { body: "payload=%7B" },
    "no object": { body: "payload=7" },
    "another type": { payload: { ...payload, type: "view_submission" } },
    "no actions": { payload: { ...payload, actions: [] } },
    "two actions": { payload: { ...payload, actions: [action, action] } },
    "another action": { payload: { ...payload, actions: [{ ...action, action_id: "approve" }] } },
    "a path for an id": { payload: { ...payload, actions: [{ ...action, value: "../../v1/keys:" }] } },
    "no id": { payload: { ...payload, actions: [{ ...action, value: "" }] } },
    "more behind it": { payload: { ...payload, actions: [{ ...action, value: `${action.value}:x` }] } },
    "a reason of its own": {
      payload: { ...payload, actions: [{ ...action, action_id: "interven_deny_because", value: `${id}:because` }] },
    },
    "a place that is none": { payload: { ...payload, container: { channel_id: "../x", message_ts: ts } } },
    "another channel": { payload: { ...payload, container: { channel_id: "C0ELSEWHERE", message_ts: ts } } },
    "no place": { payload: { ...payload, container: null } },
    "no user": { payload: { ...payload, user: {} } },
  }))
    assert.equal((await post(change)).status, 400, name);
  assert.equal((await status(id)).status, "pending");
  const unknown = { ...payload, actions: [{ ...action, value: `${crypto.randomUUID()}:` }] };
  assert.equal((await post({ payload: unknown })).status, 200);
  await until(() => slack.whispers().some(([, text]) => /no approval with this id/.test(text)));
  const other = await startRunning(t, { publicHosts: ["gateway.example"] });
  assert.equal((await postClick(other, secrets, payload)).status, 404, "where Slack is not set up there is no such route");
});

test("a thousand calls of an agent in a second make ten prompts, and ten messages", async (t) => {
  const now = Date.now();
  const { slack, gateway, send } = await startAsking(t, { promptLimit: 10, now: () => now });
  const answers = [];
  for (let at = 0; at < 1000; at += 50)
    answers.push(...(await Promise.all(Array.from({ length: 50 }, (_, index) => send(`text ${at + index}`)))));
  assert.equal(answers.filter((one) => one.status === 202).length, 10);
  assert.equal(answers.filter((one) => one.status === 403).length, 990);
  assert.equal((await gateway.admin("GET", "/v1/approvals?status=pending")).json.approvals.length, 10);
  await until(() => slack.messages.size === 10);
  await until(async () => (await gateway.store.outbox.counts())[0].waiting === 0);
  assert.equal(slack.count("chat.postMessage"), 10);
});

test("while Slack is down people approve as ever; what they were not told they are told later", async (t) => {
  const slack = await startWorkspace(t);
  slack.down = true;
  const { upstream, gateway, send, hold, status, shown } = await startAsking(t, {}, slack);
  const ids = [await hold("one"), await hold("two")];
  await until(() => slack.count("chat.postMessage") > 0);
  assert.equal((await gateway.admin("POST", `/v1/approvals/${ids[0]}/approve`, {})).status, 200);
  assert.equal((await send("one")).status, 200);
  assert.equal(upstream.received.length, 1);
  slack.down = false;
  await shown(ids[1]);
  assert.equal(slack.messages.size, 1, "what has ended before anybody was asked is no news");
  assert.equal((await status(ids[1])).status, "pending");
  const metrics = (await gateway.call("GET", "/metrics")).text;
  assert.match(metrics, /interven_notifications_total\{channel="slack",outcome="failed"\} [1-9]/);
  assert.match(metrics, /interven_notifications_total\{channel="slack",outcome="delivered"\} [1-9]/);
});

test("Slack's wish to wait is kept, and what it cannot do is given up", async (t) => {
  const slack = await startWorkspace(t);
  let time = Date.now();
  slack.next.push((response) => {
    response.writeHead(429, { "retry-after": "120" });
    response.end("{}");
  });
  const { gateway, hold, shown } = await startAsking(t, { now: () => time }, slack);
  const id = await hold();
  await until(() => slack.calls.length === 1);
  const waits = async ([{ destination }]) => (await gateway.store.outbox.due(destination, time, 10)).length === 0;
  await until(async () => waits(await gateway.store.outbox.counts()));
  const other = await hold("another");
  time += 119_000;
  await new Promise((resolve) => setTimeout(resolve, 2500));
  assert.equal(slack.calls.length, 1, "not even for another approval");
  time += 1000;
  const [ts] = await shown(id);
  await shown(other);
  slack.messages.delete(ts);
  await gateway.admin("POST", `/v1/approvals/${id}/deny`, {});
  await until(async () => (await gateway.store.outbox.counts())[0].dead === 1);
  assert.match((await gateway.call("GET", "/metrics")).text, /interven_outbox_messages\{channel="slack",state="dead"\} 1\n/);
});

test("cards outlive the gateway, and no secret is written anywhere", async (t) => {
  const slack = await startWorkspace(t);
  const dataDir = temporaryDirectory(t);
  const first = await startAsking(t, { dataDir }, slack);
  const id = await first.hold(`ssn ${fakeSsn()}`);
  const [ts, message] = await first.shown(id);
  slack.down = true;
  await first.click(buttonOf(message, "Approve"), MALLORY, ts);
  await first.gateway.close();

  slack.down = false;
  const { upstream, secrets } = first;
  const second = await startAsking(t, { dataDir, upstream, secrets }, slack);
  await second.click(buttonOf(message, "Deny"), ALICE, ts);
  await until(() => outcome(`Denied by slack:${ALICE} (alice)`)(slack.messages.get(ts)));
  assert.equal(slack.messages.size, 1);
  const told = [
    JSON.stringify([first.gateway.log, second.gateway.log]),
    (await second.gateway.call("GET", "/metrics")).text,
    JSON.stringify(await second.gateway.store.readEntries({ limit: 1000 })),
    (await second.gateway.admin("GET", "/v1/approvals")).text,
  ];
  await second.gateway.close();
  for (const file of readdirSync(dataDir)) told.push(readFileSync(join(dataDir, file), "latin1"));
  for (const secret of [secrets.botToken, secrets.signingSecret, fakeSsn()])
    for (const [index, text] of told.entries()) assert.ok(!text.includes(secret), `${index}`);
});

test("Slack that cannot be used is refused at the start", async (t) => {
  const slack = { channel: "C0", botToken: "x-y", signingSecret: "z", approvers: { U0A: "alice" } };
  const wrong = [
    { toolUrls: { slack: "http://slack.example/api" } },
    { toolUrls: { slack: "http://127.0.0.1:1/api" } },
    { slack: { ...slack, approvers: { alice: "U0A" } } },
    { slack: { ...slack, approvers: { U0A: "" } } },
    { slack: { ...slack, approvers: { U0A: "a\nb" } } },
    { slack: { ...slack, botToken: "a b" } },
    { slack: { ...slack, signingSecret: "" } },
  ];
  for (const options of wrong)
    await assert.rejects(startRunning(t, { slack, ...options }), { name: "ConfigurationError" }, JSON.stringify(options));
});
