import { test } from "node:test";
import { chromium } from "playwright-core";
import { createRequire } from "node:module";
import { mkdirSync } from "node:fs";
const { openBrowser } = await import("/work/wt/console/tests/js/browser/chromium.mjs");
const { startRunning, startUpstream, ADMIN, HOLD_LOOPBACK, fakeAwsKey, fakeSsn } = await import("/work/wt/console/tests/js/gateway/running.mjs");
const OUT = "/tmp/shots/"; mkdirSync(OUT, { recursive: true });
const only = process.env.ONLY?.split(",");
test("shots", async (t) => {
  const browser = await openBrowser();
  t.after(() => browser.close());
  const upstream = await startUpstream(t);
  const g = await startRunning(t, { policy: HOLD_LOOPBACK, allowPrivate: [upstream.host], storeBodies: "redacted" });
  const scan = (body, url = "https://api.example.com/v1/notes", agent_id = "research-agent") => g.scan({ method: "POST", url, body, agent_id });
  const send = (text, agent) => g.proxy(`${upstream.url}/v1/notes?draft=1`, { headers: { "content-type": "application/json", "x-interven-agent-id": agent ?? "support-bot" }, body: JSON.stringify({ note: text, labels: ["a", "b"], priority: 2 }) });
  for (let i = 0; i < 3; i++) {
    await scan({ note: "hello" }, "https://api.github.com/repos/acme/site/issues");
    await scan({ channel: "C1", text: `ssn ${fakeSsn()}` }, "https://slack.com/api/chat.postMessage", "support-bot");
    await scan({ note: fakeAwsKey() });
    await scan({ q: "weather" }, "https://search.example.com/");
    await g.proxy("http://169.254.169.254/latest/meta-data/", { method: "GET" });
    await scan({ amount: 1200 }, "https://api.stripe.com/v1/charges", "billing");
  }
  const a = (await send("first one")).json.approval_id; await g.admin("POST", `/v1/approvals/${a}/approve`, { note: "checked with the customer" }); await send("first one");
  const b = (await send("second one")).json.approval_id; await g.admin("POST", `/v1/approvals/${b}/deny`, {note: "not today"});
  await send(`customer ssn is ${fakeSsn()}, please update`);
  await send("pay \u202e0021\u202c to the invoice\u200b at p\u0430ypal", "billing");
  await g.post("/v1/keys", {}); 
  await g.admin("POST", "/v1/keys", { agent_id: "billing-bot", description: "invoices", scope: { tools: ["stripe"], verbs: ["READ"] }, ip_allowlist: ["10.0.0.0/8"] });
  await g.admin("POST", "/v1/keys/ephemeral", { agent_id: "research-agent" });
  const trace = (await g.admin("GET", "/v1/approvals?status=executed")).json.approvals[0].trace_id;
  const pages = { decisions: "#/decisions", trace: `#/decisions/${trace}`, approvals: "#/approvals", agents: "#/agents", keys: "#/keys", audit: "#/audit", settings: "#/settings", policies: "#/policies", tools: "#/tools" };
  for (const [mode, options] of Object.entries({ light: { viewport: { width: 1360, height: 900 }, colorScheme: "light" }, dark: { viewport: { width: 1360, height: 900 }, colorScheme: "dark" }, phone: { viewport: { width: 390, height: 844 }, colorScheme: "light" } })) {
    const page = await browser.newPage(options);
    page.on("console", (m) => m.type() === "error" && console.log(mode, m.text()));
    page.on("pageerror", (e) => console.log(mode, e.stack));
    await page.goto(`http://localhost:${g.port}/#token=${ADMIN}`);
    await page.locator("h1:visible").waitFor();
    for (const [name, hash] of Object.entries(pages)) {
      if (only && !only.includes(name) && !only.includes(mode)) continue;
      await page.evaluate((h) => { location.hash = h; }, hash);
      await page.waitForTimeout(500);
      await page.screenshot({ path: `${OUT}${name}-${mode}.png`, fullPage: true });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth && [...document.querySelectorAll("#page *")].filter((n) => n.getBoundingClientRect().right > innerWidth + 1).map((n) => n.tagName + "." + n.className).slice(0, 6));
      if (wide) console.log("WIDE", mode, name, wide);
    }
    await page.close();
  }
});
