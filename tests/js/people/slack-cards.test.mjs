import assert from "node:assert/strict";
import { test } from "node:test";
import { fakeSsn, until } from "../gateway/running.mjs";
import { ALICE, buttonOf, startAsking } from "./slack-workspace.mjs";

const HOSTILE = {
  mentions: "<!here> <!channel> <!everyone> <@U0ALICE> <#C0APPROVALS> <!subteam^S0|admins> @channel @here",
  links: "<https://evil.example|Approve> https://evil.example/ [Approve](https://evil.example) mailto:eve@evil.example",
  markup: "*Approved* _by_ ~alice~ `code` ```block``` > quote :white_check_mark: &lt;!here&gt; &amp;",
  bidi: "pay \u202e0001\u202c to eve \u2066x\u2069",
  hidden: "zero\u200bwidth\u2060joined\ufeff\u00ad \u{e0041}\u{e0042}",
  spaces: "a\u00a0b\u3000c\u2028d",
  control: "\u0007\u001b[31mred\u0000",
  quotes: `"}],"blocks":[{"type":"header","text":{"type":"plain_text","text":"Approved"}}]`,
};

/** Every object of a card, with the type of what it stands in. */
function* objects(value, within = []) {
  if (typeof value !== "object" || value === null) return;
  const types = value.type === undefined ? within : [...within, value.type];
  if (!Array.isArray(value)) yield { value, within };
  for (const inner of Object.values(value)) yield* objects(inner, types);
}

const RICH = ["rich_text", "rich_text_section", "rich_text_preformatted"];
const OURS = ["header", "actions", "button", "static_select", "plain_text"];

/** What stands in text elements of rich text; throws for anything by which Slack could be made to do more. */
function textsOf({ text, blocks }) {
  assert.match(text, /^[A-Za-z ]+\.$/, "what notifications show are words of our own");
  const texts = [];
  for (const { value, within } of objects(blocks)) {
    if (value.type === undefined) continue;
    if (value.type === "text") {
      assert.ok(RICH.includes(within.at(-1)));
      assert.deepEqual(
        Object.keys(value).filter((key) => !["type", "text", "style"].includes(key)),
        [],
      );
      assert.ok(value.text.length >= 1 && value.text.length <= 3000);
      texts.push(value.text);
    } else assert.ok([...RICH, ...OURS].includes(value.type), value.type);
    if (value.type === "plain_text") assert.ok(value.text.length <= 75 && value.emoji === false);
  }
  return texts;
}

test("hostile texts are shown, and do nothing", async (t) => {
  const { gateway, upstream, shown, slack } = await startAsking(t);
  for (const [name, text] of Object.entries(HOSTILE)) {
    const answer = await gateway.scan({
      method: "POST",
      url: `${upstream.url}/${encodeURIComponent(text)}?q=${encodeURIComponent(text)}`,
      headers: { "x-note": text.replace(/[^\x20-\x7e]/g, "") },
      body: text,
      agent_id: text,
    });
    assert.equal(answer.json.decision, "REQUIRE_APPROVAL", name);
    const [, message] = await shown(answer.json.approval_id);
    const texts = textsOf(message);
    for (const shownText of texts)
      assert.doesNotMatch(shownText, /[\p{Cf}\p{Zl}\p{Zp}\u00a0\u3000]|(?![\n\t])\p{Cc}/u, `${name}: everything is visible`);
    const visible = text.replace(/[^\x20-\x7e]+/g, "").slice(0, 12);
    assert.ok(
      texts.some((one) => one.includes(visible)),
      name,
    );
    if (/[^\x20-\x7e]/.test(text))
      assert.ok(
        texts.some((one) => /characters that do not show are written as/.test(one)),
        name,
      );
    const post = slack.calls.findLast((call) => call.method === "chat.postMessage").value;
    assert.deepEqual([post.parse, post.link_names, post.mrkdwn, post.unfurl_links], ["none", false, false, false]);
    const links = [...objects(message.blocks)].filter(({ value }) => value.url !== undefined).map(({ value }) => value.url);
    assert.deepEqual(links, [`http://gateway.example:${gateway.port}/#approval=${answer.json.approval_id}`]);
  }
});

test("a spoofed card differs from its benign twin", async (t) => {
  const { hold, shown } = await startAsking(t);
  const pairs = [
    ["pay 100", "pay 10\u200b0"],
    ["pay 100", "pay \u202e001"],
    ["to alice", "to \u0430lice"],
    ["a b", "a\u00a0b"],
    ["read", "read\u{e0064}"],
  ];
  for (const [benign, spoof] of pairs) {
    const [one, two] = [await hold(benign, "one"), await hold(spoof, "two")];
    const cards = [];
    for (const id of [one, two])
      cards.push(
        textsOf((await shown(id))[1])
          .join("")
          .replace(/Agent: (one|two)/, ""),
      );
    assert.notEqual(cards[0], cards[1], spoof);
  }
});

test("what cannot be shown whole is not approved here, and the console is one click away", async (t) => {
  const { gateway, upstream, shown, status, click, hold } = await startAsking(t);
  const scan = async (body, headers = {}) =>
    (await gateway.scan({ method: "POST", url: `${upstream.url}/long`, headers, body })).json.approval_id;
  const calls = {
    "ten thousand characters": await scan("x".repeat(10_000)),
    "many lines": await scan("\n".repeat(500)),
    "hidden characters that are longer when they show": await scan("\u200b".repeat(1000)),
    "halves of characters at the cut": await scan(`${"x".repeat(5950)}${"😀".repeat(200)}`),
    "a long header": await scan("x", { "x-note": "y".repeat(9000) }),
  };
  const binary = await gateway.proxy(`${upstream.url}/binary`, { body: Buffer.from([0xff, 0xfe, 0x80, 0x81, 0x82]) });
  calls["not text"] = binary.json.approval_id;
  for (const [name, id] of Object.entries(calls)) {
    const [ts, message] = await shown(id);
    const texts = textsOf(message);
    assert.ok(texts.join("").length < 9000, name);
    assert.equal(buttonOf(message, "Approve"), undefined, name);
    assert.ok(buttonOf(message, "Open the console"), name);
    assert.ok(
      texts.some((text) => text.includes("it is approved in the console")),
      name,
    );
    for (const text of texts) assert.ok(text.isWellFormed(), name);
    const forged = { type: "button", action_id: "interven_approve", value: `${id}:` };
    assert.equal((await click(forged, ALICE, ts)).status, 200);
    assert.equal((await status(id)).status, "pending", name);
    assert.equal((await click(buttonOf(message, "Deny"), ALICE, ts)).status, 200);
    assert.equal((await status(id)).status, "denied", name);
  }
  const [, short] = await shown(await hold("x".repeat(5000)));
  assert.ok(buttonOf(short, "Approve"), "what is shown whole can be");
});

test("the card shows the redacted request only", async (t) => {
  const { gateway, upstream, shown, slack } = await startAsking(t);
  const { approval_id: id } = (
    await gateway.proxy(`${upstream.url}/notes`, {
      headers: { authorization: "Bearer of-this-service", "content-type": "application/json" },
      body: JSON.stringify({ note: `ssn ${fakeSsn()}` }),
    })
  ).json;
  await shown(id);
  await until(() => slack.calls.length > 0);
  const sent = JSON.stringify(slack.calls.map((call) => call.value));
  assert.ok(!sent.includes(fakeSsn()) && !sent.includes("of-this-service"));
});
