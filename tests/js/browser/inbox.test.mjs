// What people do with requests that wait, beside deciding one.

import assert from "node:assert/strict";
import { fakeSsn } from "../gateway/running.mjs";
import { go, inBrowser, openConsole, screenshot } from "./console.mjs";

const cards = (page) => page.locator("#inbox .request");
const waiting = (page, count) => page.waitForFunction((n) => document.querySelectorAll("#inbox .request").length === n, count);

inBrowser("several of little risk are approved and denied together; what is risky has no box", async (t) => {
  const { page, gateway, upstream, send, scan, complaints } = await openConsole(t);
  await go(page, "#/approvals");
  await page.getByText("Nothing is waiting.").waitFor();
  for (const text of ["one", "two", "three", "four"]) await send(text);
  await waiting(page, 4);
  const pending = (await gateway.admin("GET", "/v1/approvals?status=pending")).json.approvals;
  const boxes = page.getByRole("checkbox", { name: /Choose POST 127\.0\.0\.1/ });
  assert.deepEqual(
    pending.filter(({ report }) => !["LOW", "MEDIUM"].includes(report.risk_band)),
    [],
  );
  assert.equal(await boxes.count(), 4);
  const approve = page.getByRole("button", { name: "Approve them" });
  assert.equal(await approve.isDisabled(), true);
  await boxes.nth(0).check();
  await boxes.nth(1).check();
  await page.getByText("2 chosen").waitFor();
  await screenshot(page, "batch");
  await approve.click();
  const dialog = page.getByRole("dialog", { name: "Approve 2 requests?" });
  await dialog.getByLabel("Note (optional)").fill("the usual");
  await dialog.getByRole("button", { name: "Approve all of these" }).click();
  await page.getByText("2 requests approved.").waitFor();
  await waiting(page, 2);
  assert.equal((await send("one")).status, 200);
  assert.equal((await send("three")).status, 202);
  assert.equal(upstream.received.length, 1);

  await page.getByRole("button", { name: "Choose 2 of low or medium risk" }).click();
  await page.getByRole("button", { name: "Deny them" }).click();
  await page.getByLabel("Reason (optional)").selectOption("not_expected");
  // What is decided meanwhile is not decided again, nor passed over in silence.
  const { approval_id: third } = (await send("three")).json;
  await gateway.admin("POST", `/v1/approvals/${third}/approve`, {});
  await waiting(page, 1);
  await page.getByRole("button", { name: "Deny all of these" }).click();
  await page.getByText("One of them was decided or changed meanwhile.").waitFor();
  await page.keyboard.press("Escape");
  await send("five");
  await waiting(page, 2);
  await page.getByRole("button", { name: "Choose 2 of low or medium risk" }).click();
  await page.getByRole("button", { name: "Deny them" }).click();
  await page.getByLabel("Reason (optional)").selectOption("not_expected");
  await page.getByRole("button", { name: "Deny all of these" }).click();
  await page.getByText("2 requests denied.").waitFor();
  await page
    .getByRole("row", { name: /Denied.*Not expected/ })
    .first()
    .waitFor();
  const denied = (await gateway.admin("GET", "/v1/approvals?status=denied")).json.approvals;
  assert.deepEqual(
    denied.map(({ reason }) => reason),
    ["not_expected", "not_expected"],
  );

  const risky = { method: "POST", url: "https://api.stripe.com/v1/charges", decision_floor: "REQUIRE_APPROVAL" };
  for (const text of [1, 2]) await scan(`ssn ${fakeSsn()} card ${text}`, "https://paste.example.net/x");
  await gateway.scan({ ...risky, agent_id: "a", body: { note: fakeSsn(), amount: 9_000_000 } });
  await page.waitForFunction(() => document.querySelectorAll("#inbox .request").length > 0);
  const left = (await gateway.admin("GET", "/v1/approvals?status=pending")).json.approvals;
  const small = left.filter(({ report }) => ["LOW", "MEDIUM"].includes(report.risk_band)).length;
  await waiting(page, left.length);
  assert.equal(await page.locator("#inbox .choice").count(), small);
  assert.ok(small < left.length, "one of them is risky");
  assert.deepEqual(complaints, []);
});

