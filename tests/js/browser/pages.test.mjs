// Every page, full and empty, light and dark, wide and on a phone: no complaint, nothing that axe finds, nothing to scroll sideways.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Vault } from "../../../dist/gateway/index.js";
import { ADMIN } from "../gateway/running.mjs";
import { aDay, go, inBrowser, openConsole, openPage, screenshot, still } from "./console.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const PAGES = ["decisions", "approvals", "agents", "keys", "policies", "tools", "inbound", "audit", "settings"];
const LOOKS = {
  light: { colorScheme: "light" },
  dark: { colorScheme: "dark" },
  phone: { colorScheme: "light", viewport: { width: 390, height: 844 } },
};

/** Runs axe in a world of its own, which the policy of the page does not reach. */
async function axe(page) {
  const session = await page.context().newCDPSession(page);
  const { frameTree } = await session.send("Page.getFrameTree");
  const { executionContextId: contextId } = await session.send("Page.createIsolatedWorld", {
    frameId: frameTree.frame.id,
    worldName: "axe",
  });
  const run = async (expression) => {
    const { result, exceptionDetails } = await session.send("Runtime.evaluate", {
      expression,
      contextId,
      awaitPromise: true,
      returnByValue: true,
    });
    assert.equal(exceptionDetails, undefined, JSON.stringify(exceptionDetails));
    return result.value;
  };
  if (!(await run("typeof axe === 'object'"))) await run(AXE);
  return JSON.parse(
    await run(`axe.run(document, { resultTypes: ["violations"] }).then(({ violations, passes }) => JSON.stringify({
      passes: passes.length,
      violations: violations.map(({ id, impact, nodes }) => ({ id, impact, where: nodes.map(({ target, any }) => target.join(" ") + " " + any.map((one) => one.message).join(";")).slice(0, 3) })),
    }))`),
  );
}

async function settled(page, hash) {
  await go(page, hash);
  await page.locator("#page h1").waitFor();
  await page.waitForFunction(
    () => document.querySelector("#page .loading") === null && document.querySelector("#page > *") !== null,
  );
}

async function check(page, name, serious) {
  await still(page);
  const { passes, violations } = await axe(page);
  assert.ok(passes > 10, `axe looked at ${name}`);
  for (const one of violations)
    if (one.impact === "serious" || one.impact === "critical") serious.push(`${name}: ${one.id} ${one.where.join(" | ")}`);
}

async function scrollsOneWay(page, name) {
  const [width, screen] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  assert.ok(width <= screen, `${name} scrolls sideways: ${width} > ${screen}`);
}

inBrowser("every page of a busy gateway, in each look", async (t) => {
  const vault = await Vault.of(crypto.getRandomValues(new Uint8Array(32)));
  const opened = await openConsole(t, { gateway: { storeBodies: "redacted", vault, legacyHmac: true } });
  const { gateway, complaints } = opened;
  const policy = await applyPolicy(opened);
  const [approval] = await aDay(opened);
  await furnish(opened);
  await gateway.admin("POST", "/v1/keys", {
    agent_id: "billing-bot",
    description: "invoices",
    scope: { tools: ["stripe"], verbs: ["READ"] },
  });
  await gateway.admin("POST", "/v1/keys/ephemeral", { agent_id: "triage-bot", ip_allowlist: ["10.0.0.0/8"] });
  await gateway.admin("POST", "/v1/agents/research-agent/stop", { note: "sends keys around" });
  const { approvals } = (await gateway.admin("GET", "/v1/approvals")).json;
  const { trace_id: trace } = approvals.find((one) => one.approval_id === approval);
  const { trace_id: found } = approvals.find((one) => one.status === "pending" && one.report.findings.length > 0);
  const addresses = {
    ...Object.fromEntries(PAGES.map((name) => [name, `#/${name}`])),
    trace: `#/decisions/${trace}`,
    found: `#/decisions/${found}`,
    past: `#/approvals/${approval}`,
    policy: `#/policies/${policy}`,
  };
  const serious = [];
  for (const [look, context] of Object.entries(LOOKS)) {
    const { page, complaints: own } = await openPage(t, `http://localhost:${gateway.port}/#token=${ADMIN}`, context);
    await page.locator("#page h1").waitFor();
    for (const [name, hash] of Object.entries(addresses)) {
      await settled(page, hash);
      // A phone shows the same in other places: there it is the approvals that matter.
      if (look !== "phone" || name === "approvals") await check(page, `${name} ${look}`, serious);
      await scrollsOneWay(page, `${name} ${look}`);
      await screenshot(page, `${name}-${look}`, { documented: DOCUMENTED.includes(`${name}-${look}`), fullPage: false });
    }
    assert.deepEqual(own, [], look);
    await page.close();
  }
  assert.deepEqual(serious, []);
  assert.deepEqual(complaints, []);
});

