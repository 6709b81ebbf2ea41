// Finds Chromium, or installs it from Debian's packages where that can be done; every run has a new, empty profile.

import { execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chromium } from "playwright-core";

const PLACES = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** A running browser, or `undefined` where there is none and none can be installed. */
export async function openBrowser() {
  const executablePath = find() ?? install();
  if (executablePath === undefined) return undefined;
  return await chromium.launch({ executablePath, args: FLAGS });
}

const find = () => PLACES.find((path) => path !== undefined && existsSync(path));

function install() {
  const debian = process.getuid?.() === 0 && spawnSync("apt-get", ["--version"], { stdio: "ignore" }).status === 0;
  if (!debian) return undefined;
  console.error("Installing Chromium from Debian's packages");
  try {
    execFileSync("apt-get", ["update", "-qq"], { stdio: ["ignore", "ignore", "inherit"] });
    execFileSync("apt-get", ["install", "-qq", "-y", "--no-install-recommends", "chromium"], {
      stdio: ["ignore", "ignore", "inherit"],
    });
  } catch {
    return undefined;
  }
  return find();
}
