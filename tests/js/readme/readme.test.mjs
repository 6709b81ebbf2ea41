// Every fenced block of the README is run. A block without a handler here fails, and so does a handler without a block.
//
// What is substituted, because other machines are never contacted:
// - JavaScript runs unchanged, on top of `only-loopback.mjs`, in a folder where the packed package is installed.
// - In shell blocks `localhost:4100` becomes the gateway of this test and `https://example.com` its upstream. The gateway
//   is started with a free port, a data directory of its own, and leave to reach that upstream.
// - The policy is used as it stands; for the gateway the upstream's host is added to its `hosts`.
// - `npm install interven` is the installation of the packed package that all of this uses.
// - `npm test` and `npm run bench` are asked what they would run; `npm start` starts the gateway.

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { Engine } from "../../../dist/index.js";
import { temporaryDirectory } from "../cli/process.mjs";
import { startWorker } from "../examples/worker.mjs";
import { ADMIN, startUpstream } from "../gateway/running.mjs";
import { consumer } from "../replay/consumer.mjs";
import { fencedBlocks } from "./blocks.mjs";

const BLOCKS = 19;

/** Environment without what the tests' own user has set. */
function cleanEnv(more = {}) {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith("INTERVEN_") && name !== "PORT");
  return { ...Object.fromEntries(own), NO_COLOR: "1", ...more };
}

/** Lines that a process writes to standard output, and how it ends. */
function follow(child, onLine) {
  const lines = [];
  let stderr = "";
  child.stderr.on("data", (chunk) => (stderr += chunk));
  createInterface({ input: child.stdout }).on("line", (line) => {
    lines.push(line);
    onLine?.(line);
  });
  return new Promise((done) => child.on("close", (code) => done({ code, lines, stderr })));
}

function firstLine(child, matches) {
  return new Promise((found, failed) => {
    follow(child, (line) => matches(line) && found(line)).then(({ code, lines, stderr }) =>
      failed(new Error(`ended with ${code}\n${lines.join("\n")}\n${stderr}`)),
    );
  });
}

/** What runs each block. Handlers share the folder, the upstream, and the gateway that one of them starts. */
class Handlers {
  constructor(t, folder, upstream) {
    Object.assign(this, { t, folder, upstream, gateway: undefined });
  }

  run(name) {
    const table = {
      "Install / sh 1": this.install,
      "Quickstart / js 1": this.module,
      "Quickstart / js 2": this.worker,
      "Guard a whole process / js 1": this.module,
      "What happens to a call / js 1": this.module,
      "What happens to a call / js 2": this.module,
      "Calls that are not fetch / js 1": this.module,
      "Policy / json 1": this.policy,
      "Policy / js 1": this.module,
      "Policy / sh 1": this.policyCommands,
      "Gateway / sh 1": this.startGateway,
      "Gateway / sh 2": this.curlDenied,
      "Gateway / sh 3": this.curlHeld,
      "Gateway / js 1": this.waitingAgent,
      "The component / wit 1": this.wit,
      "The component / sh 1": this.transpile,
      "The component / js 1": this.module,
      "Rust / rust 1": this.rust,
      "Developing / sh 1": this.scripts,
    };
    assert.ok(name === undefined || table[name], `no handler runs the block \`${name}\``);
    return name === undefined ? Object.keys(table) : table[name].bind(this);
  }

  install(text) {
    const { name, version, dependencies } = JSON.parse(readFileSync("package.json", "utf8"));
    assert.equal(text.trim(), `npm install ${name}`);
    assert.equal(dependencies, undefined);
    const modules = join(this.folder, "node_modules");
    assert.equal(JSON.parse(readFileSync(join(modules, name, "package.json"), "utf8")).version, version);
    // As the README says: the client comes alone.
    assert.deepEqual(
      readdirSync(modules).filter((entry) => !entry.startsWith(".")),
      [name],
    );
  }

  /** Runs a module; what it prints must be what the comments behind `console.log(…)` say. */
  async module(text, name) {
    const expected = [...text.matchAll(/^\s*console\.log\(.*\); \/\/ (.+)$/gm)].map(([, comment]) => comment);
    assert.equal(expected.length, text.match(/console\.log/g).length, "a console.log without its output behind it");
    const { code, lines, stderr } = await follow(this.node(text, name));
    assert.equal(code, 0, stderr);
    assert.deepEqual(lines, expected);
    assert.deepEqual(this.upstream.received.splice(0), [], "a snippet that is refused has sent something");
  }

