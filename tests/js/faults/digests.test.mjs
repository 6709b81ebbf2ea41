// What was scanned is what arrives: the digest that the gateway was told, and that an approval is bound to, is the digest
// of the request as a loopback server received it.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { digestOf, keyed, startRecorder, strangers } from "./recorder.mjs";
import { onRuntime, RUNTIMES, row } from "./runtimes.mjs";

/** `npm run test:soak` asks for 100,000, and of other seeds. */
const COUNT = Number(process.env.SOAK_REQUESTS ?? 400);
const TOKEN_KEY = "t".repeat(32);
const SEED = Number(process.env.SOAK_SEED ?? 5);
let recorder;

before(async () => {
  recorder = await startRecorder((url, body) =>
    url.pathname === "/told" ? { body: JSON.stringify(compared(JSON.parse(body.toString()))) } : {},
  );
});
after(() => recorder.stop());

function compared({ policyVersion, told }) {
  const result = { sent: 0, refused: 0, hidden: 0, wrong: [] };
  for (const { id, ended, digest, names, empty } of told) {
    const arrived = recorder.take(id);
    const wrong = (what) => result.wrong.push(`${id}: ${what}`);
    result[ended === "refused" ? "refused" : "sent"] += 1;
    if (ended !== "sent" && ended !== "refused") wrong(ended);
    if (arrived.length !== (ended === "sent" ? 1 : 0)) wrong(`${ended}, and ${arrived.length} received`);
    for (const request of arrived) {
      // workerd leaves out a header that has no value. Nothing that was not scanned arrives by that.
      for (const name of empty) if (request.headers.every(([other]) => other !== name)) request.headers.push([name, ""]);
      const plain = digestOf(request, names, "anonymous", policyVersion);
      // Under the key where the gateway is not shown everything, as with a body that is no text.
      if (digest !== plain && digest !== keyed(plain, TOKEN_KEY)) wrong(`the digests differ: ${request.method} ${request.url}`);
      if (digest !== plain) result.hidden += 1;
      const added = strangers(request, names);
      if (added.length > 0) wrong(`unscanned headers: ${added.join()}`);
    }
  }
  return result;
}

for (const runtime of RUNTIMES) {
  test(`digests on ${runtime}`, async (t) => {
    const job = {
      program: "tests/js/faults/digests.mjs",
      server: recorder.base,
      count: COUNT,
      seed: SEED,
      runtime,
      tokenKey: TOKEN_KEY,
    };
    const result = await onRuntime(t, runtime, job);
    if (result === undefined) return;
    row(
      `digests on ${runtime}`,
      `${result.sent} sent`,
      `${result.refused} refused`,
      `${result.hidden} keyed`,
      `${result.wrongs} differ`,
    );
    assert.deepEqual(result.wrong, []);
    assert.equal(result.sent + result.refused, COUNT);
    assert.ok(result.sent > COUNT * 0.8, `only ${result.sent} were sent`);
    assert.ok(result.hidden > COUNT / 100 && result.hidden < COUNT / 2, `${result.hidden} digests were keyed`);
  });
}
