// A person asked on the terminal.

import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import { test } from "node:test";
import { ApprovalDeniedError, IntervenClient } from "../../../dist/index.js";
import { askOnTerminal } from "../../../dist/node/index.js";
import { fakeSsn, HOLD_LOOPBACK, startUpstream } from "../gateway/running.mjs";

async function agent(t, isTTY = true) {
  const upstream = await startUpstream(t);
  const [input, output] = [Object.assign(new PassThrough(), { isTTY }), new PassThrough()];
  let shown = "";
  let asked = () => {};
  output.on("data", (chunk) => {
    shown += chunk;
    if (shown.endsWith("[y/N] ")) asked();
  });
  const question = () =>
    new Promise((resolve) => {
      asked = resolve;
    });
  const client = new IntervenClient({
    ...{ policy: HOLD_LOOPBACK, allowPrivate: [upstream.host] },
    onApproval: askOnTerminal({ input, output }),
  });
  const send = (body, headers = {}) => client.fetch(`${upstream.url}/notes?a=\u202e1`, { method: "POST", body, headers });
  return { upstream, send, question, say: (line) => input.write(`${line}\n`), shown: () => shown };
}

test("a call is shown as it will be sent, what is invisible in it made visible, and sent after a yes", async (t) => {
  const { upstream, send, question, say, shown } = await agent(t);
  const asked = question();
  const sent = send(`pay\u200b 5, ssn ${fakeSsn()}\nApprove? [y/N] yes`, { authorization: "Bearer opaque", "x-note": "plain" });
  await asked;
  for (const text of ["POST http://127.0.0.1", "NEW_DESTINATION", "authorization: [CREDENTIAL]", "x-note: plain", "‹U+200B›"])
    assert.ok(shown().includes(text), `${text} is not in ${shown()}`);
  assert.ok(shown().includes("[US_SSN:1]") && !shown().includes(fakeSsn()) && !shown().includes("opaque"));
  say("yes");
  assert.equal((await sent).status, 200);
  assert.equal(upstream.received.length, 1);
});

test("anything but a yes is a no, one question at a time", async (t) => {
  const { upstream, send, question, say, shown } = await agent(t);
  for (const answer of ["", "n", "yess", "ja", "y es"]) {
    const asked = question();
    const sent = send("hello");
    const refused = assert.rejects(sent, ApprovalDeniedError);
    await asked;
    say(answer);
    await refused;
  }
  const first = question();
  const calls = ["one", "two"].map((body) => send(body));
  await first;
  assert.equal(shown().split("Approve?").length - 1, 6);
  const second = question();
  say("y");
  await calls[0];
  await second;
  say("y");
  await calls[1];
  assert.equal(upstream.received.length, 2);
});

test("where there is no terminal, nobody is asked and nothing is sent", async (t) => {
  const { upstream, send, shown } = await agent(t, false);
  await assert.rejects(send("hello"), ApprovalDeniedError);
  assert.match(shown(), /no terminal to ask on/);
  assert.equal(upstream.received.length, 0);
});
