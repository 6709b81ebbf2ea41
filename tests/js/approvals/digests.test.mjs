// What a gateway can make of the digest of a call that it does not see in full: nothing. The test plays such a gateway.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { test } from "node:test";
import { promisify } from "node:util";
import { Engine, IntervenClient, MemoryApprovalStore } from "../../../dist/index.js";
import { FakeClock, ScriptedGateway } from "../../../dist/testing/index.js";
import { digestOf } from "../faults/recorder.mjs";

const HOST = "api.example.com";
const URL_OF_CALL = `https://${HOST}/people`;
const SSN = ["536", "22", "8145"].join("-");
/** Expected at this host, so that it is sent; and personal data, so that the gateway does not see it. */
const ALLOWED = { allowlist: [{ reason: "expected in this test", host: HOST }] };
const call = (ssn = SSN) => [
  URL_OF_CALL,
  { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ ssn }) },
];
const TOKEN_KEY = "t".repeat(32);

function asked(own = {}) {
  const gateway = new ScriptedGateway({ otherwise: { decision: "REQUIRE_APPROVAL" } });
  const client = new IntervenClient({
    ...{ env: {}, gatewayUrl: gateway.url, fetch: gateway.fetch, clock: new FakeClock(), ...ALLOWED },
    ...own,
  });
  return { gateway, client };
}

/** Every last four digits, under what the gateway knows: the request that it was shown, and its own copy of the package. */
function guesses(scan) {
  const { policyVersion } = new Engine(ALLOWED);
  const found = [];
  for (let tail = 0; tail < 10_000; tail++) {
    const ssn = `${SSN.slice(0, -4)}${String(tail).padStart(4, "0")}`;
    const request = { method: "POST", url: URL_OF_CALL, headers: [["content-type", "application/json"]] };
    const body = Buffer.from(JSON.stringify(scan.body).replace(/\[US_SSN:1\]/, ssn));
    if (digestOf({ ...request, body }, ["content-type"], "anonymous", policyVersion) === scan.request_digest) found.push(ssn);
  }
  return found;
}

test("the last four digits of a hidden number cannot be tried out on the digest", async () => {
  // What it would be: the number is shown, and the digest is the plain one.
  const plain = asked({ disclose: "everything" });
  await plain.client.fetch(...call());
  assert.ok(JSON.stringify(plain.gateway.scans[0].body).includes(SSN));
  assert.deepEqual(guesses({ ...plain.gateway.scans[0], body: { ssn: "[US_SSN:1]" } }), [SSN]);
  for (const own of [{}, { tokenKey: TOKEN_KEY }, { apiKey: "k".repeat(40) }]) {
    const { gateway, client } = asked(own);
    await client.fetch(...call());
    const [scan] = gateway.scans;
    assert.deepEqual(scan.body, { ssn: "[US_SSN:1]" });
    assert.match(scan.request_digest, /^[0-9a-f]{64}$/);
    assert.deepEqual(guesses(scan), [], `found with ${Object.keys(own)}`);
    assert.equal(gateway.sent.length, 1);
    assert.deepEqual(JSON.parse(new TextDecoder().decode(gateway.sent[0].body)), { ssn: SSN });
  }
});

test("the key is none that the gateway knows, and the tokenKey makes it the same everywhere", async () => {
  const stated = async (own, ssn) => {
    const { gateway, client } = asked(own);
    await client.fetch(...call(ssn));
    return gateway.scans[0].request_digest;
  };
  const keyed = await stated({ tokenKey: TOKEN_KEY });
  assert.equal(await stated({ tokenKey: TOKEN_KEY, apiKey: "k".repeat(40) }), keyed);
  assert.notEqual(await stated({ tokenKey: "u".repeat(32) }), keyed);
  assert.notEqual(await stated({ tokenKey: TOKEN_KEY }, "536-22-8146"), keyed);
  // The same call in one process is the same call to the gateway, whatever client makes it.
  const own = await stated({ apiKey: "k".repeat(40) });
  assert.equal(await stated({}), own);
  const elsewhere = await inAnotherProcess(`console.log(JSON.stringify(await stated({ apiKey: "k".repeat(40) })))`);
  assert.notEqual(elsewhere, own, "made of the apiKey");
  // A tokenKey that the gateway has is none.
  assert.equal(await stated({ apiKey: TOKEN_KEY, tokenKey: TOKEN_KEY }), own);
  const shown = await stated({ disclose: "everything" });
  assert.equal(await stated({ disclose: "everything", tokenKey: TOKEN_KEY }), shown);
});

/** Runs code that may use `stated` and `client`, and gives the JSON that it prints. */
async function inAnotherProcess(code) {
  const library = (path) => JSON.stringify(new URL(`../../../dist/${path}`, import.meta.url).href);
  const program = `
    const { IntervenClient } = await import(${library("index.js")});
    const { FakeClock, ScriptedGateway } = await import(${library("testing/index.js")});
    const options = { env: {}, clock: new FakeClock(), ...${JSON.stringify(ALLOWED)} };
    const call = ${JSON.stringify(call())};
    const stated = async (own) => {
      const gateway = new ScriptedGateway();
      await new IntervenClient({ ...options, gatewayUrl: gateway.url, fetch: gateway.fetch, ...own }).fetch(...call);
      return gateway.scans[0].request_digest;
    };
    ${code}`;
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", program]);
  return JSON.parse(stdout);
}

