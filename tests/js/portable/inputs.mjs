// What the client is given: bodies, inputs and options of every kind, the wrong ones included.

import { equal, ok, throws } from "./assert.mjs";
import { awsKey, ssn } from "./values.mjs";

const url = "https://api.example.com/notes";
const bytesOf = (text) => new TextEncoder().encode(text);
const stream = (text) => new Blob([text]).stream();

function form(text) {
  const fields = new FormData();
  fields.set("field", text);
  return fields;
}

class Hidden {
  #text;
  constructor(text) {
    this.#text = text;
  }
  get text() {
    return this.#text;
  }
}

/** Bytes of a class that says they were others. `fetch` does not ask it. */
class Lying extends Uint8Array {
  get buffer() {
    return new ArrayBuffer(64);
  }
  get byteOffset() {
    return 0;
  }
  get byteLength() {
    return 4;
  }
  slice() {
    return new Uint8Array(4);
  }
}

/** Bodies whose content can be read. */
const READABLE = {
  parameters: (text) => new URLSearchParams({ text }),
  bytes: bytesOf,
  part: (text) => bytesOf(`xx${text}yy`).subarray(2, -2),
  buffer: (text) => bytesOf(text).buffer,
  view: (text) => new DataView(bytesOf(text).buffer),
  numbers: (text) => new Uint16Array(bytesOf(text.padEnd(40)).buffer),
  lying: (text) => new Lying(bytesOf(text)),
  plain: (text) => ({ a: [{ text }] }),
  bare: (text) => Object.assign(Object.create(null), { text }),
  speaking: (text) => ({ inner: { toJSON: () => ({ text }) } }),
};

/** Bodies whose content JSON would leave out. */
const OPAQUE = {
  form,
  blob: (text) => new Blob([text]),
  stream,
  map: (text) => new Map([["text", text]]),
  set: (text) => new Set([text]),
  instance: (text) => new Hidden(text),
  error: (text) => new Error(text),
  nested: (text) => ({ list: [new Map([["text", text]])] }),
  bytesInside: (text) => ({ data: bytesOf(text) }),
  pretender: (text) => ({ [Symbol.toStringTag]: "ArrayBuffer", inner: new Hidden(text) }),
};

/** What a constructor throws. */
function thrownBy(make) {
  try {
    make();
  } catch (error) {
    return error;
  }
}

