// A machine on which only some programs are installed.

import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder with these programs, to be the whole PATH: those found on this machine, or shell text to run instead. */
export function machineWith(test, programs) {
  const folder = mkdtempSync(join(tmpdir(), "interven-machine-"));
  test.after(() => rmSync(folder, { recursive: true, force: true }));
  const bin = join(folder, "bin");
  mkdirSync(bin);
  for (const [name, text] of Object.entries(programs)) {
    const path = join(bin, name);
    if (text === true) symlinkSync(where(name), path);
    else {
      writeFileSync(path, `#!/bin/sh\n${text}\n`);
      chmodSync(path, 0o755);
    }
  }
  return bin;
}

function where(name) {
  return name === "node" ? process.execPath : execFileSync("/bin/sh", ["-c", `command -v ${name}`], { encoding: "utf8" }).trim();
}

/** Runs one of `scripts/` with that PATH. */
export function script(name, path, ...args) {
  const env = { ...process.env, PATH: path };
  const { status, stdout, stderr } = spawnSync(process.execPath, [`scripts/${name}.mjs`, ...args], { env, encoding: "utf8" });
  return { status, stdout, stderr };
}
