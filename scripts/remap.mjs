// Folders of the machine that builds have no business in what it builds: they name its user, and they change the bytes.

import { execFileSync } from "node:child_process";
import { dirname } from "node:path";

/** Flags for rustc that write the same paths on every machine, wherever sources, dependencies and toolchain lie. */
export function remapFlags(target) {
  const commit = /^commit-hash: (\w+)$/m.exec(output("rustc", ["-vV"]))?.[1];
  // Only there when the toolchain's sources are installed; without them the standard library has this name already.
  const library = `${output("rustc", ["--print", "sysroot"]).trim()}/lib/rustlib/src/rust`;
  const paths = [[process.cwd(), "/interven"], [library, `/rustc/${commit}`], ...dependencies(target)];
  return paths.map(([from, to]) => `--remap-path-prefix=${from}=${to}`);
}

/** Sources of dependencies lie in folders that are named after the registry they came from. */
function dependencies(target) {
  const args = ["metadata", "--locked", "--format-version", "1", "--all-features", "--filter-platform", target];
  const { packages } = JSON.parse(output("cargo", args));
  const folders = packages.filter(({ source }) => source !== null).map((one) => dirname(dirname(one.manifest_path)));
  return [...new Set(folders)].map((folder) => [folder, "/deps"]);
}

function output(command, args) {
  return execFileSync(command, args, { encoding: "utf8", maxBuffer: 2 ** 28, stdio: ["ignore", "pipe", "pipe"] });
}
