// The usual calls are read without a `Request`. A member that only a `Request` reads makes the same call unusual: both must be
// sent, or refused, in the same way.

import { equal } from "./assert.mjs";
import { LOCAL } from "./values.mjs";

const TARGET = "http://127.0.0.1:9/a b/%7e/../c?q=\u00e9#f";

const INPUTS = {
  text: TARGET,
  url: new URL(TARGET),
  "upper case": TARGET.toUpperCase(),
  "without slashes": "http:127.0.0.1:9/x",
  "with space": ` ${TARGET} `,
  "usual port": "https://127.0.0.1:443",
  credentials: TARGET.replace("//", "//user:word@"),
  relative: "/x",
  empty: "",
};

const METHODS = [
  undefined,
  null,
  "",
  "GET",
  "POST",
  "post",
  "PUT",
  "PATCH",
  "patch",
  "DELETE",
  "HEAD",
  "OPTIONS",
  "QUERY",
  "TRACE",
  5,
];

const HEADERS = {
  none: undefined,
  null: null,
  record: { "X-B": " 2 ", "x-a": "1", cookie: "a=b", accept: "*/*" },
  pairs: [
    ["x-a", "1"],
    ["X-A", "2"],
    ["set-cookie", "a=b"],
    ["set-cookie", "c=d"],
  ],
  headers: new Headers([
    ["x-a", "1"],
    ["x-a", "2"],
  ]),
  map: new Map([["x-a", "1"]]),
  "no pair": [["x-a", "1"], ["x-a"]],
  typed: { "Content-Type": "application/json" },
  host: { host: "127.0.0.1:9" },
  "other host": { host: "127.0.0.1:10" },
  "no name": { "x a": "1" },
  "no value": { "x-a": "\u0100" },
  text: "x-a: 1",
  number: 5,
  symbol: { "x-a": Symbol("s") },
  "symbol for a name": { "x-a": "1", [Symbol("s")]: "2" },
  "names in both cases": { "X-A": "1", "x-a": "2" },
  "typed, in both cases": { "Content-Type": "a/b", "content-type": "c/d" },
  "without a prototype": Object.assign(Object.create(null), { "x-b": "2", "x-a": "1" }),
  "of a class": Object.assign(Object.create({ "x-b": "2" }), { "x-a": "1" }),
  "not enumerable": Object.defineProperty({ "x-a": "1" }, "x-b", { value: "2" }),
  "nothing said": { "x-a": "", "x-b": undefined, "x-c": null, "x-d": 4 },
  "nothing, and no name": { "": "" },
  "odd names": JSON.parse('{ "__proto__": "1", "b|~": "2", "0": "3", "toString": "4", "constructor": "5" }'),
  "white space": { "x-a": "\t1 \t 2\r\n", "x-b": "1\t2" },
  "line break": { "x-a": "1\nx-b: 2" },
  "zero byte": { "x-a": "1\0" },
  "control character": { "x-a": "1\x7f2" },
  "beyond ASCII": { "x-a": "\u00e9" },
  "name beyond ASCII": { "x-\u00e9": "1" },
  "name with an upper case that is none": { "x-\u212a": "1" },
  many: Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`x-${(at * 7) % 50}`, String(at)])),
};

const bytes = new Uint8Array([0, 104, 105, 0]).subarray(1, 3);
const BODIES = {
  none: undefined,
  null: null,
  text: "hello \u00e9 \u{1f600} \ud800",
  empty: "",
  long: "x".repeat(2000),
  bytes,
  "no bytes": new Uint8Array(),
  buffer: bytes.slice().buffer,
  view: new DataView(bytes.slice().buffer),
  words: new Uint16Array([1, 2]),
  parameters: new URLSearchParams("a=b c"),
  number: 5,
  object: { a: 1 },
};

/** Made when they are needed: a Worker makes no signals before it is called. */
const more = () => ({
  none: {},
  follow: { redirect: "follow" },
  manual: { redirect: "manual" },
  odd: { redirect: "nowhere" },
  signal: { signal: new AbortController().signal },
  aborted: { signal: AbortSignal.abort(new Error("stop")) },
  "no signal": { signal: null },
  "odd signal": { signal: {} },
});

/** What would be sent, or what the refusal says. */
async function outcome(client, told, input, init) {
  told.length = 0;
  try {
    await client.fetch(input, init);
  } catch (error) {
    return `${error.code} ${error.message}`;
  }
  const [[url, { method, headers, body, redirect, signal, ...rest }]] = told;
  delete rest.duplex;
  const sent = body === null ? null : Array.from(body);
  return JSON.stringify([url, method, [...headers], sent, redirect, signal?.aborted, Object.keys(rest)]);
}

export default {
  "a usual call is read as any other": async ({ interven }) => {
    const told = [];
    const fetch = async (...call) => {
      told.push(call);
      return new Response("sent");
    };
    const client = new interven.IntervenClient({ ...LOCAL, allowPrivate: ["127.0.0.1"], maxBodyBytes: 1000, fetch });
    let calls = 0;
    const same = async (what, input, init) => {
      const unusual = await outcome(client, told, input, { ...init, duplex: "half" });
      equal(await outcome(client, told, input, init), unusual, what);
      // Nothing here waits for anything: without a pause no socket of the runtime would hear that its server has closed it.
      if (++calls % 20 === 0) await new Promise((resume) => setTimeout(resume));
    };
    for (const [name, input] of Object.entries(INPUTS)) {
      await same(`URL ${name}`, input, {});
      await same(`POST, URL ${name}`, input, { method: "POST", body: "x" });
    }
    for (const method of METHODS) {
      for (const [name, body] of Object.entries(BODIES)) await same(`${String(method)}, body ${name}`, TARGET, { method, body });
    }
    for (const [name, headers] of Object.entries(HEADERS)) {
      for (const [kind, body] of Object.entries(BODIES))
        await same(`headers ${name}, body ${kind}`, TARGET, { method: "POST", headers, body });
      await same(`GET, headers ${name}`, TARGET, { headers });
    }
    for (const [name, also] of Object.entries(more())) {
      await same(`GET, ${name}`, TARGET, also);
      for (const body of ["x", BODIES.long, new Uint8Array()]) {
        for (const headers of [{}, HEADERS["other host"]])
          await same(`POST, ${name}, ${body.length}`, TARGET, { method: "POST", headers, body, ...also });
      }
    }
  },

  "what a usual call says is read once, whatever it says the next time": async ({ interven }) => {
    const asked = [];
    const changing = (values) =>
      new Proxy(values, {
        get: (of, name) => {
          if (typeof name === "string") asked.push(name);
          return asked.filter((one) => one === name).length > 1 ? "changed" : of[name];
        },
      });
    const sent = [];
    const fetch = async (_url, init) => {
      sent.push([...init.headers]);
      return new Response("sent");
    };
    const client = new interven.IntervenClient({ ...LOCAL, fetch });
    for (const value of ["1", " 1 ", "\u00e9"]) {
      asked.length = 0;
      await client.fetch("https://api.example.com/", { headers: changing({ "x-a": value }) });
      equal(asked, ["x-a"]);
      equal(sent.pop(), [["x-a", value.trim()]]);
    }
  },

  "the bytes of a usual call are those that were given": async ({ interven }) => {
    const body = new Uint8Array([104, 105]);
    let sent;
    const fetch = async (_url, init) => {
      sent = [...init.body];
      return new Response("sent");
    };
    const client = new interven.IntervenClient({ ...LOCAL, fetch });
    const call = client.fetch("https://api.example.com/", { method: "POST", body });
    body.fill(0);
    await call;
    equal(sent, [104, 105]);
  },
};