/** Approvals end with the policies that they were asked for under, so this comes first; answers its id. */
async function applyPolicy({ gateway }) {
  const rule = { rule_id: "pages-of-the-board", match: { tools: ["notion"], verbs: ["WRITE"] }, action: "REQUIRE_APPROVAL" };
  const policy = { name: "notes", rules: [rule] };
  const applied = await gateway.admin("POST", "/v1/policies/apply", { policy: JSON.stringify(policy, null, 2) });
  return applied.json.policy_id;
}

/** Something on each of the other pages. */
async function furnish({ gateway, upstream, send }) {
  const { approval_id: unused } = (await send("monthly report", "billing-bot")).json;
  await gateway.admin("POST", `/v1/approvals/${unused}/approve`, { note: "Once" });
  const { approval_id: aside } = (await send("change of address", "support-bot")).json;
  await gateway.admin("POST", `/v1/approvals/${aside}/defer`, { seconds: 1800 });
  const credential = ["made", "up", "7".repeat(16)].join("-");
  for (const tool of ["slack", "http:api.example.com"]) await gateway.admin("POST", `/v1/credentials/${tool}`, { credential });
  await gateway.admin("POST", "/v1/inbound-routes", {
    prefix: "billing",
    upstream_url: upstream.url,
    agent: { by: "fixed", agent_id: "billing-bot" },
    headers: { "x-service-key": credential },
  });
  await gateway.admin("POST", "/v1/agents/billing-bot/hmac-secret", {});
}

/** The pictures of the documentation. */
const DOCUMENTED = ["decisions-light", "decisions-dark", "found-light", "approvals-light", "approvals-phone"];

inBrowser("every page of an empty gateway, the dialogs and the sign-in", async (t) => {
  const serious = [];
  const { page, gateway, send, complaints } = await openConsole(t, { hash: "", colorScheme: "dark" });
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  await check(page, "sign-in", serious);
  await page.goto(`http://localhost:${gateway.port}/#token=${ADMIN}`);
  await page.locator("#page h1").waitFor();
  for (const name of PAGES) {
    await settled(page, `#/${name}`);
    await check(page, `empty ${name}`, serious);
    await scrollsOneWay(page, `empty ${name}`);
    await screenshot(page, `empty-${name}`);
  }
  await page.keyboard.press("?");
  await check(page, "help", serious);
  await page.keyboard.press("Escape");
  await settled(page, "#/keys");
  await page.getByRole("button", { name: "New key" }).click();
  await page.getByLabel("For a short time and few calls").check();
  await check(page, "new key", serious);
  await screenshot(page, "new-key");
  await page.keyboard.press("Escape");
  await settled(page, "#/inbound");
  await page.getByRole("button", { name: "New route" }).click();
  await page.getByLabel("A header names it").check();
  await check(page, "new route", serious);
  await page.keyboard.press("Escape");
  await settled(page, "#/approvals");
  for (const text of ["one", "two"]) await send(text);
  await page.locator(".request").nth(1).waitFor();
  for (const [button, name] of [
    ["Deny", "deny"],
    ["Put aside", "put aside"],
  ]) {
    await page.locator(".request").first().getByRole("button", { name: button }).click();
    await check(page, name, serious);
    await screenshot(page, name.replace(" ", "-"));
    await page.keyboard.press("Escape");
  }
  await page.getByRole("button", { name: "Choose 2 of low or medium risk" }).click();
  await check(page, "chosen", serious);
  await page.getByRole("button", { name: "Approve them" }).click();
  await check(page, "batch", serious);
  await screenshot(page, "batch-dialog");
  await page.keyboard.press("Escape");
  // What is no page leads to the decisions.
  await settled(page, "#/constructor");
  await page.getByRole("heading", { name: "Decisions", exact: true }).waitFor();
  assert.deepEqual(serious, []);
  assert.deepEqual(complaints, []);
});
