import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { IntervenClient } from "../../../dist/index.js";
import {
  ADMIN,
  fakeAwsKey,
  fakeSsn,
  HOLD_LOOPBACK,
  startRunning,
  startUpstream,
  temporaryDirectory,
} from "../gateway/running.mjs";
import { openBrowser } from "./chromium.mjs";

const SCREENSHOTS = fileURLToPath(new URL("../../../target/screenshots/", import.meta.url));
const NOTE = {
  "content-type": "application/json",
  "x-interven-agent-id": "support-bot",
  authorization: "Bearer of-this-service",
};

mkdirSync(SCREENSHOTS, { recursive: true });
const browser = await openBrowser();
const skip = browser === undefined && "Chromium is not installed, and could not be";
after(() => browser?.close());

const inBrowser = (name, action) => test(name, { skip }, action);

/** A gateway, a page on its console, and everything that the page complains about. */
async function openConsole(t, { hash = `#token=${ADMIN}`, ...context } = {}) {
  const upstream = await startUpstream(t);
  const gateway = await startRunning(t, { policy: HOLD_LOOPBACK, allowPrivate: [upstream.host] });
  const page = await browser.newPage({ viewport: { width: 1180, height: 900 }, ...context });
  t.after(() => page.close());
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" && !message.text().includes("401")) complaints.push(message.text());
  });
  await page.goto(`http://localhost:${gateway.port}/${hash}`);
  const send = (text, agent = "support-bot") =>
    gateway.proxy(`${upstream.url}/v1/notes?draft=1`, {
      headers: { ...NOTE, "x-interven-agent-id": agent },
      body: JSON.stringify({ note: text, labels: ["a", "b"], priority: 2 }),
    });
  const scan = (body, url = "https://api.example.com/v1/notes", agent_id = "research-agent") =>
    gateway.scan({ method: "POST", url, body, agent_id });
  return { page, gateway, upstream, send, scan, complaints };
}

const screenshot = (page, name) => page.screenshot({ path: `${SCREENSHOTS}${name}.png`, fullPage: true });

/** Every kind of decision, and requests that wait. */
async function busy({ send, scan, gateway }) {
  await scan({ note: "hello" }, "https://api.github.com/repos/acme/site/issues");
  await scan({ channel: "C1", text: `ssn ${fakeSsn()}` }, "https://slack.com/api/chat.postMessage", "support-bot");
  await scan({ note: fakeAwsKey() });
  await scan({ q: "weather" }, "https://search.example.com/");
  await gateway.proxy("http://169.254.169.254/latest/meta-data/", { method: "GET" });
  await scan({ amount: 1200 }, "https://api.stripe.com/v1/charges", "billing");
  await send(`customer ssn is ${fakeSsn()}, please update`);
  await send("pay \u202e0021\u202c to the invoice\u200b", "billing");
}

inBrowser("signing in: wrong credential, right one, signing out", async (t) => {
  const { page, gateway, complaints } = await openConsole(t, { hash: "" });
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  await screenshot(page, "sign-in");
  await page.getByLabel("Administrator credential").fill("not-the-credential");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByText("The gateway does not take this credential.").waitFor();
  await page.getByLabel("Administrator credential").fill(ADMIN);
  await page.keyboard.press("Enter");
  await page.getByText("No calls yet").waitFor();
  await page.getByText("Live").waitFor();
  await screenshot(page, "empty");
  assert.match(
    await page.locator("#sample").textContent(),
    /^curl -sS http:\/\/localhost:\d+\/proxy\/https:\/\/api\.example\.com\/notes/,
  );
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  await page.reload();
  assert.equal(await page.evaluate(() => sessionStorage.length), 0);
  assert.equal((await page.context().cookies()).length, 0);
  assert.equal(gateway.log.length > 0, true);
  assert.deepEqual(complaints, []);
});

inBrowser("a credential in the address is taken out of it at once", async (t) => {
  const { page, gateway } = await openConsole(t);
  await page.getByText("No calls yet").waitFor();
  assert.equal(page.url(), `http://localhost:${gateway.port}/`);
});

