// interven/testing: the scripted gateway and the fake clock do what a user's tests rely on.

import { equal, ok, throws } from "./assert.mjs";
import { LOCAL, ssn } from "./values.mjs";

const url = "https://api.example.com/notes";
const post = { method: "POST", body: "hello" };

/** A gateway, and a client that asks it. */
function scripted(interven, options = {}, clock = new interven.testing.FakeClock()) {
  const gateway = new interven.testing.ScriptedGateway();
  const client = new interven.IntervenClient({ env: {}, gatewayUrl: gateway.url, fetch: gateway.fetch, clock, ...options });
  return { gateway, clock, client };
}

const held = (outcome, afterPolls) => ({ decision: "REQUIRE_APPROVAL", approval: { outcome, afterPolls } });

export default {
  "a scripted gateway decides as it is told, then as before": async ({ interven }) => {
    const { gateway, client } = scripted(interven);
    gateway.scan({ decision: "DENY", reasonCodes: ["ENOUGH"] }, { status: 200, body: "[]" });
    ok((await throws(() => client.fetch(url, post))).reasonCodes.includes("ENOUGH"), "not denied");
    equal((await throws(() => client.fetch(url, post))).code, "ERR_INTERVEN_GATEWAY");
    equal(gateway.sent.length, 0);
    equal((await client.fetch(url, post)).status, 200);
    const [{ method, url: to, body }] = gateway.sent;
    equal([method, to, new TextDecoder().decode(body)], ["POST", url, "hello"]);
    equal(
      gateway.requests.map(({ path }) => path),
      ["/v1/scan", "/v1/scan", "/v1/scan"],
    );
  },

  "a scripted approval ends as it is told, after as many questions": async ({ interven }) => {
    for (const [outcome, code] of [
      ["approved", undefined],
      ["denied", "ERR_INTERVEN_APPROVAL_DENIED"],
      ["expired", "ERR_INTERVEN_APPROVAL_EXPIRED"],
      ["pending", "ERR_INTERVEN_APPROVAL_TIMEOUT"],
    ]) {
      const { gateway, clock, client } = scripted(interven, { approvalTimeoutMs: 600_000 });
      gateway.scan(held(outcome, 3));
      const ended = await client.fetch(url, post).catch((error) => error);
      equal([ended.code, gateway.sent.length], [code, code === undefined ? 1 : 0], outcome);
      const polls = gateway.requests.filter(({ path }) => path.endsWith("/status")).length;
      ok(outcome === "pending" ? polls > 50 : polls === 4, `${outcome}: ${polls} polls`);
      ok(outcome === "approved" || ended instanceof interven.IntervenBlockedError, String(ended));
      ok(clock.now() >= 10_000 && clock.slept.length >= 4, `${outcome}: no time has passed`);
    }
  },

  "a scripted approval that was used already releases nothing": async ({ interven }) => {
    const { gateway, client } = scripted(interven);
    gateway.scan(held("executed"));
    ok((await throws(() => client.fetch(url, post))) instanceof interven.IntervenBlockedError, "not refused");
    equal(gateway.sent.length, 0);
  },

  "a scripted approval is for one call, once": async ({ interven }) => {
    const { gateway, client } = scripted(interven);
    gateway.scan(held("approved"));
    await client.fetch(url, post);
    const consume = gateway.requests.find(({ path }) => path.endsWith("/consume"));
    const use = async (body) => (await gateway.fetch(gateway.url + consume.path, { method: "POST", body })).status;
    // A repeat by who has used it is the same use; anybody else is too late.
    equal(await use(consume.body), 200);
    for (const holder of [undefined, "somebody-else-entirely"])
      equal(await use(JSON.stringify({ ...JSON.parse(consume.body), holder })), 409);
    gateway.scan(held("approved"));
    await client.scan({ url, body: "other" });
    const next = consume.path.replace("approval-1", "approval-2");
    equal((await gateway.fetch(gateway.url + next, { method: "POST", body: consume.body })).status, 409);
  },

  "scripted faults are refused, and open opens for those of the transport": async ({ interven }) => {
    const transport = ["refused", "reset", "hang", 503, 429, 408];
    const answers = ["redirect", "empty", "not-json", "unknown-decision", "wrong-id", 401, 404, 204, 201];
    for (const fault of [...transport, ...answers])
      for (const failMode of ["closed", "open"]) {
        const { gateway, client } = scripted(interven, { failMode, maxRetries: 0, timeoutMs: fault === "hang" ? 50 : 30_000 });
        gateway.scan(fault);
        const ended = await client.fetch(url, post).catch((error) => error);
        const opens = failMode === "open" && transport.includes(fault);
        equal([ended.status, gateway.sent.length], opens ? [200, 1] : [undefined, 0], `${fault}, ${failMode}`);
        ok(opens || interven.IntervenError.isInstance(ended), String(ended));
      }
    for (const [step, fault] of [
      ["poll", "wrong-id"],
      ["poll", "unknown-decision"],
      ["consume", "wrong-id"],
      ["consume", "not-json"],
    ]) {
      const { gateway, client } = scripted(interven, { failMode: "open" });
      gateway.scan(held("approved"))[step](fault);
      ok(interven.IntervenError.isInstance(await throws(() => client.fetch(url, post))), `${step} ${fault}`);
      equal(gateway.sent.length, 0, `${step} ${fault}`);
    }
  },

  "time stands still on a manual clock": async ({ interven }) => {
    const clock = new interven.testing.FakeClock({ manual: true });
    const { gateway, client } = scripted(interven, {}, clock);
    gateway.scan(held("approved", 1));
    const call = client.fetch(url, post);
    await clock.whenWaiting();
    const before = gateway.requests.length;
    await clock.advance(100);
    equal([gateway.requests.length, clock.now(), clock.waiting], [before, 100, 1]);
    await clock.advance(120_000);
    equal([(await call).status, clock.waiting], [200, 0]);
    const ending = new AbortController();
    const sleeping = clock.sleep(1_000, ending.signal);
    ending.abort();
    await sleeping;
    await clock.sleep(1_000, ending.signal);
    equal(clock.waiting, 0);
    ok((await throws(() => clock.advance(-1))) instanceof interven.ConfigurationError, "time went back");
  },

  "what a gateway was told is found in every writing": async ({ interven }) => {
    const { gateway, client } = scripted(interven);
    const [value, other] = ["opaque \u00e9 value/1", ssn()];
    const bytes = new TextEncoder().encode(value);
    const base64 = (lead) => btoa(lead + Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    const escaped = Array.from(value, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`).join("");
    const told = async (text) => gateway.fetch(`${gateway.url}/health?x`, { method: "POST", body: text });
    for (const [form, text] of [
      ["plain", `a ${value} b`],
      ["escaped", `"${escaped}"`],
      ["percent", encodeURIComponent(value)],
      ["percent", encodeURIComponent(encodeURIComponent(value))],
      ["hex", hex.toUpperCase()],
      ["base64", base64("")],
      ["base64", base64("a")],
      ["base64", base64("ab").replaceAll("+", "-").replaceAll("/", "_")],
    ]) {
      gateway.requests.length = 0;
      await told(text);
      equal(gateway.leaksOf(other, value), [{ index: 1, form, where: "POST /health body" }], `${form}: ${text}`);
    }
    gateway.requests.length = 0;
    await client.fetch(url, { method: "POST", headers: { "x-note": other }, body: `ssn ${other}` });
    equal([gateway.scans.length, gateway.leaksOf(other)], [1, []]);
    ok(!new TextDecoder().decode(gateway.sent[0].body).includes(other), "it was sent");
  },

  "a scripted gateway listens where there are sockets": async ({ interven, server }) => {
    const gateway = new interven.testing.ScriptedGateway();
    if (globalThis.process?.getBuiltinModule?.("node:http")?.createServer === undefined || globalThis.WebSocketPair) {
      if (globalThis.WebSocketPair === undefined) await throws(() => gateway.listen());
      return;
    }
    await gateway.listen();
    try {
      const asks = (options) =>
        new interven.IntervenClient({ ...LOCAL, env: {}, gatewayUrl: gateway.url, maxRetries: 0, ...options });
      equal(await (await asks().fetch(`${server}/echo`, post)).text(), "hello");
      equal([gateway.scans.length, gateway.sent.length], [1, 0]);
      for (const fault of ["refused", "reset", "hang", "redirect", "not-json", 503]) {
        gateway.scan(fault);
        const error = await throws(() => asks({ timeoutMs: fault === "hang" ? 300 : 30_000 }).fetch(`${server}/echo`, post));
        ok(error instanceof interven.GatewayError, `${fault}: ${error}`);
      }
    } finally {
      await gateway.close();
    }
  },

  "a clock is an object with two functions": async ({ interven }) => {
    for (const clock of [5, null, {}, { now: () => 0 }, { now: 0, sleep: async () => {} }]) {
      const error = await throws(() => new interven.IntervenClient({ env: {}, clock }));
      equal(error.code, "ERR_INTERVEN_CONFIGURATION", JSON.stringify(clock));
    }
  },
};
