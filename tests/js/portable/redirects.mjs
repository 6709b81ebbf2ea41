import { equal, ok, throws } from "./assert.mjs";
import { received } from "./fetching.mjs";
import { LOCAL } from "./values.mjs";

const redirect = (server, status, to, id) => `${server}/redirect?id=${id}&status=${status}&to=${encodeURIComponent(to)}`;

/** Headers that carry credentials by their name. */
const CREDENTIALS = [
  ...["authorization", "x-authorization", "cookie", "token", "x-private-token", "access_token", "apikey", "x-api-key", "api_key"],
  ...["auth", "x-auth", "client_secret", "password", "x-password", "x-credential", "x-credentials", "session", "x-session-id"],
  ...["x-session", "x-signature", "secret"],
];

export default {
  "a redirect is scanned before it is followed": async ({ interven, server }) => {
    const client = new interven.IntervenClient(LOCAL);
    const [first, second] = [crypto.randomUUID(), crypto.randomUUID()];
    const error = await throws(() => client.fetch(`${server}/leak?id=${first}&next=${second}`));
    ok(interven.IntervenError.isInstance(error), String(error));
    equal([(await received(server, first)).length, (await received(server, second)).length], [1, 0]);
  },

  "redirects are followed as the Fetch standard says, or refused where a browser hides them": async ({
    interven,
    server,
    browser,
  }) => {
    const client = new interven.IntervenClient(LOCAL);
    for (const [status, method] of [
      [301, "GET"],
      [302, "GET"],
      [303, "GET"],
      [307, "POST"],
      [308, "POST"],
    ]) {
      const [first, second] = [crypto.randomUUID(), crypto.randomUUID()];
      const call = () => client.fetch(redirect(server, status, `/echo?id=${second}`, first), { method: "POST", body: "hello" });
      if (browser) {
        ok((await throws(call)) instanceof interven.RedirectError, "not a RedirectError");
        equal(await received(server, second), []);
        continue;
      }
      equal((await call()).status, 200, `status after ${status}`);
      const [seen] = await received(server, second);
      equal([seen.method, seen.body], [method, method === "POST" ? "hello" : ""], `after ${status}`);
    }
  },

  "another origin gets no credentials": async ({ interven, server, otherServer, browser }) => {
    if (browser) return;
    const client = new interven.IntervenClient(LOCAL);
    const [first, second] = [crypto.randomUUID(), crypto.randomUUID()];
    const plain = ["x-plain", "content-language", "author"];
    const headers = Object.fromEntries([...CREDENTIALS, ...plain].map((name) => [name, "opaque"]));
    await client.fetch(redirect(server, 307, `${otherServer}/echo?id=${second}`, first), { method: "POST", headers, body: "x" });
    const [before] = await received(server, first);
    const [after] = await received(otherServer, second);
    const those = (seen) => [...CREDENTIALS, ...plain].filter((name) => name in seen.headers);
    equal(those(before), [...CREDENTIALS, ...plain]);
    equal(those(after), plain);
  },

  "a redirect that cannot be followed safely is refused, and not quoted": async ({ interven, server, browser }) => {
    const client = new interven.IntervenClient(LOCAL);
    const word = crypto.randomUUID();
    for (const to of [
      `http://u:p@127.0.0.1:1/${word}`,
      `http://${word}@127.0.0.1:1/`,
      `http://[${word}`,
      `ftp://127.0.0.1/${word}`,
    ]) {
      const error = await throws(() => client.fetch(redirect(server, 302, to, crypto.randomUUID())));
      // A browser shows a redirect to nowhere as an answer that failed.
      ok(error instanceof interven.RedirectError || (browser && !String(error).includes(word)), `${to}: ${error}`);
      ok(!`${error.stack}${error.cause}`.includes(word), "the URL is in the error");
    }
  },

  "redirects end": async ({ interven, server, browser }) => {
    const client = new interven.IntervenClient({ ...LOCAL, maxRedirects: 3 });
    const id = crypto.randomUUID();
    const error = await throws(() => client.fetch(`${server}/loop?id=${id}`));
    ok(error instanceof interven.RedirectError, String(error));
    equal((await received(server, id)).length, browser ? 1 : 4);
  },

  "`manual` and `error` are honoured": async ({ interven, server, browser }) => {
    const client = new interven.IntervenClient(LOCAL);
    const id = crypto.randomUUID();
    const response = await client.fetch(redirect(server, 302, "/echo", id), { redirect: "manual" });
    equal(response.status, browser ? 0 : 302);
    ok(
      (await throws(() => client.fetch(redirect(server, 302, "/echo", id), { redirect: "error" }))) instanceof
        interven.RedirectError,
      "followed",
    );
  },
};
