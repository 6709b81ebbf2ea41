// The programs in docs/legacy.md and docs/observability.md do what they say.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as interven from "../../../dist/index.js";
import { fencedBlocks } from "../readme/blocks.mjs";
import { gateway, http } from "./gateway.mjs";

const ID = "0b0c0d0e-1111-4222-8333-444455556666";
const AIF_SECRET = "unlikely secret of an agent";
const made = { decision: "ALLOW", reason_codes: [], upstream_response: { status: 201 } };

/** What a gateway answers to a request of these programs. */
function answer({ path, body }) {
  if (path === "/invoke") return http(202, { decision: "REQUIRE_APPROVAL", reason_codes: [], approval_id: ID });
  if (path.endsWith("/status")) return http(200, { approval_id: ID, status: "approved" });
  if (path.endsWith("/execute")) return http(200, made);
  const { id } = JSON.parse(body);
  return http(200, { jsonrpc: "2.0", id, result: { content: [{ type: "text", text: "made" }], isError: false } });
}

/** Runs a block, and gives what it says beside what it says that it says. */
async function run(text, gatewayUrl, result = "") {
  const said = [];
  const expected = [...text.matchAll(/console\.log\(.*\); \/\/ (.*)$/gm)].map(([, output]) => output);
  const program = text.replace(/^import .*$/gm, "").replaceAll("http://localhost:4000", gatewayUrl);
  const AsyncFunction = (async () => {}).constructor;
  const names = [...Object.keys(interven), "process", "console"];
  const given = { ...interven, process: { env: { AIF_SECRET, GITHUB_TOKEN: "a token" } } };
  given.console = { log: (...parts) => said.push(parts.map(String).join(" ")) };
  const value = await new AsyncFunction(...names, `${program}\n${result}`)(...names.map((name) => given[name]));
  return { said, expected, value };
}

const legacy = fencedBlocks("docs/legacy.md").filter(({ language }) => language === "js");
const [invoking, middleware, verifying] = legacy;

for (const { name, text } of [invoking, middleware]) {
  test(`docs/legacy.md: ${name}`, async (t) => {
    const { url } = await gateway(t, answer);
    const { said, expected } = await run(text, url);
    assert.ok(expected.length === 1);
    assert.deepEqual(said, expected);
  });
}

test(`docs/legacy.md: ${verifying.name}`, async (t) => {
  assert.equal(legacy.length, 3);
  const { url, requests } = await gateway(t, answer);
  await run(middleware.text, url);
  const { value: accept } = await run(verifying.text, url, "return accept;");
  const [{ body, headers }] = requests;
  const request = (more) => new Request(url, { method: "POST", body, headers: { ...headers, ...more } });
  assert.equal((await accept(request())).params.name, "github_create_issue");
  await assert.rejects(accept(request()), interven.ReplayRejectedError);
  await assert.rejects(accept(request({ "x-aif-signature": btoa("x".repeat(32)) })), interven.AuthenticationError);
});

test("docs/observability.md", async () => {
  const [logging] = fencedBlocks("docs/observability.md");
  const { said, expected } = await run(logging.text, "");
  assert.deepEqual([said, expected.length], [expected, 1]);
});
