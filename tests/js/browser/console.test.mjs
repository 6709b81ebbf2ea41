import assert from "node:assert/strict";
import { IntervenClient } from "../../../dist/index.js";
import { ADMIN, fakeAwsKey, fakeSsn, freePort, startRunning, temporaryDirectory } from "../gateway/running.mjs";
import { becomes, busy, go, inBrowser, openConsole, openPage, screenshot } from "./console.mjs";

const rows = (page) => page.locator(".decision");
const rowCount = (page, count) => page.waitForFunction((n) => document.querySelectorAll(".decision").length === n, count);

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
  await page.getByText("Live", { exact: true }).waitFor();
  await screenshot(page, "empty");
  assert.match(
    await page.locator(".sample").textContent(),
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

inBrowser("decisions arrive live, are counted and filtered, and the filters stand in the address", async (t) => {
  const opened = await openConsole(t);
  const { page, scan, complaints } = opened;
  await page.getByText("No calls yet").waitFor();
  await scan({ note: fakeAwsKey() });
  await rows(page).first().waitFor();
  await busy(opened);
  await rowCount(page, 9);
  await becomes(() => page.locator(".counts button").allTextContents(), ["Allowed3", "Redacted1", "Held2", "Denied3"]);
  await page.getByRole("button", { name: /Denied/ }).click();
  await rowCount(page, 3);
  assert.ok(page.url().endsWith("#/decisions?decision=DENY"));
  await page.getByLabel("Agent", { exact: true }).fill("research-agent");
  await page.keyboard.press("Enter");
  await rowCount(page, 2);
  // What does not fit the filters does not come live either.
  await scan({ note: "hello" });
  await scan({ note: fakeAwsKey() });
  await rowCount(page, 3);
  await page.reload();
  await rowCount(page, 3);
  assert.equal(await page.getByLabel("Agent", { exact: true }).inputValue(), "research-agent");
  await page.goBack();
  await rowCount(page, 4);
  await page.getByRole("button", { name: "Clear filters" }).click();
  await rowCount(page, 11);
  await page.getByLabel("Trace id").fill("nonsense");
  await page.keyboard.press("Enter");
  assert.equal(await page.getByLabel("Trace id").evaluate((node) => node.validationMessage !== ""), true);
  await go(page, "#/decisions?tool=slack");
  await rowCount(page, 1);
  await go(page, "#/decisions?tool=nothing");
  await page.getByText("Nothing matches").waitFor();
  assert.deepEqual(complaints, []);
});

inBrowser("long lists come in pages", async (t) => {
  const { page, scan, complaints } = await openConsole(t);
  await page.getByText("No calls yet").waitFor();
  for (let index = 0; index < 130; index++) await scan({ note: "hello" });
  await rowCount(page, 130);
  await page.reload();
  await rowCount(page, 100);
  await page.getByRole("button", { name: "Show older ones" }).click();
  await page.getByText("130 shown, that is all").waitFor();
  assert.deepEqual(complaints, []);
});

inBrowser("a decision is opened: evidence, redacted body, and its way through approval to the use", async (t) => {
  const { page, gateway, send, complaints } = await openConsole(t, { gateway: { storeBodies: "redacted" } });
  await page.getByText("No calls yet").waitFor();
  const ssn = fakeSsn();
  const { approval_id: id } = (await send(`customer ssn is ${ssn}`)).json;
  await gateway.admin("POST", `/v1/approvals/${id}/approve`, { note: "checked" });
  await send(`customer ssn is ${ssn}`);
  await rowCount(page, 2);
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await page.getByText("Approved by a person").waitFor();
  await page.waitForFunction(() => document.title === "Decision · interven" && document.activeElement.tagName === "H1");
  const said = await page.locator(".timeline b").allTextContents();
  assert.deepEqual(
    new Set(said),
    new Set(["Approval requested", "Scanned: Held", "Approved by a person", "Approval used: the call was sent"]),
  );
  const text = await page.locator("#page").textContent();
  for (const part of ["us_ssn", "body at /note", "Risk ", "new_destination", "hold / loopback", "[US_SSN:1]", "“checked”"])
    assert.ok(text.includes(part), part);
  assert.match(await page.locator("pre.body").textContent(), /customer ssn is \[US_SSN:1\]/);
  assert.ok(!text.includes(ssn));
  await page.getByRole("link", { name: "Open the approval" }).click();
  await page.getByText("Approved and sent").first().waitFor();
  await page.goBack();
  await page.getByText("Approved by a person").waitFor();
  await page.goBack();
  await rowCount(page, 2);
  assert.deepEqual(complaints, []);
});

inBrowser("a person sees exactly what will be sent, approves, and it goes through once", async (t) => {
  const { page, gateway, upstream, send, complaints } = await openConsole(t);
  await page.getByText("No calls yet").waitFor();
  const held = await send(`customer ssn is ${fakeSsn()}`);
  assert.equal(held.status, 202);
  await page.waitForFunction(() => document.getElementById("announcements").textContent.includes("support-bot"));
  assert.equal(await page.title(), "(1) Decisions · interven");
  await page.getByRole("link", { name: "Approvals 1" }).click();
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
  await card.getByRole("button", { name: "Wait an hour longer" }).click();
  await card.getByText(/expires in 1:5\d:\d\d|expires in 2:00:00/).waitFor();
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
  await page.getByRole("row", { name: /Approved and sent.*checked with the customer/ }).waitFor();
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
  const focused = (text) =>
    page.waitForFunction(
      (part) => document.activeElement?.textContent.includes(part) && document.activeElement.classList.contains("request"),
      text,
    );
  await focused("second");
  const onDeny = () => page.waitForFunction(() => document.activeElement.textContent === "Deny");
  await page.keyboard.press("k");
  await focused("first");
  await page.keyboard.press("j");
  await focused("second");
  await page.keyboard.press("d");
  await onDeny();
  await page.keyboard.press("Enter");
  await page.getByRole("dialog", { name: "Deny this request?" }).waitFor();
  await page.keyboard.press("Escape");
  // The focus comes back.
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await onDeny();
  assert.equal((await gateway.admin("GET", "/v1/approvals?status=pending")).json.approvals.length, 2, "nothing is decided yet");
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").getByLabel("Note (optional)").fill("not this one");
  await page.keyboard.press("Enter");
  await page.getByText("Denied. The same request").waitFor();
  const denied = await send("second");
  assert.equal(denied.status, 403);
  assert.equal((await gateway.admin("GET", "/v1/approvals?status=denied")).json.approvals[0].note, "not this one");
  await focused("first");
  await page.keyboard.press("a");
  await page.keyboard.press("Enter");
  await page.getByText("goes through once").waitFor();
  assert.equal((await send("first")).status, 200);
  assert.equal(upstream.received.length, 1);
  await page.keyboard.press("?");
  await page.getByRole("dialog", { name: "Keyboard" }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await page.keyboard.press("g");
  await page.keyboard.press("k");
  await page.getByRole("heading", { name: "Keys", exact: true }).waitFor();
  assert.deepEqual(complaints, []);
});

inBrowser("a console that loses its gateway says so, and catches up when it is back", async (t) => {
  const dataDir = temporaryDirectory(t);
  const first = await startRunning(t, { dataDir, port: await freePort() });
  const { page } = await openPage(t, `http://localhost:${first.port}/#token=${ADMIN}`);
  await page.getByText("No calls yet").waitFor();
  await first.close();
  await page.getByText("The connection to the gateway is lost.").waitFor();
  await page.getByRole("link", { name: "Agents" }).click();
  await page.getByText("The gateway does not answer.").waitFor();
  await page.goBack();
  const second = await startRunning(t, { dataDir, port: first.port });
  await second.scan({ method: "POST", url: "https://api.example.com/", body: { note: "hello" } });
  await page.getByText("Live", { exact: true }).waitFor();
  await rows(page).waitFor();
});

inBrowser("a body is changed, shown anew, approved, and sent so", async (t) => {
  const { page, gateway, upstream, complaints } = await openConsole(t);
  await go(page, "#/approvals");
  const client = new IntervenClient({ allowPrivate: [upstream.host], gatewayUrl: gateway.base, agentId: "billing" });
  const mail = ["jo.doe", "corp-mail.com"].join("@");
  const headers = { "content-type": "application/json" };
  const sent = client.fetch(`${upstream.url}/pay`, { method: "POST", headers, body: JSON.stringify({ to: mail, amount: 500 }) });
  const card = page.locator("article");
  await card.waitFor();
  await page.keyboard.press("j");
  await page.keyboard.press("e");
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

inBrowser("an agent is stopped and goes on; a key is made, shown once, used and revoked", async (t) => {
  const { page, gateway, scan, send, complaints } = await openConsole(t);
  await page.getByText("No calls yet").waitFor();
  await scan({ note: "hello" });
  await send("waits", "research-agent");
  await go(page, "#/agents");
  await page.getByRole("button", { name: "Stop: research-agent" }).click();
  await page.getByRole("dialog").getByLabel("Note (optional)").fill("looping");
  await page.getByRole("button", { name: "Stop the agent" }).click();
  await page.getByRole("row", { name: /research-agent.*Stopped.*looping/ }).waitFor();
  assert.deepEqual((await scan({ note: "hello" })).json.reason_codes, ["AGENT_STOPPED"]);
  assert.equal((await gateway.admin("GET", "/v1/approvals?status=pending")).json.approvals.length, 0);
  await page.getByRole("button", { name: "Let it go on: research-agent" }).click();
  await page.getByRole("button", { name: "Let it go on", exact: true }).click();
  await page.getByRole("row", { name: /research-agent.*Active/ }).waitFor();
  assert.equal((await scan({ note: "hello" })).json.decision, "ALLOW");

  await go(page, "#/keys");
  await page.getByText("No keys yet").waitFor();
  await page.getByRole("button", { name: "New key" }).click();
  await page.getByLabel("For a short time and few calls").check();
  await page.getByLabel("Good for (seconds)").fill("60");
  await page.getByLabel("Calls", { exact: true }).fill("5");
  await page.getByLabel("Agent").fill("billing-bot");
  await page.getByLabel("Tools (optional)").fill("github, slack");
  await page.getByLabel("READ").check();
  await page.getByLabel("WRITE").check();
  await page.getByLabel("Addresses (optional)").fill("nonsense");
  await page.getByRole("button", { name: "Make the key" }).click();
  await page.getByText("ip_allowlist").waitFor();
  await page.getByLabel("Addresses (optional)").fill("127.0.0.0/8");
  await page.getByRole("button", { name: "Make the key" }).click();
  const key = await page.locator("#new-key").textContent();
  assert.match(key, /^iv_eph_/);
  await page.getByRole("button", { name: "I have copied it" }).click();
  await page.getByRole("row", { name: /billing-bot.*active.*github.*slack.*READ.*WRITE.*127\.0\.0\.0\/8.*0 of 5/ }).waitFor();
  assert.ok(!(await page.content()).includes(key), "it is shown this once");
  const call = { method: "POST", url: "https://api.github.com/repos/acme/site/issues", body: { title: "hello" } };
  assert.equal((await gateway.scan(call, key)).json.decision, "ALLOW");
  await page.getByRole("button", { name: "Revoke the key of billing-bot" }).click();
  await page.getByRole("button", { name: "Revoke the key", exact: true }).click();
  await page.getByRole("row", { name: /billing-bot.*revoked/ }).waitFor();
  assert.equal((await gateway.scan(call, key)).status, 401);
  assert.deepEqual(
    complaints.filter((text) => !text.includes("400")),
    [],
  );
});

inBrowser("the record is looked through, its head and its export are saved, a backup is made", async (t) => {
  const opened = await openConsole(t);
  const { page, gateway, complaints } = opened;
  await page.getByText("No calls yet").waitFor();
  await busy(opened);
  await go(page, "#/audit");
  await page.locator(".entries li").first().waitFor();
  await page.getByLabel("Kind of entry").selectOption("approval.requested");
  await page.waitForFunction(() => document.querySelectorAll(".entries li").length === 2);
  await page.locator(".entries summary").first().click();
  await page.getByText('"preview_sha256"').first().waitFor();
  const saved = async (name) => {
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name }).click()]);
    const parts = [];
    for await (const part of await download.createReadStream()) parts.push(part);
    return { name: download.suggestedFilename(), text: Buffer.concat(parts).toString() };
  };
  const head = await saved("Save the head");
  assert.equal(head.name, "head.json");
  assert.equal(JSON.parse(head.text).hash, (await gateway.admin("GET", "/v1/audit/head")).json.hash);
  await page.getByLabel("Format").selectOption("csv");
  const exported = await saved("Save as a file");
  assert.equal(exported.name, "interven-decisions.csv");
  assert.equal(exported.text.trim().split("\n").length, 9);
  await page.getByRole("button", { name: "Make a backup now" }).click();
  await page.getByText(/Written: backups\//).waitFor();
  assert.deepEqual(complaints, []);
});

inBrowser("a theme is chosen, kept, and leaves the system alone again", async (t) => {
  const { page, complaints } = await openConsole(t, { colorScheme: "light" });
  await page.getByText("No calls yet").waitFor();
  const background = () => page.evaluate(() => getComputedStyle(document.body.parentElement).backgroundColor);
  const light = await background();
  await page.getByRole("button", { name: "Dark theme" }).click();
  const dark = await background();
  assert.notEqual(dark, light);
  await page.reload();
  await page.getByText("No calls yet").waitFor();
  assert.equal(await background(), dark);
  await go(page, "#/settings");
  await page.getByLabel("As the system").check();
  assert.equal(await background(), light);
  assert.deepEqual(complaints, []);
});
