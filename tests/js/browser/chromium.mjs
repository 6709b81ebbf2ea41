// Finds Chromium, or installs it from Debian's packages where that can be done; every run has a new, empty profile.

import { existsSync } from "node:fs";
import { chromium } from "playwright-core";
import { installFromDebian } from "../../../scripts/debian.mjs";

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
  return await chromium.launch({ executablePath, args: FLAGS, timeout: 120_000 });
}

const find = () => PLACES.find((path) => path !== undefined && existsSync(path));

function install() {
  return installFromDebian("Chromium", ["chromium"]) ? find() : undefined;
}
