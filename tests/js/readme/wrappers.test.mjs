// Every block of docs/wrappers.md runs in the packed package, against a gateway that answers by script, and prints what it says.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { scanned, scriptedGateway } from "../client/scripted.mjs";
import { consumer } from "../replay/consumer.mjs";
import { codeIn, fencedBlocks, tableRows } from "./blocks.mjs";

const FILE = "docs/wrappers.md";

/** Runs a module in the folder of a user of the package; its lines of output. */
async function run(folder, text, env) {
  const file = join(folder, `wrappers-${process.pid}-${Math.random().toString(36).slice(2)}.mjs`);
  writeFileSync(file, text);
  const child = spawn(process.execPath, [file], { cwd: folder, env: { PATH: process.env.PATH, ...env }, timeout: 60_000 });
  let [output, errors] = ["", ""];
  child.stdout.on("data", (chunk) => (output += chunk));
  child.stderr.on("data", (chunk) => (errors += chunk));
  const code = await new Promise((done) => child.on("close", done));
  assert.equal(code, 0, errors);
  return output.split("\n").filter((line) => line !== "");
}

test("the examples print what they say", async (t) => {
  const folder = consumer();
  const made = scanned("ALLOW", { upstream: { status: 200, body: {} } });
  const { gatewayUrl, requests } = await scriptedGateway(t, () => [200, made]);
  const blocks = fencedBlocks(FILE);
  assert.ok(blocks.length >= 7 && blocks.every(({ language }) => language === "js"));
  for (const { name, text } of blocks) {
    const expected = [...text.matchAll(/console\.log\(.*\); \/\/ (.+)$/gm)].map(([, comment]) => comment);
    assert.equal(expected.length, text.match(/console\.log/g).length, "a console.log without its output behind it");
    const env = text.includes("INTERVEN_GATEWAY_URL") ? { INTERVEN_GATEWAY_URL: gatewayUrl } : {};
    assert.deepEqual((await run(folder, text, env)).sort(), expected.sort(), name);
  }
  assert.deepEqual(
    requests.map(({ path }) => path),
    ["/v1/tools/slack/post_message"],
  );
});

test("every tool and every option is listed", async () => {
  const { IntervenClient } = await import("../../../dist/index.js");
  const client = new IntervenClient({ env: {} });
  const listed = tableRows(FILE, "call").map(([call]) => codeIn(call)[0].split("(")[0]);
  const names = Object.entries(client.tools).flatMap(([tool, calls]) =>
    typeof calls === "function" ? [`tools.${tool}`] : Object.keys(calls).map((call) => `tools.${tool}.${call}`),
  );
  assert.deepEqual(listed.sort(), names.sort());
  const known = (action) => {
    try {
      action();
    } catch (error) {
      return error.message.replace(/^.*: /, "").replace(/\.$/, "").split(", ").sort();
    }
  };
  const options = tableRows(FILE, "option").flatMap(([names]) => codeIn(names));
  assert.deepEqual(
    options.sort(),
    known(() => client.guard(() => {}, { none: 1 })),
  );
});
