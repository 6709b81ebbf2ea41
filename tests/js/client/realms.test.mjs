// Values that another realm made, as in Jest and in edge sandboxes: `instanceof` does not know them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { runInNewContext } from "node:vm";
import { Engine, IntervenClient } from "../../../dist/index.js";
import { awsKey } from "../portable/values.mjs";

const url = "https://api.example.com/notes";
const there = (code, text) => runInNewContext(code, { text, bytes: [...new TextEncoder().encode(text)] });

test("scan reads bodies of another realm", async () => {
  const client = new IntervenClient();
  for (const code of [
    "Uint8Array.from(bytes)",
    "Uint8Array.from(bytes).buffer",
    "new DataView(Uint8Array.from(bytes).buffer)",
    "({ list: [{ text }] })",
    "Object.assign(Object.create(null), { text })",
    "({ toJSON: () => text })",
  ]) {
    assert.equal((await client.scan({ url, body: there(code, "hello") })).decision, "ALLOW", code);
    const result = await client.scan({ url, body: there(code, awsKey()) });
    assert.deepEqual([result.decision, result.reasonCodes], ["DENY", ["SECRET_DETECTED"]], code);
  }
});

test("scan denies what cannot be read in any realm", async () => {
  const client = new IntervenClient();
  for (const code of ["new Map([[1, text]])", "new Set([text])", "new (class { #a = text })()", "[new Error(text)]"]) {
    const result = await client.scan({ url, body: there(code, "hello") });
    assert.deepEqual([result.decision, result.reasonCodes], ["DENY", ["INVALID_REQUEST"]], code);
  }
});

test("an engine takes bytes of another realm", () => {
  const request = { method: "POST", url, headers: [], body: there("Uint8Array.from(bytes)", awsKey()) };
  assert.equal(new Engine().scan(request).decision, "DENY");
});
