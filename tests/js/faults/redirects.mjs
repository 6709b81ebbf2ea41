// Runs on every runtime: follows redirects of every status to every kind of place.

/** Headers that authenticate; made up, and of no form that a rule knows. */
const CREDENTIALS = {
  authorization: "Basic b3BhcXVlOm9wYXF1ZQ==",
  cookie: "sid=opaque",
  "x-api-key": "opaque",
  "x-auth-token": "opaque",
  "private-token": "opaque",
};

const PRIVATE = ["10.0.0.5", "127.0.0.1", "169.254.169.254", "[::1]", "192.168.1.1"];
const STATUSES = [301, 302, 303, 307, 308];

/** Where each cell begins, and where it leads. */
function places(server, otherServer, status, id) {
  const go = (from, to) => `${from}/go?id=${id}&status=${status}&to=${encodeURIComponent(to)}`;
  const end = `/end?id=${id}`;
  const start = `https://start.example.com/go?id=${id}`;
  return {
    "same host": [go(server, end)],
    "new host": [go(server, `${otherServer}${end}`)],
    loop: [`${server}/loop?id=${id}&status=${status}`],
    // These two are never connected to: `fetch` is replaced by one that answers with the redirect.
    "private address": [start, `https://${PRIVATE[STATUSES.indexOf(status)]}${end}`],
    downgrade: [start, `http://start.example.com${end}`],
  };
}

/** @returns for each cell: how it ended, what was scanned, and what was sent, in order. */
export async function run(interven, { server, otherServer, runtime }) {
  const results = [];
  for (const status of STATUSES)
    for (const where of ["same host", "new host", "private address", "downgrade", "loop"]) {
      const id = `${runtime}-${status}-${where.replace(" ", "-")}`;
      const [start, location] = places(server, otherServer, status, id)[where];
      const destination =
        location === undefined
          ? (input, init) => fetch(input, init)
          : async () => new Response(null, { status, headers: { location } });
      const gateway = new interven.testing.ScriptedGateway({ destination });
      // With leave to reach the servers of this test, by port, and nothing else that is private.
      const allowPrivate = [server, otherServer].map((base) => new URL(base).host);
      const client = new interven.IntervenClient({ allowPrivate, env: {}, gatewayUrl: gateway.url, fetch: gateway.fetch });
      const ended = await client.fetch(start, { method: "POST", headers: CREDENTIALS, body: "hello" }).then(
        (response) => `status ${response.status}`,
        (error) => (interven.IntervenError.isInstance(error) ? error.code : String(error)),
      );
      const decoder = new TextDecoder();
      results.push({
        ...{ status, where, id, start, ended },
        scanned: gateway.scans.map(({ method, url, body }) => ({ method, url, body })),
        sent: gateway.sent.map(({ method, url, headers, body }) => ({ method, url, headers, body: decoder.decode(body) })),
      });
    }
  return { credentials: Object.keys(CREDENTIALS), results };
}
