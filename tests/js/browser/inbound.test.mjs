// Inbound routes and HMAC secrets.

import assert from "node:assert/strict";
import { Vault } from "../../../dist/gateway/index.js";
import { go, inBrowser, openConsole, screenshot } from "./console.mjs";

const vaultOf = () => Vault.of(crypto.getRandomValues(new Uint8Array(32)));

inBrowser("an inbound route is made, used and removed; what it adds is never shown", async (t) => {
  const { page, gateway, upstream, complaints } = await openConsole(t, { gateway: { vault: await vaultOf() } });
  await go(page, "#/inbound");
  await page.getByText("No routes yet").waitFor();
  const secret = ["route", "7".repeat(24)].join("-");
  await page.getByRole("button", { name: "New route" }).click();
  await page.getByLabel("Prefix", { exact: true }).fill("Not This");
  await page.getByLabel("Leads to").fill(upstream.url);
  await page.getByLabel("It is always the same").check();
  await page.getByLabel("Agent", { exact: true }).fill("billing-bot");
  await page.getByLabel("Headers to add (optional)").fill("no value");
  await page.getByRole("button", { name: "Make the route" }).click();
  await page.getByText("a name, a colon and a value").waitFor();
  await page.getByLabel("Headers to add (optional)").fill(`X-Service-Key: ${secret}\n`);
  await page.getByRole("button", { name: "Make the route" }).click();
  await page.getByText("must be 1 to 64 of a-z").waitFor();
  await screenshot(page, "new-route");
  await page.getByLabel("Prefix", { exact: true }).fill("billing");
  await page.getByRole("button", { name: "Make the route" }).click();
  await page.getByRole("row", { name: /\/inbound\/billing\/.*billing-bot.*this machine only.*x-service-key/ }).waitFor();
  await screenshot(page, "inbound");
  assert.ok(!(await page.content()).includes(secret));
  const held = await gateway.call("POST", "/inbound/billing/notes", { body: "x", headers: { "content-type": "text/plain" } });
  assert.equal(held.status, 202);
  assert.equal((await gateway.admin("GET", "/v1/approvals")).json.approvals[0].agent_id, "billing-bot");
  await page.getByRole("button", { name: "Remove the route billing" }).click();
  await page.getByRole("button", { name: "Remove it" }).click();
  await page.getByText("No routes yet").waitFor();
  assert.equal((await gateway.call("POST", "/inbound/billing/notes", { body: "x" })).status, 404);
  assert.deepEqual(
    complaints.filter((text) => !text.includes("400")),
    [],
  );
});

inBrowser("an HMAC secret is made, shown once and revoked, where the older protocol is on", async (t) => {
  const { page, gateway, complaints } = await openConsole(t, { gateway: { vault: await vaultOf(), legacyHmac: true } });
  await go(page, "#/keys");
  await page.getByRole("button", { name: "New secret" }).click();
  await page.getByLabel("Agent", { exact: true }).fill("billing bot");
  await page.getByRole("button", { name: "Make the secret" }).click();
  await page.getByText("must be 1 to 128").waitFor();
  await page.getByLabel("Agent", { exact: true }).fill("billing-bot");
  await page.getByRole("button", { name: "Make the secret" }).click();
  const secret = await page.locator("#new-key").textContent();
  assert.match(secret, /^iv_hmac_/);
  await page.getByRole("button", { name: "I have copied it" }).click();
  await page.getByRole("row", { name: /billing-bot.*active/ }).waitFor();
  await screenshot(page, "hmac");
  assert.ok(!(await page.content()).includes(secret));
  await page.getByRole("button", { name: "Revoke the secret of billing-bot" }).click();
  await page.getByRole("button", { name: "Revoke the secret", exact: true }).click();
  await page.getByRole("row", { name: /billing-bot.*revoked/ }).waitFor();
  assert.equal((await gateway.admin("GET", "/v1/hmac-secrets")).json.hmac_secrets[0].status, "revoked");
  const other = await openConsole(t);
  await go(other.page, "#/keys");
  await other.page.getByText("No keys yet").waitFor();
  assert.equal(await other.page.getByText("HMAC secrets").count(), 0);
  assert.deepEqual(
    complaints.filter((text) => !text.includes("400")),
    [],
  );
});
