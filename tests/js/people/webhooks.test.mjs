import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Webhook } from "standardwebhooks";
import {
  fakeAwsKey,
  fakeSsn,
  fakeToken,
  HOLD_LOOPBACK,
  startRunning,
  startUpstream,
  temporaryDirectory,
  until,
} from "../gateway/running.mjs";
import { notesThrough } from "./notes.mjs";

const newSecret = () => `${"whsec"}_${randomBytes(32).toString("base64")}`;

async function telling(t, { answer, preview = false, receiver: given, secret = newSecret(), ...options } = {}) {
  const upstream = await startUpstream(t);
  const receiver = given ?? (await startUpstream(t, answer));
  const urls = options.urls ?? [`${receiver.url}/hook/${fakeToken("path")}`];
  const gateway = await startRunning(t, {
    policy: HOLD_LOOPBACK,
    allowPrivate: [upstream.host, receiver.host],
    webhooks: { urls, secret, preview },
    ...options,
  });
  const { send, hold, act } = notesThrough(gateway, upstream);
  const events = () => receiver.received.map(({ body }) => JSON.parse(body));
  const told = (count) => until(() => receiver.received.length >= count && events());
  return { upstream, receiver, gateway, secret, urls, send, hold, act, events, told };
}

test("events are signed so that the library of Standard Webhooks takes them, and nothing else", async (t) => {
  const { receiver, secret, hold, act, send, gateway, told } = await telling(t);
  const id = await hold(`ssn ${fakeSsn()}`);
  await act(id, "approve", { note: "fine", reason: "expected" });
  await send(`ssn ${fakeSsn()}`);
  await act(await hold("denied"), "deny");
  const revoked = await hold("revoked");
  await act(revoked, "approve");
  await gateway.admin("DELETE", `/v1/grants/${revoked}`);
  await send(`key ${fakeAwsKey()}`);
  const events = await told(9);
  assert.deepEqual(
    events.map(({ type, data }) => `${type} ${data.status ?? data.action}`),
    [
      "approval.requested pending",
      "approval.decided approved",
      "approval.executed executed",
      "approval.requested pending",
      "approval.decided denied",
      "approval.requested pending",
      "approval.decided approved",
      "approval.decided denied",
      "decision.denied refuse",
    ],
  );
  const [requested, decided] = events;
  assert.deepEqual([requested.data.approval_id, requested.data.agent_id, requested.data.host], [id, "agent-1", "127.0.0.1"]);
  assert.deepEqual([decided.data.note, decided.data.reason, decided.data.decided_by], ["fine", "expected", "administrator"]);
  assert.equal(requested.data.preview, undefined);
  const webhook = new Webhook(secret);
  const ids = new Set();
  for (const { headers, body } of receiver.received) {
    assert.deepEqual(webhook.verify(body, headers), JSON.parse(body));
    ids.add(headers["webhook-id"]);
    for (const change of [
      [body.replace("agent-1", "agent-2").replace("127.0.0.1", "127.0.0.2"), headers],
      [body, { ...headers, "webhook-id": `${headers["webhook-id"]}x` }],
      [body, { ...headers, "webhook-timestamp": String(Number(headers["webhook-timestamp"]) + 1) }],
    ])
      assert.throws(() => webhook.verify(...change));
    assert.throws(() => new Webhook(newSecret()).verify(body, headers));
  }
  assert.equal(ids.size, events.length);
  assert.ok(!JSON.stringify(receiver.received).includes(fakeSsn()));
});

test("expiry is told, and a decision is told as it was when it was made", async (t) => {
  let time = Date.now();
  const { hold, act, told, receiver } = await telling(t, { now: () => time });
  const id = await hold();
  await act(id, "approve");
  await hold("another");
  time += 3_600_000;
  const events = await told(5);
  assert.deepEqual(events.map(({ type, data }) => `${type} ${data.status}`).sort(), [
    "approval.decided approved",
    "approval.expired expired",
    "approval.expired expired",
    "approval.requested pending",
    "approval.requested pending",
  ]);
  assert.ok(receiver.received.every(({ headers }) => headers["content-type"] === "application/json"));
});

