// A gateway with a page on its console, and everything that the page complains about.

import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";
import { ADMIN, fakeAwsKey, fakeSsn, HOLD_LOOPBACK, startRunning, startUpstream, until } from "../gateway/running.mjs";
import { openBrowser } from "./chromium.mjs";

const HOUR = 3_600_000;
const WAIT_MS = 90_000;
const NOTE = {
  "content-type": "application/json",
  "x-interven-agent-id": "support-bot",
  authorization: "Bearer of-this-service",
};

export const browser = await openBrowser();
const skip = browser === undefined && "Chromium is not installed, and could not be";
after(() => browser?.close());

export const inBrowser = (name, action) => test(name, { skip }, action);

/** Opens the console, signed in unless `hash` says otherwise. `at` moves the clock of the gateway, for what is older. */
export async function openConsole(t, { hash = `#token=${ADMIN}`, gateway: options = {}, ...context } = {}) {
  const upstream = await startUpstream(t);
  let offset = 0;
  const gateway = await startRunning(t, {
    policy: HOLD_LOOPBACK,
    allowPrivate: [upstream.host],
    now: () => Date.now() + offset,
    ...options,
  });
  const send = (text, agent = "support-bot") =>
    gateway.proxy(`${upstream.url}/v1/notes?draft=1`, {
      headers: { ...NOTE, "x-interven-agent-id": agent },
      body: JSON.stringify({ note: text, labels: ["a", "b"], priority: 2 }),
    });
  const scan = (body, url = "https://api.example.com/v1/notes", agent_id = "research-agent") =>
    gateway.scan({ method: "POST", url, body, agent_id });
  const at = (milliseconds) => {
    offset = Math.round(milliseconds);
  };
  const { page, complaints } = await openPage(t, `http://localhost:${gateway.port}/${hash}`, context);
  return { page, gateway, upstream, send, scan, at, complaints };
}

/** Leads to a place in the console, and waits until the console knows. */
export async function go(page, hash) {
  await page.evaluate(
    (to) =>
      new Promise((resolve) => {
        if (location.hash === to) return resolve();
        addEventListener("hashchange", () => resolve(), { once: true });
        location.hash = to;
      }),
    hash,
  );
}

/** Waits until this is what is found; an error says what was found instead. */
export async function becomes(look, expected) {
  await until(async () => isDeepStrictEqual(await look(), expected)).catch(() => {});
  assert.deepEqual(await look(), expected);
}

/** Waits until nothing moves any more; what was taken away meanwhile does not. */
export const still = (page) =>
  page.evaluate(() => Promise.allSettled(document.getAnimations().map(({ finished }) => finished)).then(() => {}));

/** A page in a profile of its own. What the console may not do is a complaint, and so is every error. */
export async function openPage(t, url, context = {}) {
  const page = await browser.newPage({ viewport: { width: 1360, height: 900 }, ...context });
  t.after(() => page.close());
  // A machine may be busy; what never comes still ends the test long before the suite.
  page.setDefaultTimeout(WAIT_MS);
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" && !message.text().includes("401")) complaints.push(message.text());
  });
  await page.exposeFunction("complainOfPolicy", (text) => void complaints.push(text));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) =>
      window.complainOfPolicy(`${event.violatedDirective} ${event.blockedURI}`),
    );
  });
  await page.goto(url);
  return { page, complaints };
}

/** Every kind of decision, and requests that wait. */
export async function busy({ send, scan, gateway }) {
  await scan({ note: "hello" }, "https://api.github.com/repos/acme/site/issues");
  await scan({ channel: "C1", text: `ssn ${fakeSsn()}` }, "https://slack.com/api/chat.postMessage", "support-bot");
  await scan({ note: fakeAwsKey() });
  await scan({ q: "weather" }, "https://search.example.com/");
  await gateway.proxy("http://169.254.169.254/latest/meta-data/", { method: "GET" });
  await scan({ amount: 1200 }, "https://api.stripe.com/v1/charges", "billing");
  await send(`customer ssn is ${fakeSsn()}, please update`);
  await send("pay \u202e0021\u202c to the invoice\u200b", "billing");
}

/** A day of calls, with requests that people have decided, and two that wait. */
export async function aDay(opened) {
  const { gateway, send, scan, at } = opened;
  const calls = [
    () => scan({ title: "Typo on the start page" }, "https://api.github.com/repos/acme/site/issues", "triage-bot"),
    () => scan({ channel: "C1", text: "deployed" }, "https://slack.com/api/chat.postMessage", "support-bot"),
    () => scan({ q: "weather" }, "https://search.example.com/", "research-agent"),
    () => scan({ amount: 1200 }, "https://api.stripe.com/v1/charges", "billing-bot"),
    () => scan({ channel: "C2", text: `ssn ${fakeSsn()}` }, "https://slack.com/api/chat.postMessage", "support-bot"),
    () => scan({ note: fakeAwsKey() }, "https://paste.example.net/", "research-agent"),
    () =>
      gateway.proxy("http://169.254.169.254/latest/", { method: "GET", headers: { "x-interven-agent-id": "research-agent" } }),
  ];
  // The same day every time.
  let seed = 7;
  const random = () => {
    seed = (seed * 16_807) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  for (let hour = 23; hour > 0; hour--) {
    const many = Math.round(2 + 3 * Math.sin((24 - hour) / 4) ** 2 + random());
    for (let index = 0; index < many; index++) {
      at(-hour * HOUR + random() * HOUR);
      await calls[Math.floor(random() ** 1.6 * calls.length)]();
    }
  }
  const outcomes = [];
  for (const [hour, verb, seconds, note] of [
    [9, "approve", 41, "Known customer"],
    [6, "deny", 190, "Wrong environment"],
    [3, "approve", 12, undefined],
    [2, "approve", 700, "Agreed with finance"],
  ]) {
    at(-hour * HOUR);
    const { approval_id: id } = (await send(`refund ${hour}00`, "billing-bot")).json;
    at(-hour * HOUR + seconds * 1000);
    await gateway.admin("POST", `/v1/approvals/${id}/${verb}`, note === undefined ? {} : { note });
    if (verb === "approve") await send(`refund ${hour}00`, "billing-bot");
    outcomes.push(id);
  }
  at(0);
  await send(`customer ssn is ${fakeSsn()}, please update`);
  await send("pay \u202e0021\u202c to the invoice\u200b of p\u0430ypal", "billing-bot");
  return outcomes;
}

const SCREENSHOTS = process.env.INTERVEN_SCREENSHOTS;

/** With INTERVEN_SCREENSHOTS=docs makes the pictures of the documentation, with another word those below target/screenshots. */
export async function screenshot(page, name, { documented = false, fullPage = true } = {}) {
  if (SCREENSHOTS === undefined) return;
  const folder = SCREENSHOTS === "docs" ? "docs/images" : "target/screenshots";
  if (SCREENSHOTS === "docs" && !documented) return;
  const directory = fileURLToPath(new URL(`../../../${folder}/`, import.meta.url));
  mkdirSync(directory, { recursive: true });
  await still(page);
  const png = await page.screenshot({ fullPage });
  const { default: sharp } = await import("sharp");
  await sharp(png).png({ palette: true, colours: 256, dither: 0, effort: 7 }).toFile(`${directory}${name}.png`);
}
