// Signatures of the older protocol: HMAC-SHA-256 in the core, compared with the runtime's own, and the client that sends them.

import { equal, ok, throws } from "./assert.mjs";
import { awsKey, LOCAL, ssn } from "./values.mjs";

const bytes = (text) => new TextEncoder().encode(text);
const base64 = (given) => btoa(String.fromCharCode(...given));
const hex = (text) => base64(Uint8Array.from(text.match(/../g), (pair) => Number.parseInt(pair, 16)));

async function hmac(secret, body) {
  const key = await crypto.subtle.importKey("raw", bytes(secret), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return base64(new Uint8Array(await crypto.subtle.sign("HMAC", key, body)));
}

const NOW = Date.parse("2026-01-02T03:04:05.678Z");
const at = (ms) => new Date(NOW + ms).toISOString();

/** A check of one request, with a time that is believed as it stands. */
const check = (interven, more) =>
  interven.verifySignature({
    ...{ timestamp: at(0), nowMs: NOW, dangerouslyBelieveTimestamp: true, nonces: new interven.MemoryNonces() },
    ...more,
  });

const code = async (action) => (await throws(action)).code;
const AUTHENTICATION = "ERR_INTERVEN_AUTHENTICATION";
const REPLAY = "ERR_INTERVEN_REPLAY_REJECTED";

/** Test cases of RFC 4231 whose key is a text. */
const RFC_4231 = [
  ["\x0b".repeat(20), bytes("Hi There"), "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"],
  ["Jefe", bytes("what do ya want for nothing?"), "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"],
  [
    String.fromCharCode(...Array.from({ length: 25 }, (_, index) => index + 1)),
    new Uint8Array(50).fill(0xcd),
    "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b",
  ],
];

export default {
  "signatures are those of RFC 4231": async ({ interven }) => {
    for (const [secret, body, tag] of RFC_4231) {
      await check(interven, { secret, body, signature: hex(tag) });
      const other = hex(`${tag.slice(0, -2)}00`);
      equal(await code(() => check(interven, { secret, body, signature: other })), AUTHENTICATION);
    }
  },

  "signatures are those of the runtime's own HMAC": async ({ interven }) => {
    for (const length of [0, 1, 55, 56, 63, 64, 65, 119, 1_000, 70_000]) {
      const secret = "k".repeat(1 + (length % 130));
      const body = Uint8Array.from({ length }, (_, index) => (index * 7 + length) % 256);
      await check(interven, { secret, body, signature: await hmac(secret, body) });
      equal(
        await code(async () => check(interven, { secret: `${secret}x`, body, signature: await hmac(secret, body) })),
        AUTHENTICATION,
      );
    }
  },

  "what is no signature is refused, and never an error of another kind": async ({ interven }) => {
    const [secret, body] = ["a secret", bytes("{}")];
    const right = await hmac(secret, body);
    const wrong = [
      undefined,
      null,
      "",
      7,
      right.slice(0, -1),
      `${right} `,
      right.replace("=", ""),
      right.toLowerCase(),
      "=".repeat(44),
    ];
    for (let length = 0; length <= 128; length++) wrong.push(base64(new Uint8Array(length)));
    // The same bytes in a base64 that nobody writes.
    wrong.push(`${right.slice(0, -2)}${String.fromCharCode(right.charCodeAt(right.length - 2) + 1)}=`);
    for (const signature of wrong)
      equal(await code(() => check(interven, { secret, body, signature })), AUTHENTICATION, String(signature));
    await check(interven, { secret, body, signature: right });
  },

  "a signed request is accepted once, and only at its time": async ({ interven }) => {
    const secret = "a secret";
    const nonces = new interven.MemoryNonces();
    const signed = async (ms) => {
      const body = `{"a":1,"ts":"${at(ms)}"}`;
      return { secret, body, signature: await hmac(secret, bytes(body)), nonces, nowMs: NOW };
    };
    for (const ms of [0, -59_999, 59_999, -60_000, 60_000]) await interven.verifySignature(await signed(ms));
    for (const ms of [0, 59_999, -60_001, 60_001, -61_000, 61_000, 3_600_000, -3.2e11, 3.2e11])
      equal(await code(async () => interven.verifySignature(await signed(ms))), REPLAY, `${ms}`);
    // Another time beside the body changes nothing of that.
    const old = await signed(-61_000);
    equal(await code(() => interven.verifySignature({ ...old, timestamp: at(0), dangerouslyBelieveTimestamp: true })), REPLAY);
    // Of many at once one is accepted.
    const fresh = await signed(1);
    const results = await Promise.allSettled(Array.from({ length: 50 }, () => interven.verifySignature(fresh)));
    equal(results.filter(({ status }) => status === "fulfilled").length, 1);
  },

  "a time that is not signed is not believed": async ({ interven }) => {
    const [secret, nowMs] = ["a secret", NOW];
    for (const body of ["{}", "[]", "text", `{"ts":7}`, `{"ts":"${at(0).slice(0, -5)}Z"}`, `{"ts":"${at(0)}","ts":"${at(0)}"}`]) {
      const request = { secret, body, signature: await hmac(secret, bytes(body)), timestamp: at(0), nowMs };
      equal(await code(() => interven.verifySignature(request)), REPLAY, body);
    }
  },

  "a store of nonces that is full refuses": async ({ interven }) => {
    const nonces = new interven.MemoryNonces({ maxEntries: 2 });
    equal(
      [nonces.claim("a", 10, 0), nonces.claim("a", 10, 0), nonces.claim("b", 20, 0), nonces.claim("c", 30, 5)],
      [true, false, true, false],
    );
    equal([nonces.claim("c", 30, 10), nonces.claim("b", 30, 10)], [true, false]);
  },

  "AifClient signs the bytes that it sends": async ({ interven, server }) => {
    const agentSecret = "the secret of the agent";
    const client = new interven.AifClient({ gatewayUrl: `${server}/aif`, agentId: "agent-1", agentSecret });
    const answer = await client.invoke({
      toolName: "github",
      method: "put",
      urlPath: "/repos/o/r/x?y=z",
      body: { text: "caf\u00e9 \ud800 \u{1f600}" },
    });
    const { raw, headers } = answer.upstreamResponse;
    const body = Uint8Array.from(atob(raw), (character) => character.charCodeAt(0));
    equal(headers["x-aif-signature"], await hmac(agentSecret, body));
    await interven.verifySignature({ body, signature: headers["x-aif-signature"], secret: agentSecret, nonces: false });
    const said = JSON.parse(new TextDecoder().decode(body));
    equal(JSON.stringify(said), new TextDecoder().decode(body), "compact");
    equal([said.tool_name, said.upstream_request.method, said.upstream_request.url_path], ["github", "PUT", "/repos/o/r/x?y=z"]);
    ok(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(said.ts), said.ts);
  },

  "AifClient sends no secret to the gateway, and redacts personal data": async ({ interven, server }) => {
    const options = { ...LOCAL, gatewayUrl: `${server}/aif`, agentId: "agent-1", agentSecret: "the secret" };
    const client = new interven.AifClient(options);
    const call = { toolName: "slack", method: "POST", urlPath: "/api/chat.postMessage" };
    const error = await throws(() => client.invoke({ ...call, body: { text: awsKey() } }));
    ok(error instanceof interven.PolicyDeniedError && error instanceof interven.IntervenBlockedError, String(error));
    equal([error.code, error.reasonCodes], ["ERR_INTERVEN_POLICY_DENIED", ["SECRET_DETECTED"]]);
    const answer = await client.invoke({ ...call, body: { text: "hello", ssn: ssn() } });
    equal(JSON.parse(atob(answer.upstreamResponse.raw)).upstream_request.body, { text: "hello", ssn: "[US_SSN:1]" });
  },

  "AifMcpMiddleware answers a local DENY itself": async ({ interven }) => {
    const options = { gatewayUrl: "http://127.0.0.1:1", agentId: "agent-1", agentSecret: "the secret", maxRetries: 0 };
    const middleware = new interven.AifMcpMiddleware(options);
    const request = { jsonrpc: "2.0", id: 7, method: "tools/call", params: { name: "send", arguments: { text: awsKey() } } };
    const answer = await middleware.intercept(request);
    equal([answer.id, answer.result.isError, middleware.isAllowed(answer)], [7, true, false]);
    ok(
      (await throws(() => middleware.intercept({ ...request, params: { name: "send" } }))) instanceof interven.GatewayError,
      "asked",
    );
  },
};