  node(text, name) {
    const file = join(this.folder, `${name.replaceAll(/\W+/g, "-")}.mjs`);
    writeFileSync(file, text);
    const env = cleanEnv({ README_UPSTREAM: this.upstream.url, README_GATEWAY: this.gateway ?? "" });
    return spawn(process.execPath, ["--import", resolve("tests/js/readme/only-loopback.mjs"), file], { cwd: this.folder, env });
  }

  async worker(text) {
    const worker = await startWorker(this.t, text, { upstream: this.upstream.url });
    const post = (body) => worker.dispatchFetch("http://worker/", { method: "POST", body });
    const passed = await post("an ordinary note");
    assert.deepEqual([passed.status, await passed.text()], [200, "upstream says hello"]);
    assert.deepEqual(
      this.upstream.received.splice(0).map(({ method, url, body }) => [method, url, body]),
      [["POST", "/notes", "an ordinary note"]],
    );
    const refused = await post(["AK", "IA", "QYLPMN5HKTRJV3ZW"].join(""));
    assert.deepEqual([refused.status, await refused.json()], [403, { error: "ERR_INTERVEN_BLOCKED" }]);
    assert.deepEqual(this.upstream.received, []);
  }

  policy(text) {
    const engine = new Engine({ policy: text, policySource: "policy.json" });
    const headers = [["content-type", "application/json"]];
    const body = new TextEncoder().encode(JSON.stringify({ text: `ask ${["jo.doe", "corp-mail.com"].join("@")}` }));
    const decide = (method, url) => engine.scan({ method, url, headers, body }).decision;
    assert.equal(decide("POST", "https://eu.payments.example/x"), "REQUIRE_APPROVAL");
    assert.equal(decide("GET", "https://example.com/x"), "ALLOW");
    assert.equal(decide("POST", "https://slack.com/api/chat.postMessage"), "SANITIZE");
    writeFileSync(join(this.folder, "policy.json"), text);
  }

  /** In a folder of its own: the block writes `policy.json`. The last of its commands tells that the call would be held. */
  async policyCommands(text) {
    const commands = resolve(this.folder, "../node_modules/.bin");
    const script = `npx() { local name=$1; shift; "${commands}/$name" "$@"; }\n${text}`;
    const child = spawn("bash", ["-c", script], { cwd: temporaryDirectory(this.t), env: cleanEnv() });
    const { code, lines, stderr } = await follow(child);
    const all = lines.join("\n");
    assert.equal(code, 1, stderr);
    assert.match(all, /^starter /m);
    assert.match(all, /^policy\.json: can be used$/m);
    assert.match(all, /^REQUIRE_APPROVAL .* send_email /m);
  }

  async startGateway(text) {
    const [npx, command, ...args] = text.trim().split(" ");
    assert.deepEqual([npx, command], ["npx", "interven"]);
    const folder = temporaryDirectory(this.t);
    const policy = JSON.parse(readFileSync(join(this.folder, "policy.json"), "utf8"));
    policy.rules[0].match.hosts.push("127.0.0.1");
    writeFileSync(join(folder, "policy.json"), JSON.stringify(policy));
    const own = ["--port", "0", "--data-dir", join(folder, "data"), "--allow-private", this.upstream.host];
    const child = spawn(resolve(this.folder, "../node_modules/.bin", command), [...args, ...own], {
      cwd: folder,
      env: cleanEnv({ INTERVEN_ADMIN_TOKEN: ADMIN }),
    });
    this.t.after(() => child.kill("SIGKILL"));
    this.gateway = `http://localhost:${JSON.parse(await firstLine(child, () => true)).port}`;
  }

  /** Runs a shell block; the status of its one `curl` comes last. */
  async curl(text) {
    const script = text.replaceAll("http://localhost:4100", this.gateway).replaceAll("https://example.com", this.upstream.url);
    const child = spawn("bash", ["-c", `curl() { command curl -w '\\n%{http_code}' "$@"; }\n${script}`], { env: cleanEnv() });
    const { code, lines, stderr } = await follow(child);
    assert.equal(code, 0, stderr);
    return { status: Number(lines.pop()), body: lines.join("\n") };
  }

  async approve(id) {
    const response = await fetch(`${this.gateway}/v1/approvals/${id}/approve`, {
      method: "POST",
      headers: { authorization: `Bearer ${ADMIN}`, "content-type": "application/json" },
      body: "{}",
    });
    assert.equal(response.status, 200, await response.text());
  }

  async curlDenied(text) {
    const { status, body } = await this.curl(text);
    const { decision, reason_codes } = JSON.parse(body);
    assert.deepEqual([status, decision, reason_codes], [403, "DENY", ["SECRET_DETECTED"]]);
    assert.deepEqual(this.upstream.received, []);
  }