for (const [name, own] of [
  ["with a tokenKey", { tokenKey: TOKEN_KEY }],
  ["with nothing but the key of the gateway: the token holds what the digest was keyed with, sealed", { apiKey: "k".repeat(40) }],
])
  test(`a call with a hidden number is taken up in another process ${name}`, async (t) => {
    const { gateway, client } = asked({ ...own, waitForApprovals: false });
    await gateway.listen();
    t.after(() => gateway.close());
    const options = { ...{ env: {}, gatewayUrl: gateway.url, clock: new FakeClock(), ...ALLOWED }, ...own };
    const asking = new IntervenClient({ ...options, waitForApprovals: false });
    const { pending } = await asking.fetch(...call()).catch((error) => error);
    const token = await pending.toToken();
    const claims = Buffer.from(token.split(".")[1], "base64url").toString();
    assert.equal(JSON.parse(claims).digest, gateway.scans[0].request_digest);
    assert.equal("digestKey" in JSON.parse(claims), own.tokenKey === undefined);
    const { gatewayUrl } = options;
    const taken = await inAnotherProcess(`
      const sent = [];
      const given = { ...options, ...${JSON.stringify({ ...own, gatewayUrl })} };
      const away = (input, init) => String(input).startsWith(given.gatewayUrl) ? fetch(input, init) : (sent.push(1), new Response());
      const client = new IntervenClient({ ...given, fetch: away });
      const other = [call[0], { ...call[1], body: JSON.stringify({ ssn: "536-22-8146" }) }];
      const refused = await client.resume(${JSON.stringify(token)}, ...other).catch((error) => error.code);
      // What it makes of the token is good as well.
      let again;
      const pauses = new IntervenClient({ ...given, fetch: away, onPending: async (pending) => { again = await pending.toToken(); throw new Error("enough"); } });
      await pauses.resume(${JSON.stringify(token)}, ...call).catch(() => {});
      const { status } = await client.resume(again ?? "none", ...call);
      console.log(JSON.stringify({ refused, status, sent: sent.length }));`);
    assert.deepEqual(taken, { refused: "ERR_INTERVEN_APPROVAL_DENIED", status: 200, sent: 1 });
    assert.equal(client instanceof IntervenClient, true);
  });

test("1000 mutants of an approved call with a hidden number are refused, and the call itself is sent", async () => {
  for (const store of [undefined, new MemoryApprovalStore()]) {
    const { gateway, client } = asked({ tokenKey: TOKEN_KEY, waitForApprovals: false, approvalStore: store });
    const body = { ssn: SSN, amount: 5, note: "a b" };
    const original = [
      `${URL_OF_CALL}?a=1`,
      { method: "POST", headers: { "content-type": "application/json", "x-mode": "1" }, body: JSON.stringify(body) },
    ];
    const { pending } = await client.fetch(...original).catch((error) => error);
    const token = await pending.toToken();
    let accepted = 0;
    for (let n = 0; n < 1000; n++) {
      const outcome = await client.resume(token, ...mutant(original, n)).then(
        () => "sent",
        ({ code }) => code,
      );
      if (outcome !== "ERR_INTERVEN_APPROVAL_DENIED") accepted += 1;
    }
    assert.equal(accepted, 0);
    assert.equal(gateway.sent.length, 0);
    assert.ok(!gateway.requests.some(({ path }) => path.endsWith("/consume")));
    assert.equal((await client.resume(token, ...original)).status, 200);
    assert.equal(gateway.sent.length, 1);
  }
});

/** The call with one thing changed: a byte of its body that is not of its form, a digit, a header, the URL, or the method. */
function mutant([url, init], n) {
  const kinds = [
    () => [`${url}${n}`, init],
    () => [url.replace("people", `people${n}`), init],
    () => [url, { ...init, headers: { ...init.headers, "x-mode": `m${n}` } }],
    () => [url, { ...init, headers: { ...init.headers, [`x-more-${n}`]: "1" } }],
    () => [url, { ...init, method: n % 2 ? "PUT" : "PATCH" }],
    () => [url, { ...init, body: init.body.replace('"amount":5', `"amount":${n + 6}`) }],
    () => [url, { ...init, body: init.body.replace("a b", `a b${n}`) }],
    () => [url, { ...init, body: init.body.replace(SSN, `536-22-${String((8146 + n) % 10_000).padStart(4, "0")}`) }],
    () => [url, { ...init, body: `${init.body}${" ".repeat(n + 1)}` }],
    () => [url, { ...init, headers: { ...init.headers, "content-type": `application/json; n=${n}` } }],
  ];
  return kinds[n % kinds.length]();
}