test("the redacted preview goes along where it was asked for, cut and visible", async (t) => {
  const { gateway, upstream, told } = await telling(t, { preview: true });
  await gateway.proxy(`${upstream.url}/notes?access_token=${fakeToken("tok")}`, {
    headers: { "content-type": "text/plain", authorization: "Bearer of-this-service" },
    body: `ssn ${fakeSsn()} zero\u200bwidth ${"x".repeat(10_000)}`,
  });
  const [{ data }] = await told(1);
  assert.ok(data.preview.body.startsWith("ssn ") && data.preview.truncated);
  assert.ok(data.preview.body.includes("zero‹U+200B›width"));
  const text = JSON.stringify(data);
  assert.ok(text.length < 20_480, `${text.length}`);
  assert.ok(!text.includes(fakeSsn()) && !text.includes("of-this-service") && !text.includes("tok-"));
});

test("a receiver that fails is asked again under the same id with the same body, and given up in the end", async (t) => {
  let time = Date.now();
  let fail = true;
  const answer = (_request, response) => {
    response.statusCode = fail ? 503 : 204;
    response.end();
  };
  const lifetimes = { pendingMs: 1_000 * 3_600_000 };
  const { receiver, hold, act, gateway } = await telling(t, { answer, lifetimes, now: () => time });
  const id = await hold();
  let tries = 1;
  // A try has ended when the next one is set down for later; time goes on only then.
  const tried = async (count) => {
    await until(() => receiver.received.length === count);
    await until(
      async () => (await gateway.store.outbox.due(namesOf(await gateway.store.outbox.counts()), time, 10)).length === 0,
    );
  };
  await tried(1);
  // Whatever happens to an approval has the outbox looked at.
  const nudge = () => act(id, "defer", { until: null });
  for (const seconds of [6, 34, 133]) {
    time += seconds * 1000;
    tries += 1;
    await nudge();
    await tried(tries);
  }
  fail = false;
  time += 12 * 60_000;
  await nudge();
  await until(async () => (await gateway.store.outbox.counts())[0].waiting === 0);
  assert.equal(receiver.received.length, tries + 1);
  assert.equal(new Set(receiver.received.map(({ body, headers }) => `${headers["webhook-id"]} ${body}`)).size, 1);
  assert.ok(new Set(receiver.received.map(({ headers }) => headers["webhook-timestamp"])).size > 1, "each try is signed anew");

  fail = true;
  const before = receiver.received.length;
  await hold("given up");
  for (let attempt = 1; attempt <= 9; attempt++) {
    await tried(before + attempt);
    time += 7 * 3_600_000;
    await nudge();
  }
  await until(async () => (await gateway.store.outbox.counts())[0].dead > 0);
  const metrics = (await gateway.call("GET", "/metrics")).text;
  assert.match(metrics, /interven_outbox_messages\{channel="webhook",state="dead"\} [1-9]/);
  assert.match(metrics, /interven_notifications_total\{channel="webhook",outcome="dead"\} [1-9]/);
});

const namesOf = ([{ destination }]) => destination;

test("redirects are not followed, and what is gone is not asked again", async (t) => {
  const elsewhere = await startUpstream(t);
  let status = 307;
  const answer = (_request, response) => {
    response.writeHead(status, { location: `${elsewhere.url}/x` });
    response.end();
  };
  const { receiver, hold, gateway } = await telling(t, { answer });
  await hold();
  await until(() => receiver.received.length >= 1);
  status = 410;
  await until(async () => (await gateway.store.outbox.counts())[0].dead === 1);
  assert.equal(elsewhere.received.length, 0);
});

