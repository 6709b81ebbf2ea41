import { equal, ok, throws } from "./assert.mjs";
import { awsKey, LOCAL } from "./values.mjs";

const url = "https://api.example.com/notes";

function nested(levels) {
  let value = 1;
  for (let level = 0; level < levels; level++) value = [value];
  return value;
}

function cycle() {
  const value = {};
  value.self = value;
  return value;
}

export default {
  "bodies that cannot be written are denied": async ({ interven }) => {
    const client = new interven.IntervenClient();
    const throwing = {
      get a() {
        throw new Error("no");
      },
    };
    for (const body of [cycle(), { n: 1n }, 1n, Symbol("s"), () => 1, throwing, nested(100_000)]) {
      const result = await client.scan({ url, body });
      equal(
        [result.decision, result.reasonCodes.includes("INVALID_REQUEST") || result.reasonCodes.includes("UNINSPECTABLE")],
        ["DENY", true],
        typeof body,
      );
    }
  },

  "100,000 levels of text are denied": async ({ interven }) => {
    const result = await new interven.IntervenClient().scan({ url, body: "[".repeat(100_000) });
    equal([result.decision, result.reasonCodes], ["DENY", ["UNINSPECTABLE"]]);
  },

  "10 MB are denied, in scan and in fetch": async ({ interven, server }) => {
    const client = new interven.IntervenClient(LOCAL);
    const body = "x".repeat(10_000_000);
    const result = await client.scan({ url, body });
    equal([result.decision, result.reasonCodes], ["DENY", ["PAYLOAD_TOO_LARGE"]]);
    const error = await throws(() => client.fetch(`${server}/echo`, { method: "POST", body }));
    ok(error instanceof interven.PayloadTooLargeError, String(error));
  },

  "a larger limit takes a larger body": async ({ interven, server }) => {
    const client = new interven.IntervenClient({ ...LOCAL, maxBodyBytes: 20_000_000 });
    const response = await client.fetch(`${server}/size`, { method: "POST", body: "x y ".repeat(2_500_000) });
    equal(await response.text(), "10000000");
  },

  "a lone surrogate hides nothing": async ({ interven }) => {
    const client = new interven.IntervenClient();
    equal((await client.scan({ url, body: { t: `\ud800${awsKey()}` } })).decision, "DENY");
    equal((await client.scan({ url, body: `\ud800 ${awsKey()}` })).decision, "DENY");
    equal((await client.scan({ url, body: { t: "\ud800 harmless" } })).decision, "ALLOW");
  },

  "a URL that is none is refused": async ({ interven }) => {
    const client = new interven.IntervenClient();
    for (const bad of ["", "not a url", "http://", "https://exa mple.com/"]) {
      const result = await client.scan({ url: bad, body: {} });
      equal([result.decision, result.reasonCodes], ["DENY", ["INVALID_REQUEST"]], bad);
    }
    const error = await throws(() => client.fetch("http://exa mple.com/"));
    equal(error.code, "ERR_INTERVEN_INVALID_REQUEST");
  },

  "keys of prototypes are only keys": async ({ interven }) => {
    const body = JSON.parse('{"__proto__":{"polluted":"536-22-8145"},"constructor":{"prototype":{"x":1}}}');
    const result = await new interven.IntervenClient().scan({ url, body });
    equal(result.decision, "SANITIZE");
    equal({}.polluted, undefined);
  },

  "thousands of scans leave the engine as it was": async ({ interven }) => {
    const engine = new interven.Engine();
    const body = new TextEncoder().encode("x".repeat(2_000));
    for (let n = 0; n < 3_000; n++) engine.scan({ method: "POST", url, headers: [], body });
    equal(engine.scan({ method: "POST", url, headers: [], body: new TextEncoder().encode(awsKey()) }).decision, "DENY");
  },
};
