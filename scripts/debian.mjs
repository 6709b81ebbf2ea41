// Installs what a suite or a benchmark needs from Debian's packages, where the command runs as root there.

import { spawnSync } from "node:child_process";

const LIMIT_MS = 10 * 60_000;

/** Whether the packages are installed now. Says what it does, as `title`; never asks anything. */
export function installFromDebian(title, packages) {
  if (process.getuid?.() !== 0 || !apt(["--version"], "ignore")) return false;
  console.error(`Installing ${title} from Debian's packages`);
  return apt(["update", "-qq"]) && apt(["install", "-qq", "-y", "--no-install-recommends", ...packages]);
}

function apt(args, stderr = "inherit") {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  return spawnSync("apt-get", args, { stdio: ["ignore", "ignore", stderr], env, timeout: LIMIT_MS }).status === 0;
}