test("a webhook goes to no private address that is not allowed, whatever its name resolves to", async (t) => {
  const hidden = await startUpstream(t);
  const resolve = async () => ["127.0.0.1"];
  let opened = 0;
  const connect = (_options, callback) => {
    opened += 1;
    callback(new Error("refused"));
  };
  const { gateway, hold } = await telling(t, { urls: [`https://hooks.example.com:${hidden.port}/x`], resolve, connect });
  await hold();
  await until(async () => /outcome="failed"\} [1-9]/.test((await gateway.call("GET", "/metrics")).text));
  assert.equal(opened, 0);
  for (const url of ["http://hooks.example.com/", "http://127.0.0.1:9/", "https://user:pw@hooks.example.com/", "ftp://x/", "x"])
    await assert.rejects(
      startRunning(t, { webhooks: { urls: [url], secret: newSecret() } }),
      { name: "ConfigurationError" },
      url,
    );
  for (const secret of ["", "secret", "whsec_", `whsec_${btoa("short")}`, `whsec_${btoa("x".repeat(65))}`, "whsec_!!"]) {
    const urls = ["https://hooks.example.com/"];
    await assert.rejects(startRunning(t, { webhooks: { urls, secret } }), { name: "ConfigurationError" }, secret);
  }
});

test("what was not told when the gateway ended is told by the next one; no secret is written", async (t) => {
  const dataDir = temporaryDirectory(t);
  let up = false;
  const answer = (request, response) => {
    if (!up) return void request.socket.destroy();
    response.statusCode = 200;
    return response.end();
  };
  const first = await telling(t, { answer, dataDir });
  const id = await first.hold(`ssn ${fakeSsn()}`);
  await first.act(id, "deny");
  await until(() => first.receiver.received.length > 0);
  await first.gateway.close();
  up = true;
  const before = first.receiver.received.length;
  const { receiver, urls, secret } = first;
  const second = await telling(t, { receiver, urls, secret, dataDir, now: () => Date.now() + 3_600_000 });
  // What the first one was sending when it ended may come once more.
  const types = () =>
    new Map(receiver.received.slice(before).map(({ headers, body }) => [headers["webhook-id"], JSON.parse(body).type]));
  await until(() => types().size === 2);
  assert.deepEqual([...types().values()], ["approval.requested", "approval.decided"]);
  const told = [
    (await second.gateway.call("GET", "/metrics")).text,
    JSON.stringify(await second.gateway.store.readEntries({ limit: 1000 })),
    JSON.stringify([first.gateway.log, second.gateway.log]),
  ];
  await second.gateway.close();
  for (const file of readdirSync(dataDir)) told.push(readFileSync(join(dataDir, file), "latin1"));
  for (const [index, text] of told.entries())
    for (const hidden of [secret, secret.slice(6), new URL(urls[0]).pathname, fakeSsn()])
      assert.ok(!text.includes(hidden), `${index}`);
});

test("who is no longer told has nothing kept for them, and hears nothing of the time between", async (t) => {
  const dataDir = temporaryDirectory(t);
  const first = await telling(t, { dataDir, answer: (request) => request.socket.destroy() });
  await first.hold("before");
  await until(() => first.receiver.received.length > 0);
  await first.gateway.close();
  const silent = await startRunning(t, { dataDir, policy: HOLD_LOOPBACK });
  assert.deepEqual(await silent.store.outbox.counts(), []);
  await silent.scan({ method: "GET", url: "http://127.0.0.1/between" });
  await silent.close();
  const third = await telling(t, { dataDir, urls: undefined });
  const id = await third.hold("after");
  await third.told(1);
  await until(async () => (await third.gateway.store.outbox.counts())[0].waiting === 0);
  assert.deepEqual(
    third.events().map(({ data }) => [data.approval_id, data.status]),
    [[id, "pending"]],
  );
});

