import { equal, ok, throws } from "./assert.mjs";
import { awsKey, LOCAL, ssn } from "./values.mjs";

/** What the server has received under an id. */
export async function received(server, id) {
  return await (await fetch(`${server}/__log?id=${id}`)).json();
}

const newId = () => crypto.randomUUID();

export default {
  "fetch sends exactly what was scanned": async ({ interven, server }) => {
    const client = new interven.IntervenClient(LOCAL);
    const id = newId();
    const body = JSON.stringify({ text: "caf\u00e9 \u{1f600}", list: [1, 2.5, null] });
    const response = await client.fetch(`${server}/echo?id=${id}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
    });
    equal([response.status, await response.text()], [200, body]);
    const [seen] = await received(server, id);
    equal([seen.method, seen.body], ["POST", body]);
  },

  "fetch throws on DENY and the network sees nothing": async ({ interven, server }) => {
    const client = new interven.IntervenClient(LOCAL);
    const id = newId();
    const key = awsKey();
    const error = await throws(() => client.fetch(`${server}/echo?id=${id}`, { method: "POST", body: key }));
    ok(error instanceof interven.IntervenBlockedError && interven.IntervenError.isInstance(error), String(error));
    equal([error.code, error.decision, error.reasonCodes], ["ERR_INTERVEN_BLOCKED", "DENY", ["SECRET_DETECTED"]]);
    ok(!`${error.message}${JSON.stringify(error)}`.includes(key), "the key is in the error");
    equal(await received(server, id), []);
  },

  "fetch to a private address is refused, and the error says what to set": async ({ interven, server }) => {
    const error = await throws(() => new interven.IntervenClient().fetch(`${server}/echo`));
    ok(error instanceof interven.IntervenBlockedError, String(error));
    ok(error.reasonCodes.includes("PRIVATE_DESTINATION") && error.message.includes("allowPrivate"), error.message);
  },

  "fetch sends the redacted body": async ({ interven, server }) => {
    const id = newId();
    const url = `${server}/echo?id=${id}`;
    const response = await new interven.IntervenClient(LOCAL).fetch(url, {
      method: "POST",
      body: new URLSearchParams({ ssn: ssn(), a: "b c" }),
    });
    equal(await response.text(), "ssn=%5BUS_SSN%3A1%5D&a=b+c");
  },

  "fetch takes every kind of body": async ({ interven, server }) => {
    const client = new interven.IntervenClient(LOCAL);
    const form = new FormData();
    form.set("field", "value");
    const kinds = {
      text: "hello",
      bytes: new Uint8Array([104, 105]),
      buffer: new Uint8Array([104, 105]).buffer,
      blob: new Blob(["hello"], { type: "text/plain" }),
      parameters: new URLSearchParams("a=b"),
      form,
    };
    for (const [kind, body] of Object.entries(kinds)) {
      const response = await client.fetch(`${server}/echo`, { method: "POST", body });
      const text = await response.text();
      ok(kind === "form" ? text.includes("value") : text.length > 1, `${kind}: ${text}`);
    }
  },

  "fetch takes a Request, and reads it once": async ({ interven, server }) => {
    const client = new interven.IntervenClient(LOCAL);
    const request = new Request(`${server}/echo`, { method: "POST", body: "from a request", headers: { "x-a": "1" } });
    equal(await (await client.fetch(request)).text(), "from a request");
    const error = await throws(() => client.fetch(request));
    ok(error instanceof interven.InvalidRequestError, String(error));
    equal(
      await (await client.fetch(new Request(`${server}/echo`, { method: "POST", body: "one" }), { body: "two" })).text(),
      "two",
    );
  },

  "what is changed after the call is not what is sent": async ({ interven, server }) => {
    const client = new interven.IntervenClient(LOCAL);
    const body = new TextEncoder().encode("harmless");
    const pending = client.fetch(`${server}/echo`, { method: "POST", body });
    body.set(new TextEncoder().encode("HARMFUL!"));
    equal(await (await pending).text(), "harmless");
  },

  "fetch works without its client and without arguments for options": async ({ interven, server }) => {
    const { fetch } = new interven.IntervenClient(LOCAL);
    equal((await fetch(new URL(`${server}/echo`))).status, 200);
  },

  "an aborted signal sends nothing": async ({ interven, server }) => {
    const id = newId();
    const url = `${server}/echo?id=${id}`;
    const error = await throws(() =>
      new interven.IntervenClient(LOCAL).fetch(url, { signal: AbortSignal.abort(new Error("enough")) }),
    );
    ok(/enough|abort/i.test(String(error)), String(error));
    equal(await received(server, id), []);
  },

  "a call that needs a person is refused when nobody is configured": async ({ interven, server }) => {
    const policy = { name: "p", rules: [{ rule_id: "r", action: "REQUIRE_APPROVAL" }] };
    const error = await throws(() => new interven.IntervenClient({ ...LOCAL, policy }).fetch(`${server}/echo`));
    ok(error instanceof interven.ApprovalRequiredError, String(error));
  },

  "a gateway that cannot be reached refuses, or leaves the local verdict": async ({ interven, server }) => {
    const closed = new interven.IntervenClient({ ...LOCAL, gatewayUrl: `${server}/status/500`, maxRetries: 0 });
    const error = await throws(() => closed.fetch(`${server}/echo`));
    ok(error instanceof interven.GatewayError, String(error));
    const limited = new interven.IntervenClient({ ...LOCAL, gatewayUrl: `${server}/status/429`, maxRetries: 0 });
    const often = await throws(() => limited.fetch(`${server}/echo`));
    ok(often instanceof interven.RateLimitError && often instanceof interven.GatewayError, String(often));
    equal(often.code, "ERR_INTERVEN_RATE_LIMIT");
    const open = new interven.IntervenClient({ ...LOCAL, gatewayUrl: `${server}/status/500`, maxRetries: 0, failMode: "open" });
    equal((await open.fetch(`${server}/echo`)).status, 200);
    // A gateway that redirects is not asked elsewhere, in either mode.
    const redirecting = new interven.IntervenClient({
      ...LOCAL,
      gatewayUrl: `${server}/status/307`,
      maxRetries: 0,
      failMode: "open",
    });
    ok((await throws(() => redirecting.fetch(`${server}/echo`))) instanceof interven.GatewayError, "a redirect was an answer");
  },
};