inBrowser("decisions arrive live, are counted and filtered", async (t) => {
  const opened = await openConsole(t);
  const { page, scan, complaints } = opened;
  await page.getByText("No calls yet").waitFor();
  await scan({ note: fakeAwsKey() });
  await page.locator(".decision").first().waitFor();
  await busy(opened);
  await page.waitForFunction(() => document.querySelectorAll(".decision").length === 9);
  const counts = await page.locator("#counts button").allTextContents();
  assert.deepEqual(
    counts.map((text) => /^(\d+)(\w+)$/.exec(text).slice(1)),
    [
      ["3", "Allowed"],
      ["1", "Redacted"],
      ["2", "Held"],
      ["3", "Denied"],
    ],
  );
  await page.getByRole("button", { name: /Denied/ }).click();
  assert.equal(await page.locator(".decision:visible").count(), 3);
  await page.locator(".decision:visible summary").first().click();
  await page.getByText("PRIVATE_ADDRESS").first().waitFor();
  await page.getByRole("button", { name: /Denied/ }).click();
  assert.equal(await page.locator(".decision:visible").count(), 9);
  assert.deepEqual(complaints, []);
});

inBrowser("a person sees exactly what will be sent, approves, and it goes through once", async (t) => {
  const { page, gateway, upstream, send, complaints } = await openConsole(t);
  await page.getByText("No calls yet").waitFor();
  const held = await send(`customer ssn is ${fakeSsn()}`);
  assert.equal(held.status, 202);
  const card = page.locator(".request");
  await card.waitFor();
  const shown = await card.textContent();
  for (const text of [
    "POST",
    `${upstream.url}/v1/notes?draft=1`,
    "support-bot",
    "application/json",
    "NEW_DESTINATION",
    held.json.reason_codes[0],
  ]) {
    assert.ok(shown.includes(text), text);
  }
  assert.match(shown, /expires in 5\d:\d\d|expires in 1:00:00/);
  assert.ok(!shown.includes(fakeSsn()) && !shown.includes("of-this-service"));
  const body = await card.locator(".body").textContent();
  await card.getByRole("button", { name: "Formatted" }).click();
  assert.ok((await card.locator(".body").textContent()).split("\n").length > 5);
  await card.getByRole("button", { name: "Exact" }).click();
  await card.getByLabel("Note (optional)").fill("checked with the customer");
  await card.getByRole("button", { name: "Approve" }).click();
  await page.getByText("goes through once").waitFor();
  await page.getByText("Nothing is waiting.").waitFor();
  assert.equal((await send(`customer ssn is ${fakeSsn()}`)).status, 200);
  assert.deepEqual(
    upstream.received.map((one) => one.body),
    [body],
  );
  assert.equal((await send(`customer ssn is ${fakeSsn()}`)).status, 202);
  const { approvals } = (await gateway.admin("GET", "/v1/approvals?status=executed")).json;
  assert.deepEqual(
    approvals.map((one) => one.note),
    ["checked with the customer"],
  );
  assert.deepEqual(complaints, []);
});

inBrowser("denying by keyboard; the link of an approval leads to it", async (t) => {
  const { page, gateway, upstream, send, complaints } = await openConsole(t, { hash: "" });
  const first = (await send("first")).json;
  const second = (await send("second")).json;
  assert.equal(first.approval_url, `http://localhost:${gateway.port}/#approval=${first.approval_id}`);
  await page.goto(second.approval_url);
  await page.getByLabel("Administrator credential").fill(ADMIN);
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement?.classList.contains("request"));
  assert.ok((await page.evaluate(() => document.activeElement.textContent)).includes("second"));
  await page.keyboard.press("k");
  assert.ok((await page.evaluate(() => document.activeElement.textContent)).includes("first"));
  await page.keyboard.press("j");
  await page.keyboard.press("d");
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Deny");
  assert.equal((await gateway.admin("GET", "/v1/approvals?status=pending")).json.approvals.length, 2, "one key decides nothing");
  await page.keyboard.press("Enter");
  await page.getByText("stays denied").waitFor();
  assert.equal((await send("second")).status, 403);
  await page.keyboard.press("a");
  await page.keyboard.press("Enter");
  await page.getByText("goes through once").waitFor();
  assert.equal((await send("first")).status, 200);
  assert.equal(upstream.received.length, 1);
  assert.deepEqual(complaints, []);
});