test("a flood of denials does not crowd out what people are asked", async (t) => {
  let up = false;
  const answer = (request, response) => (up ? response.end() : request.socket.destroy());
  let time = Date.now();
  const { gateway, receiver, hold } = await telling(t, { answer, now: () => time });
  await gateway.scan({ method: "POST", url: "https://api.example.com/", body: { key: fakeAwsKey() } });
  const [{ seq: _seq, ...denial }] = await gateway.store.listDecisions({ limit: 1 });
  await Promise.all(Array.from({ length: 1199 }, () => gateway.store.recordDecision(denial)));
  const id = await hold();
  const [count] = await until(async () => {
    const counts = await gateway.store.outbox.counts();
    return counts[0].waiting === 1001 && counts;
  });
  assert.equal(count.dead, 200);
  up = true;
  time += 60_000;
  await until(() => receiver.received.some(({ body: text }) => text.includes(id)));
});

test("each of several webhooks is told, whatever becomes of another", async (t) => {
  const [good, bad] = [await startUpstream(t), await startUpstream(t, (request) => request.socket.destroy())];
  const upstream = await startUpstream(t);
  const gateway = await startRunning(t, {
    policy: HOLD_LOOPBACK,
    allowPrivate: [upstream.host, good.host, bad.host],
    webhooks: { urls: [`${bad.url}/a`, `${good.url}/b`, `${good.url}/b`], secret: newSecret() },
  });
  for (const text of ["one", "two"]) await gateway.proxy(`${upstream.url}/x`, { body: text });
  await until(() => good.received.length === 2 && bad.received.length > 0);
});

test("e-mails hold no markup, link or hidden character of an agent", async (t) => {
  const { gateway, upstream, told } = await telling(t, { preview: true });
  const hostile = [
    `<script>alert(1)</script><img src="https://evil.example/pixel.png"><a href="https://evil.example">Approve</a>`,
    "https://evil.example/approve www.evil.example eve@evil.example mailto:eve@evil.example",
    "line\r\nBcc: eve@evil.example\r\n\r\nApproved",
    "\u202eapproved\u202c zero\u200bwidth",
    `</pre></td><style>*{display:none}</style>"'>`,
  ];
  for (const text of hostile) {
    await gateway.scan({ method: "POST", url: `${upstream.url}/${encodeURIComponent(text)}`, body: text, agent_id: text });
  }
  const events = await told(hostile.length);
  for (const [index, { data }] of events.entries()) {
    const { subject, text, html } = data.email;
    assert.match(subject, /^\[interven\] A call of an agent waits for approval: /);
    assert.ok(subject.length <= 120);
    for (const part of [subject, text, html]) {
      assert.doesNotMatch(part, /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u, String(index));
      assert.doesNotMatch(part, /evil\.example|@evil|mailto:e/, String(index));
    }
    assert.doesNotMatch(subject, /\n/);
    assert.ok(!text.split("\n").some((line) => line.startsWith("Bcc")));
    const tags = new Set([...html.matchAll(/<\/?([a-z0-9!]+)/g)].map(([, name]) => name));
    const known = ["!doctype", "html", "head", "meta", "title", "body", "h1", "p", "table", "tr", "th", "td", "pre", "a"];
    assert.deepEqual(
      [...tags].filter((tag) => !known.includes(tag)),
      [],
      String(index),
    );
    for (const [tag] of html.matchAll(/<[^>]*>/g)) assert.doesNotMatch(tag, /\ssrc=|url\(|\son[a-z]+=/);
    const links = [...html.matchAll(/href="([^"]*)"/g)].map(([, link]) => link);
    assert.deepEqual(links, [data.approval_url]);
    assert.ok(text.includes(data.approval_url));
  }
});

test("without the preview an e-mail says who asks, where and why, and not what", async (t) => {
  const { hold, act, told } = await telling(t);
  const id = await hold("a word of the body");
  await act(id, "deny", { reason: "suspicious" });
  const [requested, decided] = await told(2);
  for (const { data } of [requested, decided]) assert.ok(!JSON.stringify(data).includes("a word of the body"));
  assert.ok(requested.data.email.text.includes("Agent: agent-1") && requested.data.email.text.includes("Call: POST 127.0.0.1"));
  assert.ok(decided.data.email.text.includes("Denied by administrator: suspicious."));
});
