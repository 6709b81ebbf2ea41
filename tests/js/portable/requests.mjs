// How a request is read before it is scanned, and what is refused on the way.

import { equal, ok, throws } from "./assert.mjs";
import { received } from "./fetching.mjs";
import { awsKey, LOCAL } from "./values.mjs";

/** Every text that an error carries. */
const said = (error) => [error.message, error.stack, error.cause, JSON.stringify(error)].map(String).join();

async function soon(promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error("still waiting")), 60_000);
  });
  return await Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

export default {
  "an error about a request quotes nothing of it": async ({ interven, server }) => {
    const client = new interven.IntervenClient(LOCAL);
    const key = awsKey();
    const user = `${server.replace("//", `//user:${key}@`)}/echo`;
    for (const [name, input, init] of [
      ["header", `${server}/echo`, { headers: { authorization: `Bearer ${key}\nx` } }],
      ["header name", `${server}/echo`, { headers: { [`${key} `]: "x" } }],
      ["url", `http://exa mple.com/${key}`],
      ["credentials in the url", user],
      ["method", `${server}/echo`, { method: `a ${key}` }],
      ["method of the right form", `${server}/echo`, { method: key }],
      ["redirect", `${server}/echo`, { redirect: key }],
    ]) {
      const error = await throws(() => client.fetch(input, init));
      ok(error instanceof interven.InvalidRequestError, `${name}: ${error}`);
      ok(!said(error).includes(key), `${name}: the key is in the error`);
    }
  },

  "what is no request is refused": async ({ interven, server }) => {
    const client = new interven.IntervenClient(LOCAL);
    const failing = {
      get method() {
        throw new Error("no");
      },
    };
    for (const [name, init] of Object.entries({ number: 5, text: "x", failing, signal: { signal: 5 } })) {
      const error = await throws(() => client.fetch(`${server}/echo`, init));
      ok(error instanceof interven.InvalidRequestError, `${name}: ${error}`);
    }
    ok((await throws(() => client.fetch(Symbol("s")))) instanceof interven.InvalidRequestError, "a symbol");
  },

  "an init may be a Request, or an instance of a class": async ({ interven, server }) => {
    const client = new interven.IntervenClient(LOCAL);
    class Init {
      get method() {
        return "PUT";
      }
      get headers() {
        return { "x-a": "1" };
      }
      get body() {
        return "hello";
      }
    }
    const request = () => new Request(`${server}/other`, { method: "PUT", headers: { "x-a": "1" }, body: "hello" });
    for (const init of [request(), new Init()]) {
      const id = crypto.randomUUID();
      equal(await (await client.fetch(`${server}/echo?id=${id}`, init)).text(), "hello");
      const [seen] = await received(server, id);
      equal([seen.method, seen.headers["x-a"], seen.body], ["PUT", "1", "hello"]);
    }
    const told = [];
    const fetch = async (_url, how) => {
      told.push(how.keepalive);
      return new Response("sent");
    };
    class Lasting {
      get keepalive() {
        return true;
      }
    }
    await new interven.IntervenClient({ ...LOCAL, fetch }).fetch(`${server}/echo`, new Lasting());
    equal(told, [true], "how to send is read by name as well");
    const used = request();
    await client.fetch(`${server}/echo`, used);
    ok((await throws(() => client.fetch(`${server}/echo`, used))) instanceof interven.InvalidRequestError, "used twice");
  },

  "the host header is the URL's": async ({ interven, server, browser }) => {
    const client = new interven.IntervenClient(LOCAL);
    const { host } = new URL(server);
    equal((await client.fetch(`${server}/echo`, { headers: { host } })).status, 200);
    // Browsers leave the header out.
    if (browser) return;
    const id = crypto.randomUUID();
    for (const other of ["evil.example", `evil.example, ${host}`, `evil@${host}`, ""]) {
      const error = await throws(() => client.fetch(`${server}/echo?id=${id}`, { headers: { host: other } }));
      ok(error instanceof interven.InvalidRequestError, `${other}: ${error}`);
    }
    equal(await received(server, id), []);
  },

  "a path is scanned as it is sent": async ({ interven, server }) => {
    // Bun sends one slash where a path begins with several.
    const policy = { name: "p", rules: [{ rule_id: "r", match: { url_patterns: [`${server}/echo*`] }, action: "DENY" }] };
    const client = new interven.IntervenClient({ ...LOCAL, policy });
    for (const path of ["/echo", "//echo", "///echo", "/\\echo"]) {
      const id = crypto.randomUUID();
      await client.fetch(`${server}${path}?id=${id}`).catch(() => {});
      const paths = (await received(server, id)).map(({ path }) => path.split("?")[0]);
      ok(!paths.includes("/echo"), `${path} was received as /echo`);
    }
  },

  "what joined headers end in is scanned as it is sent": async ({ interven, server, browser }) => {
    if (browser) return;
    const fetched = [];
    const fetch = async (_url, { headers }) => {
      fetched.push(headers.map(([, value]) => value));
      return new Response();
    };
    const headers = new Headers([["x-a", "b"]]);
    headers.append("x-a", "");
    await new interven.IntervenClient({ ...LOCAL, fetch }).fetch(`${server}/echo`, { headers });
    equal(fetched, [["b,"]]);
  },

  "a body that never ends ends with the signal": async ({ interven, server }) => {
    const client = new interven.IntervenClient(LOCAL);
    for (const signal of [AbortSignal.timeout(200), AbortSignal.abort()]) {
      let cancelled = false;
      const cancel = () => {
        cancelled = true;
      };
      const body = new ReadableStream({ cancel });
      const error = await soon(throws(() => client.fetch(`${server}/echo`, { method: "POST", body, signal })));
      ok(!interven.IntervenError.isInstance(error) && /abort|time/i.test(String(error)), String(error));
      ok(cancelled || signal.reason.name === "AbortError", "the stream was not cancelled");
    }
  },

  "a body that only goes on is refused, and cancelled": async ({ interven, server }) => {
    const client = new interven.IntervenClient({ ...LOCAL, maxBodyBytes: 1_000 });
    for (const [size, code] of [
      [0, "ERR_INTERVEN_INVALID_REQUEST"],
      [100, "ERR_INTERVEN_PAYLOAD_TOO_LARGE"],
    ]) {
      let cancelled = false;
      const body = new ReadableStream({
        pull: (controller) => controller.enqueue(new Uint8Array(size)),
        cancel: () => {
          cancelled = true;
          return new Promise(() => {});
        },
      });
      equal((await soon(throws(() => client.fetch(`${server}/echo`, { method: "POST", body })))).code, code);
      ok(cancelled, `${code}: not cancelled`);
    }
  },

  "a body is bytes": async ({ interven, server }) => {
    const client = new interven.IntervenClient(LOCAL);
    for (const chunk of ["text", 5, new Uint16Array(2), { byteLength: 3 }, null]) {
      const body = new ReadableStream({
        start: (controller) => {
          controller.enqueue(chunk);
          controller.close();
        },
      });
      const error = await throws(() => client.fetch(`${server}/echo`, { method: "POST", body }));
      ok(error instanceof interven.InvalidRequestError, `${typeof chunk}: ${error}`);
    }
  },

  "an endless answer of a gateway is read no further than an answer goes": async ({ interven, server }) => {
    let given = 0;
    const pull = (controller) => {
      given += 1;
      controller.enqueue(new Uint8Array(1_048_576));
    };
    const endless = async () => new Response(new ReadableStream({ pull }));
    const client = new interven.IntervenClient({ ...LOCAL, gatewayUrl: "http://localhost:1", fetch: endless, maxRetries: 0 });
    const error = await soon(throws(() => client.fetch(`${server}/echo`)));
    ok(error instanceof interven.GatewayError, String(error));
    ok(given < 20, `${given} MiB were read`);
  },
};