export default {
  "scan reads a body, or denies it": async ({ interven }) => {
    const client = new interven.IntervenClient();
    for (const [kind, body] of Object.entries(READABLE)) {
      equal((await client.scan({ url, body: body("hello") })).decision, "ALLOW", kind);
      const result = await client.scan({ url, body: body(awsKey()) });
      equal([result.decision, result.reasonCodes], ["DENY", ["SECRET_DETECTED"]], kind);
    }
    for (const [kind, body] of Object.entries(OPAQUE)) {
      const result = await client.scan({ url, body: body("hello") });
      equal([result.decision, result.reasonCodes.includes("INVALID_REQUEST")], ["DENY", true], kind);
    }
  },

  "scan reads headers that come in pairs": async ({ interven }) => {
    const client = new interven.IntervenClient();
    const pairs = [["x-note", awsKey()]];
    for (const headers of [pairs, new Map(pairs), new Headers(pairs), Object.fromEntries(pairs), new Set(pairs)])
      equal((await client.scan({ url, headers })).decision, "DENY", headers.constructor.name);
  },

  "scan redacts forms and views": async ({ interven }) => {
    const client = new interven.IntervenClient();
    const parameters = (await client.scan({ url, body: new URLSearchParams({ ssn: ssn(), a: "b c" }) })).sanitizedBody;
    ok(parameters instanceof URLSearchParams, typeof parameters);
    equal([parameters.get("ssn"), parameters.get("a")], ["[US_SSN:1]", "b c"]);
    const view = (await client.scan({ url, body: new DataView(bytesOf(`ssn ${ssn()}`).buffer) })).sanitizedBody;
    equal(new TextDecoder().decode(view), "ssn [US_SSN:1]");
  },

  "scan denies what is no input": async ({ interven }) => {
    const client = new interven.IntervenClient();
    const failing = {
      get a() {
        throw new Error("no");
      },
    };
    for (const [name, input] of Object.entries({
      nothing: undefined,
      null: null,
      number: 5,
      text: url,
      empty: {},
      method: { url, method: 5 },
      agent: { url, agentId: 5 },
      signal: { url, signal: 5 },
      symbol: { url: Symbol("u") },
      bare: { url: Object.create(null) },
      "no headers": { url, headers: null },
      "headers that are text": { url, headers: "a: b" },
      "headers without pairs": { url, headers: [1] },
      "headers without values": { url, headers: [["a"]] },
      "headers that fail": { url, headers: failing },
      "a value without text": { url, headers: { a: Object.create(null) } },
    })) {
      const result = await client.scan(input);
      equal([result.decision, result.reasonCodes], ["DENY", ["INVALID_REQUEST"]], name);
    }
  },

  "an engine takes nothing but requests and contexts": async ({ interven }) => {
    const engine = new interven.Engine();
    const whole = { method: "POST", url, headers: [["x-a", "1"]], body: new Uint8Array() };
    equal(engine.scan(whole, { agentId: "a", grant: "b", claimed: ["PII"], floor: "DENY" }).decision, "DENY");
    const requests = [undefined, null, 5, {}, { ...whole, body: awsKey() }, { ...whole, body: undefined }];
    requests.push({ ...whole, method: 5 }, { ...whole, url: new URL(url) });
    for (const headers of [undefined, 5, {}, new Headers(), [["a"]], [["a", 1]], [["a", 1n]], ["ab"]])
      requests.push({ ...whole, headers });
    for (const [index, request] of requests.entries())
      ok(thrownBy(() => engine.scan(request)) instanceof interven.InvalidRequestError, `request ${index}`);
    const contexts = [
      null,
      5,
      { agentId: 5 },
      { grant: {} },
      { claimed: "PII" },
      { claimed: [5] },
      { floor: "deny" },
      { floor: null },
      { timeMs: "1" },
      { timeMs: Number.NaN },
    ];
    for (const [index, context] of contexts.entries())
      ok(thrownBy(() => engine.scan(whole, context)) instanceof interven.InvalidRequestError, `context ${index}`);
  },

  "what is no text does not end the scans that wait": async ({ interven }) => {
    let answer;
    const asked = new Promise((resolve) => (answer = resolve));
    let arrived;
    const arrival = new Promise((resolve) => (arrived = resolve));
    const fetch = (to) => {
      if (!String(to).startsWith("http://localhost:1/")) return Promise.resolve(new Response("sent"));
      arrived();
      return asked;
    };
    const client = new interven.IntervenClient({ gatewayUrl: "http://localhost:1", fetch });
    const waiting = client.fetch(url);
    await arrival;
    for (const text of [5, null, undefined, {}, Symbol("s")])
      for (const take of [(given) => client.redact(given), interven.redactText, interven.classifyAddress])
        ok(thrownBy(() => take(text)) instanceof interven.InvalidRequestError, typeof text);
    answer(new Response(JSON.stringify({ decision: "ALLOW", risk_score: 0, reason_codes: [] })));
    equal(await (await waiting).text(), "sent");
  },

  "options of the wrong kind are refused": async ({ interven }) => {
    const cyclic = {};
    cyclic.self = cyclic;
    const engine = [{ policy: null }, { policy: 5 }, { policy: cyclic }, { policy: new Map() }, { policySource: 5 }];
    engine.push({ maxBodyBytes: "1" }, { credentialHosts: "x" }, { credentialHosts: [null] }, { unknownHostCredentials: "no" });
    engine.push({ detectors: {} }, { detectors: [5] }, { allowlist: "x" }, { allowlist: null }, { redaction: [] });
    engine.push({ allowPrivate: "x" }, { allowPrivate: [5] }, { allowPrivate: ["http://localhost"] }, { organisation: [] });
    engine.push({ organisation: { domains: "x" } }, { organisation: { domain: [] } }, { organisation: { domains: ["com"] } });
    for (const own of [
      { id: "own", class: "PII", regex: /abc/ },
      { id: "own", class: "PII", literals: new Set(["abc"]) },
    ])
      engine.push({ detectors: [own] });
    for (const limit of [{ host: () => "a" }, { path: Symbol("p") }, { expiresAtMs: Number.NaN }, { expiresAtMs: new Date() }])
      engine.push({ allowlist: [{ reason: "r", rule: "email", ...limit }] });
    const client = [{ fetch: 5 }, { onPending: 5 }, { agentId: 5 }, { agentName: {} }, { env: 5 }, { gatewayUrl: 5 }];
    client.push({ apiKey: 5 }, { apiKey: "" }, { apiKey: "a\nb" }, { apiKey: "caf\u00e9" });
    for (const options of [null, 5, [], { unheard: 1 }, ...engine]) {
      equal(thrownBy(() => new interven.Engine(options))?.code, "ERR_INTERVEN_CONFIGURATION", "engine");
      equal(thrownBy(() => new interven.IntervenClient(options))?.code, "ERR_INTERVEN_CONFIGURATION", "client");
    }
    for (const options of client)
      equal(thrownBy(() => new interven.IntervenClient(options))?.code, "ERR_INTERVEN_CONFIGURATION", JSON.stringify(options));
    const key = awsKey();
    for (const options of [{ apiKey: `${key}\n` }, { gatewayUrl: `https://user:${key}@ho st/` }]) {
      const error = thrownBy(() => new interven.IntervenClient(options));
      ok(!`${error.stack}${error.cause}`.includes(key), "the value is in the error");
    }
    ok((await throws(() => new interven.IntervenClient({ policy: "{" }))) instanceof interven.PolicyError, "not a PolicyError");
  },
};
