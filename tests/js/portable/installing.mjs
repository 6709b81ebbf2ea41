// `client.install()` and `client.doctor()`, as far as every runtime has them.

import { equal, ok, throws } from "./assert.mjs";
import { received } from "./fetching.mjs";
import { awsKey, LOCAL } from "./values.mjs";

/** Taken before anything is installed, as packages do. */
const before = globalThis.fetch;
const taken = before.bind(globalThis);
const id = () => crypto.randomUUID();
const status = (installation, path) => installation.coverage.find((row) => row.path === path).status;

async function installed(interven, options, action) {
  const client = new interven.IntervenClient({ ...LOCAL, env: {}, ...options });
  const installation = client.install();
  try {
    return await action(client, installation);
  } finally {
    installation.uninstall();
  }
}

export default {
  "an installed client guards the global fetch, and leaves no trace": async ({ interven, server }) => {
    const [sent, refused] = [id(), id()];
    await installed(interven, {}, async (_, installation) => {
      equal(status(installation, "fetch"), "guarded");
      ok(globalThis.fetch !== before && globalThis.fetch.name === "fetch", "nothing was patched");
      const response = await fetch(`${server}/echo?id=${sent}`, { method: "POST", body: "hello" });
      equal([response.status, await response.text()], [200, "hello"]);
      equal(await (await fetch(new Request(`${server}/echo`, { method: "POST", body: "request" }))).text(), "request");
      const error = await throws(() => fetch(`${server}/echo?id=${refused}`, { method: "POST", body: awsKey() }));
      ok(error instanceof interven.IntervenBlockedError, String(error));
      const hop = await throws(() => fetch(`${server}/leak?next=${refused}`));
      ok(interven.IntervenError.isInstance(hop), String(hop));
    });
    ok(globalThis.fetch === before, "the fetch is not what it was");
    equal([(await received(server, sent)).length, await received(server, refused)], [1, []]);
  },

  "what a fetch reads here passes, and a Request cannot pretend to": async ({ interven, server, browser }) => {
    const mark = id();
    await installed(interven, {}, async () => {
      equal(await (await fetch(`data:text/plain,${awsKey()}`)).text().then((text) => text.length), 20);
      const request = new Request(`${server}/echo?id=${mark}`, { method: "POST", body: awsKey() });
      Object.defineProperty(request, "url", { value: "data:text/plain,a" });
      await throws(() => fetch(request));
      const turning = {
        texts: ["data:text/plain,a", `${server}/echo?id=${mark}&k=${awsKey()}`],
        toString() {
          return this.texts.shift();
        },
      };
      equal(await (await fetch(turning)).text(), "a");
      if (!browser && typeof before.preconnect === "function")
        ok(typeof fetch.preconnect === "function", "fetch.preconnect is gone");
    });
    equal(await received(server, mark), []);
  },

  "a fetch that was taken before is guarded where it is said to be": async ({ interven, server }) => {
    const mark = id();
    await installed(interven, {}, async (_, installation) => {
      const sent = await taken(`${server}/echo?id=${mark}`, { method: "POST", body: awsKey() }).then(
        () => true,
        () => false,
      );
      equal(status(installation, "fetch-taken-before"), sent ? "open" : "guarded");
      equal(sent, (await received(server, mark)).length === 1);
    });
  },

  "node:http is guarded where it is said to be": async ({ interven, server }) => {
    const mark = id();
    const http = globalThis.process?.getBuiltinModule?.("node:http");
    if (http === undefined)
      return installed(interven, {}, async (_, installation) => ok(status(installation, "http") !== "guarded", "there is none"));
    await installed(interven, {}, async (_, installation) => {
      const send = (body) =>
        new Promise((resolve, reject) => {
          const request = http.request(`${server}/echo?id=${mark}`, { method: "POST" }, (response) => {
            response.resume();
            response.on("end", () => resolve(response.statusCode));
          });
          request.on("error", reject);
          request.end(body);
        });
      if (status(installation, "http") === "guarded") {
        ok((await throws(() => send(awsKey()))) instanceof interven.IntervenBlockedError, "not a refusal");
        equal(await received(server, mark), []);
      }
      equal(await send("hello"), 200);
    });
    equal((await received(server, mark)).at(-1).body, "hello");
  },

  "a held request of node:http is redacted, refused or destroyed, and tunnels are refused": async ({ interven, server }) => {
    const mark = id();
    const http = globalThis.process?.getBuiltinModule?.("node:http");
    const url = `${server}/echo?id=${mark}`;
    const { hostname: host, port } = new URL(server);
    /** The answer's text, or the error. */
    const done = (request, drive = () => request.end()) =>
      new Promise((resolve) => {
        request.on("error", resolve);
        for (const opened of ["upgrade", "connect"]) request.on(opened, () => resolve(opened));
        request.on("response", async (response) => {
          let text = "";
          for await (const chunk of response) text += chunk;
          resolve(text);
        });
        drive(request);
      });
    await installed(interven, {}, async (_, installation) => {
      if (status(installation, "http") !== "guarded") return;
      equal(status(installation, "tunnels"), "refused");
      const refused = {
        "a header that is set later": done(http.request(url, { method: "POST" }), (request) => {
          request.setHeader("x-note", awsKey());
          request.end("hello");
        }),
        "an upgrade": done(http.get(url, { headers: { connection: "Upgrade", upgrade: "test" } })),
        "a tunnel": done(http.request({ host, port, method: "CONNECT", path: "tunnel.example:443" })),
        "an agent that goes elsewhere": done(
          http.get({ host: "api.github.com", path: "/", agent: new http.Agent({ host, port: Number(port) }) }),
        ),
      };
      for (const [what, error] of Object.entries(refused))
        ok((await error) instanceof interven.IntervenBlockedError, `${what}: ${await error}`);
      const destroyed = await done(http.request(url, { method: "POST" }), (request) => request.destroy(new Error("enough")));
      equal(destroyed.message, "enough");
      equal(await received(server, mark), []);
      const pieces = (request) => {
        request.write("ssn=536-");
        request.end(["22", "8145"].join("-"));
      };
      equal(await done(http.request(url, { method: "POST" }), pieces), "ssn=%5BUS_SSN%3A1%5D");
    });
  },

  "two installed clients must both release a call, and go in any order": async ({ interven, server }) => {
    const policy = { name: "p", rules: [{ rule_id: "r", condition: { body_contains_any: ["omega"] }, action: "DENY" }] };
    const post = (body) => fetch(`${server}/echo`, { method: "POST", body });
    const first = new interven.IntervenClient({ ...LOCAL, policy, env: {} }).install();
    const second = new interven.IntervenClient({ ...LOCAL, env: {} }).install();
    try {
      ok((await throws(() => post("omega"))) instanceof interven.IntervenBlockedError, "the older one was not asked");
      first.uninstall();
      equal((await post("omega")).status, 200);
      ok((await throws(() => post(awsKey()))) instanceof interven.IntervenBlockedError, "the newer one was not asked");
    } finally {
      first.uninstall();
      second.uninstall();
    }
    ok(globalThis.fetch === before, "the fetch is not what it was");
  },

  "a client whose own fetch is the global one asks its gateway once": async ({ interven, server }) => {
    const mark = id();
    const options = {
      fetch: (url, init) => globalThis.fetch(url, init),
      gatewayUrl: `${server}/status/500`,
      maxRetries: 0,
      failMode: "open",
    };
    await installed(interven, options, async (client) => {
      equal((await client.fetch(`${server}/echo?id=${mark}`, { method: "POST", body: "hello" })).status, 200);
      equal((await fetch(`${server}/echo?id=${mark}`, { method: "POST", body: "hello" })).status, 200);
    });
    equal((await received(server, mark)).length, 2);
  },

  "the doctor sees what is guarded, and what is not any more": async ({ interven }) => {
    const client = new interven.IntervenClient({ env: {} });
    const verdict = (report, name) => report.paths.find(({ path }) => path === name).verdict;
    const recorded = [];
    /** Leads nowhere. */
    const unguarded = async (url) => recorded.push(String(url)) && new Response("");
    try {
      globalThis.fetch = unguarded;
      const without = await client.doctor();
      equal([without.ok, without.installed, verdict(without, "client.fetch")], [true, false, "blocked"]);
      equal([verdict(without, "fetch"), recorded.length], ["reached", 1]);
      globalThis.fetch = before;
      await installed(interven, {}, async (installed) => {
        const report = await installed.doctor();
        equal([report.ok, report.installed, report.gateway, report.failMode], [true, true, null, "closed"], report.text);
        for (const { path, verdict, reasonCodes } of report.paths)
          ok(verdict === "blocked" && reasonCodes.includes("SECRET_DETECTED"), `${path}: ${report.text}`);
        ok(report.text.includes("all is as it should be") && report.text.includes("NOT covered"), report.text);
        const guarded = globalThis.fetch;
        globalThis.fetch = unguarded;
        const undone = await installed.doctor();
        equal([undone.ok, verdict(undone, "fetch"), recorded.length], [false, "reached", 2]);
        equal(undone.coverage.find(({ path }) => path === "fetch").status, "open");
        globalThis.fetch = guarded;
      });
    } finally {
      globalThis.fetch = before;
    }
  },
};
