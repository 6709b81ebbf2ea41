// The package as a user has it: packed, unpacked into a folder outside the repository, and nothing else installed there.

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { after } from "node:test";

/** Packs and unpacks it, until the end of the test file. Packages named in `beside` are linked next to it. */
export function packed({ beside = [] } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "interven-packed-"));
  after(() => rmSync(folder, { recursive: true, force: true }));
  execFileSync("npm", ["pack", "--silent", "--pack-destination", folder], { stdio: ["ignore", "ignore", "inherit"] });
  const tarball = join(
    folder,
    readdirSync(folder).find((name) => name.endsWith(".tgz")),
  );
  const root = join(folder, "node_modules/interven");
  mkdirSync(root, { recursive: true });
  execFileSync("tar", ["-xzf", tarball, "--strip-components=1", "-C", root]);
  for (const name of beside) {
    mkdirSync(dirname(join(folder, "node_modules", name)), { recursive: true });
    symlinkSync(resolve("node_modules", name), join(folder, "node_modules", name));
  }
  return { folder, root, tarball };
}

/** Every file below a folder, relative to it. */
export function filesIn(folder) {
  return readdirSync(folder, { recursive: true })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => relative(folder, path));
}