  async curlHeld(text) {
    const held = await this.curl(text);
    const { decision, reason_codes, approval_id } = JSON.parse(held.body);
    assert.deepEqual([held.status, decision, reason_codes], [202, "REQUIRE_APPROVAL", ["MOVES_MONEY"]]);
    assert.deepEqual(this.upstream.received, []);
    await this.approve(approval_id);
    assert.deepEqual(await this.curl(text), { status: 200, body: "upstream says hello" });
    assert.deepEqual(
      this.upstream.received.splice(0).map(({ url, body }) => [url, body]),
      [["/transfers", '{"amount":10}']],
    );
    assert.equal((await this.curl(text)).status, 202, "one approval let a second call through");
    assert.deepEqual(this.upstream.received, []);
  }

  async waitingAgent(text, name) {
    const child = this.node(text, name);
    let approved;
    const { code, lines, stderr } = await follow(child, (line) => {
      const id = /^waiting for a person: (\S+)$/.exec(line)?.[1];
      if (id) approved = this.approve(id);
    });
    await approved;
    assert.equal(code, 0, stderr);
    assert.deepEqual([lines.length, lines[1]], [2, "sent 200"]);
    assert.deepEqual(
      this.upstream.received.splice(0).map(({ url, body }) => [url, body]),
      [["/transfers", "20"]],
    );
  }

  wit(text) {
    const world = readFileSync("wit/world.wit", "utf8");
    assert.ok(world.includes(text), "the block is not what wit/world.wit says");
    assert.ok(!/\bimport\b/.test(world), "the world imports something");
  }

  async transpile(text) {
    const [npx, command, ...args] = text.trim().split(" ");
    assert.deepEqual([npx, command], ["npx", "@bytecodealliance/jco"]);
    const manifest = JSON.parse(readFileSync(`node_modules/${command}/package.json`, "utf8"));
    const binary = resolve("node_modules", command, manifest.bin.jco);
    const { code, stderr } = await follow(spawn(process.execPath, [binary, ...args], { cwd: this.folder, env: cleanEnv() }));
    assert.equal(code, 0, stderr);
  }

  /** The crate runs it as the example of its own documentation; here it must be that example, letter for letter. */
  rust(text) {
    const header = readFileSync("src/lib.rs", "utf8").split("\n");
    const lines = header.filter((line) => line.startsWith("//!")).map((line) => line.replace(/^\/\/! ?/, ""));
    const [start, end] = lines.flatMap((line, at) => (line === "```" ? [at] : []));
    assert.equal(text, `${lines.slice(start + 1, end).join("\n")}\n`);
  }

  async scripts(text) {
    const { scripts } = JSON.parse(readFileSync("package.json", "utf8"));
    const lines = text.trim().split("\n");
    assert.deepEqual(lines, ["npm start", "npm test", "npm run bench"]);
    for (const line of lines) {
      const script = scripts[line.split(" ").at(-1)];
      const [, file] = /^node (\S+)$/.exec(script);
      assert.ok(existsSync(file), `${file} is missing`);
    }
    const list = spawnSync("npm", ["test", "--silent", "--", "--list"], { encoding: "utf8", env: cleanEnv() });
    assert.match(list.stdout, /^readme /m, list.stderr);
    const benchmarks = spawnSync("npm", ["run", "bench", "--silent", "--", "--list"], { encoding: "utf8", env: cleanEnv() });
    assert.match(benchmarks.stdout, /\w/, benchmarks.stderr);
    const own = ["--port", "0", "--data-dir", join(temporaryDirectory(this.t), "data")];
    const child = spawn("npm", ["start", "--silent", "--", ...own], { env: cleanEnv(), detached: true });
    // The whole group: `npm` does not pass a kill on.
    this.t.after(() => child.exitCode === null && process.kill(-child.pid, "SIGKILL"));
    const { url } = JSON.parse(await firstLine(child, (line) => line.startsWith("{")));
    assert.match(await (await fetch(url)).text(), /<title>/);
  }
}

/** A folder of its own inside the one where the package is installed. */
function workFolder(t) {
  const folder = mkdtempSync(join(consumer(), "readme-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  symlinkSync("../node_modules", join(folder, "node_modules"));
  return folder;
}

test("every block of the README does what it says", { timeout: 300_000 }, async (t) => {
  const blocks = fencedBlocks("README.md");
  const handlers = new Handlers(t, workFolder(t), await startUpstream(t));
  let ran = 0;
  for (const { name, text } of blocks) {
    await t.test(name, async () => {
      await handlers.run(name)(text, name);
      ran += 1;
    });
  }
  assert.deepEqual(blocks.map(({ name }) => name).sort(), handlers.run().sort(), "blocks and handlers are not the same");
  assert.equal(ran, BLOCKS);
});