inBrowser("a request is put aside, does not count, comes back; a longer wait keeps what was written", async (t) => {
  const { page, gateway, send, complaints } = await openConsole(t);
  await go(page, "#/approvals");
  await send("first");
  await send("second");
  await waiting(page, 2);
  const first = cards(page).first();
  await first.getByLabel("Note (optional)").fill("asked finance");
  await first.getByRole("button", { name: "Wait an hour longer" }).click();
  await first.getByText(/expires in (1:5\d|2:00):/).waitFor();
  assert.equal(await first.getByLabel("Note (optional)").inputValue(), "asked finance");
  await first.getByRole("button", { name: "Put aside" }).click();
  await page.getByLabel("For", { exact: true }).selectOption("3600");
  await page.getByRole("button", { name: "Put it aside" }).click();
  await waiting(page, 1);
  await page.waitForFunction(() => document.title.startsWith("(1)"));
  const aside = page.getByText("Put aside (1)");
  await aside.click();
  const kept = page.locator(".aside .request");
  assert.equal(await kept.getByLabel("Note (optional)").inputValue(), "asked finance");
  await screenshot(page, "aside");
  await page.reload();
  await aside.click();
  await kept.getByRole("button", { name: /^Take back/ }).click();
  await waiting(page, 2);
  // What is put aside is back by itself when its time has come.
  await page.clock.install();
  const [{ approval_id: id }] = (await gateway.admin("GET", "/v1/approvals?status=pending")).json.approvals;
  await gateway.admin("POST", `/v1/approvals/${id}/defer`, { seconds: 1800 });
  await waiting(page, 1);
  await page.clock.fastForward(1_900_000);
  await waiting(page, 2);
  assert.deepEqual(complaints, []);
});

inBrowser("what was approved and not used is taken back", async (t) => {
  const { page, gateway, send, complaints } = await openConsole(t);
  await go(page, "#/approvals");
  const { approval_id: id } = (await send("first")).json;
  await waiting(page, 1);
  await cards(page).getByRole("button", { name: "Approve" }).click();
  const grants = page.getByRole("region", { name: "Approved, not used yet" });
  await grants.getByRole("button", { name: /^Take back/ }).click();
  await page.getByRole("dialog").getByLabel("Note (optional)").fill("too early");
  await screenshot(page, "revoke-grant");
  await page.getByRole("button", { name: "Take it back" }).click();
  await page.getByText("The approval is taken back.").waitFor();
  await grants.waitFor({ state: "hidden" });
  await page.getByRole("row", { name: /Denied.*too early/ }).waitFor();
  assert.equal((await send("first")).status, 403);
  assert.equal((await gateway.admin("GET", "/v1/grants")).json.grants.length, 0);
  assert.ok((await gateway.admin("GET", "/v1/approvals?status=denied")).json.approvals[0].approval_id === id);
  assert.deepEqual(complaints, []);
});

inBrowser("more approvals than the gateway lists at once", async (t) => {
  const { page, gateway, send, complaints } = await openConsole(t);
  const { approval_id: oldest } = (await send("the oldest")).json;
  await gateway.admin("POST", `/v1/approvals/${oldest}/deny`, { note: "the very first" });
  const ids = [];
  for (let index = 0; index < 205; index++) ids.push((await send(`text ${index}`)).json.approval_id);
  await go(page, "#/approvals");
  await waiting(page, 200);
  await page.waitForFunction(() => document.title.startsWith("(205)"));
  await page.getByRole("button", { name: "Show 5 more of 205" }).click();
  await waiting(page, 205);
  await go(page, `#/approvals/${oldest}`);
  await page.getByText("the very first").first().waitFor();
  for (let at = 0; at < ids.length; at += 100)
    await gateway.admin("POST", "/v1/approvals/batch", { ids: ids.slice(at, at + 100), decision: "deny" });
  await page.getByText("Nothing is waiting.").waitFor();
  await page.reload();
  await page.getByRole("button", { name: "Show older ones" }).click();
  await page.waitForFunction(() => document.querySelectorAll("#page tbody tr").length === 206);
  assert.deepEqual(complaints, []);
});