inBrowser("what agents write is shown as text, hidden characters included", async (t) => {
  const { page, send, scan, complaints } = await openConsole(t);
  await page.getByText("No calls yet").waitFor();
  const markup = "<img src=x onerror=window.hit=1><script>window.hit=1</script>";
  await send(`${markup}\u202egnp.exe\u200b`, `agent ${markup}`);
  await scan({ note: markup }, `https://api.example.com/${encodeURIComponent(markup)}`, `${markup}\u2066`);
  const card = page.locator(".request");
  await card.waitFor();
  await page.waitForFunction(() => document.querySelectorAll(".decision").length === 2);
  const body = await card.locator(".body").textContent();
  assert.ok(body.includes(markup));
  assert.ok(body.includes("‹U+202E›") && body.includes("‹U+200B›"));
  assert.ok((await card.textContent()).includes("2 characters of this request would not show"));
  assert.equal(await page.evaluate(() => window.hit), undefined);
  assert.equal(await page.locator("main img, main script").count(), 0);
  assert.deepEqual(complaints, []);
});

inBrowser("a console that loses its gateway catches up when it is back", async (t) => {
  const dataDir = temporaryDirectory(t);
  const first = await startRunning(t, { dataDir });
  const page = await browser.newPage();
  t.after(() => page.close());
  await page.goto(`http://localhost:${first.port}/#token=${ADMIN}`);
  await page.getByText("No calls yet").waitFor();
  await first.close();
  await page.getByText("Reconnecting").waitFor();
  const second = await startRunning(t, { dataDir, port: first.port });
  await second.scan({ method: "POST", url: "https://api.example.com/", body: { note: "hello" } });
  await page.getByText("Live").waitFor();
  await page.locator(".decision").waitFor();
});

for (const [name, options] of [
  ["light", { colorScheme: "light" }],
  ["dark", { colorScheme: "dark" }],
  ["phone", { viewport: { width: 390, height: 844 }, colorScheme: "light", deviceScaleFactor: 2 }],
  ["phone-dark", { viewport: { width: 390, height: 844 }, colorScheme: "dark", deviceScaleFactor: 2 }],
]) {
  inBrowser(`the busy console, ${name}`, async (t) => {
    const opened = await openConsole(t, options);
    await opened.page.getByText("No calls yet").waitFor();
    await busy(opened);
    await opened.page.waitForFunction(() => document.querySelectorAll(".decision").length === 8);
    assert.equal(
      await opened.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth),
      true,
      "no sideways scrolling",
    );
    await opened.page.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finished)));
    await screenshot(opened.page, `busy-${name}`);
    assert.deepEqual(opened.complaints, []);
  });
}

inBrowser("a body is changed, shown anew, approved, and sent so", async (t) => {
  const { page, gateway, upstream, complaints } = await openConsole(t);
  const client = new IntervenClient({ allowPrivate: [upstream.host], gatewayUrl: gateway.base, agentId: "billing" });
  const mail = ["jo.doe", "corp-mail.com"].join("@");
  const headers = { "content-type": "application/json" };
  const sent = client.fetch(`${upstream.url}/pay`, { method: "POST", headers, body: JSON.stringify({ to: mail, amount: 500 }) });
  const card = page.locator("article");
  await card.getByText("Change the body").click();
  await card.getByLabel("Body. Placeholders").fill('{"to":"[EMAIL:1]","amount":');
  await card.getByRole("button", { name: "Save the body" }).click();
  await page.getByText("must be the text of JSON").waitFor();
  await card.getByLabel("Body. Placeholders").fill('{"to":"[EMAIL:1]","amount":5}');
  await card.getByRole("button", { name: "Approve" }).click();
  await page.getByText("changed and not saved").waitFor();
  assert.equal(upstream.received.length, 0);
  await screenshot(page, "edit");
  await card.getByRole("button", { name: "Save the body" }).click();
  await card.getByText("it was changed").waitFor();
  assert.match(await card.locator("pre.body").textContent(), /"amount":5\}/);
  await card.getByRole("button", { name: "Approve" }).click();
  assert.equal((await sent).status, 200);
  assert.equal(upstream.received[0].body, `{"to":"${mail}","amount":5}`);
  assert.deepEqual(
    complaints.filter((text) => !text.includes("400")),
    [],
  );
});
