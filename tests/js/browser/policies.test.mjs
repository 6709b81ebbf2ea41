import assert from "node:assert/strict";
import { Vault } from "../../../dist/gateway/index.js";
import { busy, go, inBrowser, openConsole, screenshot } from "./console.mjs";

const POLICY = `{
  "name": "payments",
  "rules": [
    { "rule_id": "stripe", "match": { "tools": ["stripe"] }, "action": "DENY" }
  ]
}
`;

inBrowser("a policy is written with completion, tried on recent calls, applied, compared and restored", async (t) => {
  const opened = await openConsole(t);
  const { page, scan, complaints } = opened;
  await page.getByText("No calls yet").waitFor();
  await busy(opened);
  await go(page, "#/policies/new");
  const text = page.getByLabel("Text of the policy");
  await text.waitFor();
  const apply = page.getByRole("button", { name: "Apply" });

  await text.fill('{\n  "name": "payments",\n  "rules": [\n    { "rule_id": "stripe", "match": { "to');
  await page.getByRole("button", { name: "tools", exact: true }).click();
  assert.match(await text.inputValue(), /"match": \{ "tools": $/);

  await text.fill(POLICY.replace('"action"', '"acton"'));
  await page.getByRole("button", { name: "Line 4" }).waitFor();
  await page.getByText("Did you mean").waitFor();
  await screenshot(page, "policy-problem");
  await page.getByRole("button", { name: "Line 4" }).click();
  assert.match(await text.evaluate((node) => node.value.slice(node.selectionStart, node.selectionEnd)), /acton/);
  assert.equal(await apply.isDisabled(), true);

  await text.fill(POLICY);
  await page.getByText("A policy that can be used, with 1 rule.").waitFor();
  assert.equal(await apply.isDisabled(), true, "nothing is applied that was not tried");
  await page.getByRole("button", { name: "Try on recent calls" }).click();
  await page.getByRole("row", { name: /Allowed.*Denied.*1.*payments \/ stripe/ }).waitFor();
  await screenshot(page, "policy-trial", { documented: true });
  await text.press("End");
  await text.press("Space");
  assert.equal(await apply.isDisabled(), true, "what was tried is another text now");
  await text.fill(POLICY);
  await apply.click();
  await page.getByText("Version 1 holds from the next call on.").waitFor();
  const charge = () => scan({ amount: 1200 }, "https://api.stripe.com/v1/charges", "billing");
  assert.equal((await charge()).json.decision, "DENY");

  await page.getByText("version 1, 1 rule").waitFor();
  await text.fill(POLICY.replace("DENY", "ALLOW"));
  await page.getByRole("button", { name: "Try on recent calls" }).click();
  await page.getByRole("region", { name: "Trial" }).waitFor();
  await apply.click();
  await page.getByText("version 2, 1 rule").waitFor();
  await page.getByRole("button", { name: "Compare version 1" }).click();
  await page.locator(".difference .removed").waitFor();
  assert.match(await page.locator(".difference .removed").textContent(), /DENY/);
  assert.match(await page.locator(".difference .added").textContent(), /ALLOW/);
  await screenshot(page, "policy-versions");
  await page.getByRole("button", { name: "Restore version 1" }).click();
  await page.getByRole("button", { name: "Restore it" }).click();
  await page.getByText("version 3, 1 rule").waitFor();
  assert.equal((await charge()).json.decision, "DENY");
  await page.getByRole("button", { name: "Take it back" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Take it back" }).click();
  await page.getByText("Taken back").waitFor();
  assert.equal((await charge()).json.decision, "ALLOW");
  await go(page, "#/policies");
  await page.getByRole("row", { name: /payments.*Taken back/ }).waitFor();
  assert.deepEqual(complaints, []);
});

inBrowser("a credential of a tool is set, replaced and removed, and never shown", async (t) => {
  const vault = await Vault.of(crypto.getRandomValues(new Uint8Array(32)));
  const { page, gateway, complaints } = await openConsole(t, { gateway: { vault } });
  await page.getByText("No calls yet").waitFor();
  await go(page, "#/tools");
  await page.getByText("No credential yet").waitFor();
  await page.getByLabel("Find a tool").fill("slack");
  await page.getByRole("button", { name: "Set the credential of slack" }).click();
  const secret = ["xo", "xb-", "7".repeat(24)].join("");
  await page.getByLabel("Credential", { exact: true }).fill("short");
  await page.getByRole("button", { name: "Set the credential", exact: true }).click();
  await page.getByText("must be a text of 8").waitFor();
  await page.getByLabel("Credential", { exact: true }).fill(secret);
  await page.getByRole("button", { name: "Set the credential", exact: true }).click();
  await page.getByRole("row", { name: /slack.*Set/ }).waitFor();
  assert.ok(!(await page.content()).includes(secret));
  assert.equal((await gateway.admin("GET", "/v1/credentials")).json.credentials.length, 1);
  await page.getByRole("button", { name: "Credential for another host" }).click();
  await page.getByLabel("Host", { exact: true }).fill("api.example.com");
  await page.getByLabel("Credential", { exact: true }).fill(secret);
  await page.getByRole("button", { name: "Set the credential", exact: true }).click();
  // Nothing behind a dialog takes keys.
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await page.getByLabel("Find a tool").fill("");
  await page.getByRole("row", { name: /http:api\.example\.com.*Set/ }).waitFor();
  await screenshot(page, "tools");
  await page.getByRole("button", { name: "Remove the credential of slack" }).click();
  await page.getByRole("button", { name: "Remove it" }).click();
  await page.getByRole("button", { name: "Set the credential of slack" }).waitFor();
  assert.equal((await gateway.admin("GET", "/v1/credentials")).json.credentials.length, 1);
  assert.deepEqual(
    complaints.filter((text) => !text.includes("400")),
    [],
  );
});
