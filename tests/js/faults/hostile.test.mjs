// Hostile bodies: what is received must be what was scanned, and the key that each of them hides must not be in it.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import { awsKey } from "../portable/values.mjs";
import { hostile } from "./hostile-bodies.mjs";
import { digestOf, startRecorder, strangers } from "./recorder.mjs";
import { onRuntime, RUNTIMES, row } from "./runtimes.mjs";

const NAMES = Object.keys(hostile);
const keys = NAMES.map(awsKey);
const gzip = keys.map((key) => gzipSync(`the key is ${key}, keep it`).toString("base64"));
const table = new Map();
let recorder;

before(async () => {
  recorder = await startRecorder();
});
after(() => recorder.stop());

/** Forms in which a body may hold a text. */
const forms = (text) => [Buffer.from(text), Buffer.from(text, "utf16le"), Buffer.from(btoa(text).slice(0, -4))];

function problemsOf({ at, api, id, ended, told, leaks }, policyVersion) {
  const arrived = recorder.take(id);
  const problems = leaks.map((leak) => `the gateway was told the key, ${leak}`);
  if (api === "scan") {
    if (!["DENY", "ALLOW"].includes(ended) && !/Error$|^ERR_/.test(ended)) problems.push(`decided ${ended}`);
    // A call that `scan` allows is one whose content it has read, and those that hold the key when they are read hold it.
    if (ended === "ALLOW" && !CHANGING.has(NAMES[at])) problems.push("allowed by scan");
  } else {
    if (ended.startsWith("sent") !== arrived.length > 0) problems.push(`${ended}, and ${arrived.length} received`);
    if (arrived.length > 1) problems.push("received more than once");
  }
  for (const request of arrived) {
    const [{ digest, names } = {}] = told;
    if (digestOf(request, names ?? [], "anonymous", policyVersion) !== digest)
      problems.push("received something that was not scanned");
    if (strangers(request, names ?? []).length > 0) problems.push("received headers that were not scanned");
    const whole = Buffer.concat([Buffer.from(request.url), Buffer.from(request.headers.flat().join("\n")), request.body]);
    if (forms(keys[at]).some((form) => whole.includes(form)) || request.body.includes(Buffer.from(gzip[at], "base64")))
      problems.push("received the key");
  }
  return problems;
}

/** What is harmless when it is read, if it is read once. */
const CHANGING = new Set(NAMES.filter((name) => /change|afterwards/.test(name)));

for (const runtime of RUNTIMES) {
  test(`hostile bodies on ${runtime}`, async (t) => {
    const job = { program: "tests/js/faults/hostile.mjs", server: recorder.base, keys, gzip, runtime };
    const given = await onRuntime(t, runtime, job);
    if (given === undefined) return;
    assert.equal(given.results.length, NAMES.length * 4);
    const wrong = [];
    for (const result of given.results) {
      const problems = problemsOf(result, given.policyVersion);
      wrong.push(...problems.map((problem) => `${result.name}, ${result.api}, ${result.failMode}: ${problem}`));
      const cell = `${result.name}/${result.api}`;
      table.set(cell, new Set([...(table.get(cell) ?? []), problems.length > 0 ? "WRONG" : word(result.ended)]));
    }
    assert.deepEqual(wrong, []);
  });
}

const word = (ended) => {
  if (ended.startsWith("sent") || ended === "ALLOW") return "as scanned";
  return "refused";
};

test("thirty and more", () => {
  assert.ok(NAMES.length >= 30, `only ${NAMES.length}`);
  row(`${NAMES.length} hostile bodies × closed, open × ${RUNTIMES.join(", ")}`, "fetch", "scan");
  row("---", "---", "---");
  for (const name of NAMES) row(name, ...["fetch", "scan"].map((api) => [...(table.get(`${name}/${api}`) ?? [])].join(" or ")));
});
