// What a page shows is what the gateway knows, also of what happened while the page was reading.

import assert from "node:assert/strict";
import { EventEmitter, once } from "node:events";
import { go, inBrowser, openConsole } from "./console.mjs";

const decisionsShown = (page, count) => page.waitForFunction((n) => document.querySelectorAll(".decision").length === n, count);
const isWaiting = (page) => page.waitForFunction(() => document.title.startsWith("(1)"));
const isAllowed = (page, count) =>
  page.waitForFunction((n) => document.querySelector(".counts .ALLOW .number").textContent === String(n), count);
/** Further than any page waits before it reads again. */
const LONG_MS = 3_000_000;

/** Keeps the next answer to a path on its way. `asked` is resolved when the gateway has given it, `free` lets it go. */
async function keep(page, path) {
  const kept = new EventEmitter();
  const asked = once(kept, "asked");
  const freed = once(kept, "free");
  const answer = async (route) => {
    const response = await route.fetch();
    kept.emit("asked");
    await freed;
    await route.fulfill({ response });
  };
  await page.route((url) => url.pathname === path, answer, { times: 1 });
  return { asked, free: () => kept.emit("free") };
}

inBrowser("a decision that comes while the numbers are being read is counted", async (t) => {
  const { page, scan, complaints } = await openConsole(t);
  await page.getByText("No calls yet").waitFor();
  await isAllowed(page, 0);
  await page.clock.install();
  const reading = await keep(page, "/v1/statistics");
  await scan({ note: "one" });
  await decisionsShown(page, 1);
  await page.clock.fastForward(LONG_MS);
  await reading.asked;
  await scan({ note: "two" });
  await decisionsShown(page, 2);
  reading.free();
  await isAllowed(page, 1);
  await page.clock.fastForward(LONG_MS);
  await isAllowed(page, 2);
  assert.deepEqual(complaints, []);
});

inBrowser("the list of agents is read again once nobody is in it any more", async (t) => {
  const { page, scan, send, complaints } = await openConsole(t);
  await page.getByText("No calls yet").waitFor();
  await scan({ note: "one" });
  await decisionsShown(page, 1);
  await go(page, "#/agents");
  const link = page.getByRole("link", { name: "research-agent" });
  await link.focus();
  await page.clock.install();
  await scan({ note: "two" });
  // It comes after the decision: what the page says of it says that the decision is here too.
  await send("three");
  await isWaiting(page);
  await page.clock.fastForward(LONG_MS);
  await link.blur();
  await page.clock.fastForward(LONG_MS);
  const row = page.getByRole("row", { name: /research-agent/ });
  await row.getByRole("cell", { name: "2", exact: true }).waitFor();
  assert.deepEqual(complaints, []);
});

inBrowser("what becomes of a call while its page is being read is shown", async (t) => {
  const { page, gateway, send, complaints } = await openConsole(t);
  await page.getByText("No calls yet").waitFor();
  const { approval_id: id, trace_id: trace } = (await send("one")).json;
  await isWaiting(page);
  const reading = await keep(page, `/v1/traces/${trace}`);
  await go(page, `#/decisions/${trace}`);
  await reading.asked;
  await gateway.admin("POST", `/v1/approvals/${id}/approve`, {});
  await page.waitForFunction(() => !document.title.startsWith("(1)"));
  reading.free();
  await page.getByText("Approved by a person").waitFor();
  assert.deepEqual(complaints, []);
});

inBrowser("an approval that is decided while the decided ones are being read is among them", async (t) => {
  const { page, gateway, send, complaints } = await openConsole(t);
  await page.getByText("No calls yet").waitFor();
  const ids = [];
  for (const text of ["one", "two"]) ids.push((await send(text)).json.approval_id);
  await go(page, "#/approvals");
  await page.locator(".request").nth(1).waitFor();
  await page.getByText("Nothing here yet.").waitFor();
  const reading = await keep(page, "/v1/grants");
  await gateway.admin("POST", `/v1/approvals/${ids[0]}/approve`, {});
  await reading.asked;
  await gateway.admin("POST", `/v1/approvals/${ids[1]}/deny`, { note: "not this one" });
  await page.getByText("Nothing is waiting.").waitFor();
  reading.free();
  await page.getByRole("row", { name: /Denied.*not this one/ }).waitFor();
  await page.getByRole("button", { name: /^Take back/ }).waitFor();
  assert.deepEqual(complaints, []);
});
