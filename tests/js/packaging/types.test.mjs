// The types, as a strict project sees them that checks its libraries too.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { packed } from "./packed.mjs";

const RESOLUTIONS = [
  { module: "nodenext", moduleResolution: "nodenext" },
  { module: "esnext", moduleResolution: "bundler" },
];
const alone = packed();
const withOptional = packed({
  beside: ["hono", "@hono/node-server", "undici", "node-sqlite3-wasm", "@types/node", "undici-types"],
});

function compile({ folder }, source, options, types = []) {
  writeFileSync(join(folder, "package.json"), '{"type":"module"}');
  writeFileSync(join(folder, "use.ts"), source);
  const compilerOptions = {
    target: "es2022",
    lib: ["es2022", "dom", "dom.iterable"],
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: false,
    noEmit: true,
    types,
    ...options,
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["use.ts"] }));
  const { status, stdout } = spawnSync(process.execPath, [resolve("node_modules/typescript/bin/tsc")], {
    cwd: folder,
    encoding: "utf8",
  });
  return { status, stdout };
}

const CLIENT = `import { Engine, IntervenBlockedError, IntervenClient, PolicyError, type Report, type ScanResult } from "interven";

const client = new IntervenClient({ failMode: "closed", timeoutMs: 1_000 });
export const guarded: typeof globalThis.fetch = client.fetch;
export const text: string = client.redact("hello");
export const result: Promise<ScanResult> = client.scan({ method: "POST", url: "https://example.com/", body: { a: 1 } });
export const report: Report = new Engine().scan({ method: "GET", url: "https://example.com/", headers: [], body: new Uint8Array() }).report;
export function explain(error: unknown): string {
  if (error instanceof IntervenBlockedError) return error.reasonCodes.join();
  return error instanceof PolicyError ? error.code : "";
}
// @ts-expect-error: there are two failure modes
new IntervenClient({ failMode: "ajar" });
// @ts-expect-error: a misspelt option is no option
new IntervenClient({ failMod: "closed" });
`;

const GATEWAY = `import { createGateway, type GatewayOptions, openSqliteStore, startGateway } from "interven/gateway";

export const parts = { createGateway, openSqliteStore, startGateway };
export type Options = GatewayOptions;
`;

for (const options of RESOLUTIONS) {
  test(`interven, alone, module resolution ${options.moduleResolution}`, () => {
    assert.deepEqual(compile(alone, CLIENT, options), { status: 0, stdout: "" });
  });

  for (const entry of ["slim", "patterns"]) {
    test(`interven/${entry}, alone, module resolution ${options.moduleResolution}`, () => {
      assert.deepEqual(compile(alone, CLIENT.replace('"interven"', `"interven/${entry}"`), options), { status: 0, stdout: "" });
    });
  }

  test(`interven/gateway, module resolution ${options.moduleResolution}`, () => {
    assert.deepEqual(compile(withOptional, GATEWAY, options, ["node"]), { status: 0, stdout: "" });
  });
}

test("errors, reports and clients of one entry are those of another to the types", () => {
  const source = `import { type IntervenBlockedError, type IntervenClient, type Report } from "interven";
import * as slim from "interven/slim";
import * as patterns from "interven/patterns";
export const client: IntervenClient = new patterns.IntervenClient();
export const error = (given: slim.IntervenBlockedError): IntervenBlockedError => given;
export const report = (given: slim.Report): Report => given;
`;
  assert.deepEqual(compile(alone, source, RESOLUTIONS[0]), { status: 0, stdout: "" });
});

test("a wrong use does not compile", () => {
  const { status, stdout } = compile(alone, CLIENT.replace("timeoutMs: 1_000", 'timeoutMs: "1s"'), RESOLUTIONS[0]);
  assert.notEqual(status, 0);
  assert.match(stdout, /TS2322/);
});
