// Hostile texts in every field that an agent controls: none runs, and none passes for another on the way to an approval.

import assert from "node:assert/strict";
import { go, inBrowser, openConsole } from "./console.mjs";
import { glance, HOSTS, LOOK_ALIKE, MARKUP } from "./payloads.mjs";

const ready = (page) =>
  page.waitForFunction(() => document.querySelector("#page h1") !== null && document.querySelector("#page .loading") === null);

/** Asks for a person, with one text wherever one can stand. */
const held = (scan, text, more = {}) =>
  scan({
    method: "POST",
    url: `https://held.example/${encodeURIComponent(text)}?q=${encodeURIComponent(text)}`,
    agent_id: text,
    headers: { "user-agent": text, [`x-${text}`]: text },
    body: { note: text, [text]: [text] },
    decision_floor: "REQUIRE_APPROVAL",
    ...more,
  });

inBrowser(`${MARKUP.length + LOOK_ALIKE.length} hostile texts in every field: no script runs, on no page`, async (t) => {
  const { page, gateway, upstream, complaints } = await openConsole(t, { gateway: { storeBodies: "redacted" } });
  assert.ok(MARKUP.length + LOOK_ALIKE.length >= 200);
  let hits = 0;
  await page.exposeFunction("hit", () => void hits++);
  await page.getByText("No calls yet").waitFor();
  const texts = [...MARKUP, ...LOOK_ALIKE.map(([text]) => text)];
  const approvals = [];
  for (const [index, text] of texts.entries()) {
    const answer = await held(gateway.scan, text);
    assert.equal(answer.status, 200, `${JSON.stringify(text)} ${answer.text}`);
    if (answer.json.approval_id) approvals.push(answer.json.approval_id);
    // What is no web address is kept as it is written; a tool is named by the agent.
    await gateway.scan({
      method: "<B>".replaceAll(/[<>]/g, "'"),
      url: `mcp://${text}`,
      body: text,
      agent_name: text,
      context: text,
      runtime_type: text,
    });
    if (index % 20 === 0)
      await gateway.proxy(`${upstream.url}/${encodeURIComponent(text)}`, {
        body: text,
        headers: { "user-agent": encodeURI(text) },
      });
    if (index % 10 === 0) await gateway.admin("POST", `/v1/agents/${encodeURIComponent(text)}/stop`, { note: text });
  }
  assert.ok(approvals.length > texts.length * 0.6, `${approvals.length} are held`);
  for (const [index, id] of approvals.slice(0, 30).entries())
    await gateway.admin("POST", `/v1/approvals/${id}/${index % 2 === 0 ? "approve" : "deny"}`, { note: texts[index] });
  for (const text of texts.slice(0, 20))
    await gateway.admin("POST", "/v1/keys", { agent_id: text, agent_name: text, description: text, scope: { tools: [text] } });

  const clean = async (name) => {
    const strange = await page.evaluate(() =>
      [...document.querySelectorAll("#page *, dialog *")]
        .filter(
          (node) =>
            /^(script|img|iframe|object|embed|link|style|base|meta|video|audio|template|math|marquee)$/i.test(node.localName) ||
            [...node.attributes].some(
              ({ name: attribute, value }) => attribute.startsWith("on") || /^\s*(javascript|data):/i.test(value),
            ),
        )
        .map((node) => node.outerHTML.slice(0, 200)),
    );
    assert.deepEqual(strange, [], name);
  };
  for (const name of ["decisions", "approvals", "agents", "keys", "audit"]) {
    await go(page, `#/${name}`);
    await ready(page);
    await clean(name);
  }
  for (const summary of await page.locator(".entries summary").all()) await summary.evaluate((node) => node.click());
  await clean("open entries");
  const { decisions } = (await gateway.admin("GET", "/v1/decisions?limit=1000")).json;
  for (const { trace_id: trace } of decisions.filter((_, index) => index % 15 === 0)) {
    await go(page, `#/decisions/${trace}`);
    await ready(page);
    await clean(trace);
  }
  // The address is written by whoever sends the link.
  for (const text of MARKUP.slice(0, 10)) {
    await go(page, `#/decisions?agent=${encodeURIComponent(text)}&tool=${encodeURIComponent(text)}`);
    await page.getByText("Nothing matches").or(page.locator(".decision")).first().waitFor();
    await clean(text);
    await go(page, `#/decisions/${encodeURIComponent(text)}`);
    await page.getByText("This could not be loaded").waitFor();
    await clean(text);
  }
  assert.equal(hits, 0);
  assert.deepEqual(
    complaints.filter((text) => !/status of (400|404)/.test(text)),
    [],
  );
});

/** Fields of a card that an agent fills, and what shows them. */
const FIELDS = { agent: ".who strong", header: "dl dd", body: ".body", host: ".line" };

inBrowser("what looks like another text does not on the way to an approval", async (t) => {
  const { page, gateway, complaints } = await openConsole(t);
  await page.getByText("No calls yet").waitFor();
  const ask = async (call) => {
    const answer = await gateway.scan({ method: "POST", decision_floor: "REQUIRE_APPROVAL", ...call });
    assert.ok(answer.json.approval_id, `${JSON.stringify(call)} ${answer.text.slice(0, 300)}`);
    return answer.json.approval_id;
  };
  const everywhere = (text, index) =>
    ask({ url: `https://held.example/${index}`, agent_id: text, headers: { "x-note": text }, body: { note: text } });
  const pairs = [];
  for (const [index, [odd, benign]] of LOOK_ALIKE.entries())
    pairs.push({
      fields: ["agent", "header", "body"],
      odd,
      ids: [await everywhere(odd, `${index}/odd`), await everywhere(benign, `${index}/benign`)],
    });
  for (const [odd, benign] of HOSTS)
    pairs.push({ fields: ["host"], odd, ids: [await ask({ url: `https://${odd}/` }), await ask({ url: `https://${benign}/` })] });
  await go(page, "#/approvals");
  await page.locator(".request").first().waitFor();
  await page.getByRole("button", { name: /^Show \d+ more of / }).click();
  const asked = pairs.flatMap(({ ids }) => ids).length;
  await page.waitForFunction((n) => document.querySelectorAll(".request").length === n, asked);
  const shown = await page.evaluate(
    (fields) =>
      Object.fromEntries(
        [...document.querySelectorAll(".request")].map((card) => [
          card.querySelector(".note input").id.slice("note-".length),
          {
            texts: Object.fromEntries(
              Object.entries(fields).map(([field, selector]) => [field, card.querySelector(selector)?.textContent]),
            ),
            warned: card.querySelector(".warning") !== null,
          },
        ]),
      ),
    FIELDS,
  );
  const failures = [];
  for (const { fields, odd, ids } of pairs) {
    const [strange, benign] = ids.map((id) => shown[id]);
    for (const field of fields)
      if (glance(strange.texts[field]) === glance(benign.texts[field]))
        failures.push(`${field} ${JSON.stringify(odd)} looks the same`);
    if (!strange.warned) failures.push(`nobody is warned of ${JSON.stringify(odd)}`);
    if (benign.warned) failures.push(`the benign twin of ${JSON.stringify(odd)} has a warning`);
  }
  assert.deepEqual(failures, []);
  assert.deepEqual(complaints, []);
});
