// The component, in two hosts: transpiled by jco for Node, and in wasmtime through Python.

import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { transpile } from "@bytecodealliance/jco";
import { detectionDocument } from "../../../dist/detection.js";
import { skipped } from "./on-processes.mjs";

const COMPONENT = "dist/interven.component.wasm";
const kebab = (text) => text.toLowerCase().replaceAll("_", "-");

export const onJco = async ({ job }) => {
  const folder = resolve("target/jco");
  const { files, imports } = await transpile(readFileSync(COMPONENT), { name: "firewall" });
  if (imports.length > 0) throw new Error(`the component imports ${imports.join(", ")}`);
  for (const [name, bytes] of Object.entries(files)) {
    mkdirSync(join(folder, name, ".."), { recursive: true });
    writeFileSync(join(folder, name), bytes);
  }
  writeFileSync(join(folder, "package.json"), '{"type":"module"}');
  const { scanner } = await import(pathToFileURL(join(folder, "firewall.js")).href);
  const failures = [];
  for (const item of job.cases) {
    const { verdict, forward } = replayCase(scanner.Engine, item);
    const same = verdict.report === item.expected && JSON.stringify(forward) === JSON.stringify(item.forward);
    if (!same) failures.push(`${item.name}\n  got  ${verdict.report.slice(0, 2_000)}\n  want ${item.expected.slice(0, 2_000)}`);
  }
  return {
    cases: job.cases.length,
    passed: job.cases.length - failures.length,
    failed: failures.length,
    failures: failures.slice(0, 20),
  };
};

function replayCase(Engine, { options, request, context }) {
  const engine = Engine.create(componentOptions(options ?? {}));
  const { method, url, headers, body_base64 } = request;
  const body = new Uint8Array(Buffer.from(body_base64, "base64"));
  const verdict = engine.scan(
    { method, url, headers: headers.map(([name, value]) => ({ name, value })), body },
    {
      agent: context?.agentId ?? "",
      grant: context?.grant,
      claimed: (context?.claimed ?? []).map(kebab),
      floor: kebab(context?.floor ?? "ALLOW"),
      timeMs: context?.timeMs === undefined ? undefined : BigInt(context.timeMs),
    },
  );
  const sent = verdict.forward;
  const forward =
    sent === undefined
      ? null
      : {
          method: sent.method,
          url: sent.url,
          headers: sent.headers.map(({ name, value }) => [name, value]),
          body_base64: Buffer.from(sent.body).toString("base64"),
        };
  return { verdict, forward };
}

function componentOptions({ policy, unknownHostCredentials, credentialHosts = [], maxBodyBytes, ...detection }) {
  const policies = policy === undefined ? [] : Array.isArray(policy) ? policy : [policy];
  return {
    policies: policies.map((each) => ({ name: "policy", text: typeof each === "string" ? each : JSON.stringify(each) })),
    denyUnknownHostCredentials: unknownHostCredentials === "deny",
    credentialHosts,
    maxBodyBytes: maxBodyBytes === undefined ? undefined : BigInt(maxBodyBytes),
    detection: detectionDocument(detection),
  };
}

export const onWasmtime = async ({ job }) => {
  const python = ["python3", "python"].find(
    (name) => spawnSync(name, ["-c", "import sys; assert sys.version_info >= (3, 9)"]).status === 0,
  );
  if (python === undefined) return skipped("Python 3.9 or newer was not found");
  const packages = resolve("target/python");
  const env = { ...process.env, PYTHONPATH: packages };
  if (!existsSync(join(packages, "wasmtime"))) {
    console.log("Installing wasmtime for Python");
    const install = spawnSync(python, ["-m", "pip", "install", "--quiet", "--target", packages, "wasmtime==50.0.1"], {
      stdio: "inherit",
    });
    if (install.status !== 0) return skipped("the Python package wasmtime could not be installed (is pip there?)");
  }
  mkdirSync("target/replay", { recursive: true });
  writeFileSync("target/replay/wasmtime-job.json", JSON.stringify(job));
  const args = ["tests/component/replay.py", COMPONENT, "target/replay/wasmtime-job.json"];
  return JSON.parse(execFileSync(python, args, { env, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 }));
};
