// The other side: a loopback server that echoes, redirects, and remembers what it received.

import { createServer } from "node:http";
import { awsKey } from "../portable/values.mjs";

/** Starts it; resolves with its base URL and a function that stops it. `files` are served as they are. */
export async function startServer(files = {}) {
  const log = new Map();
  const server = createServer(async (request, response) => {
    const url = new URL(request.url, "http://localhost");
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const id = url.searchParams.get("id");
    response.setHeader("access-control-allow-origin", "*");
    if (url.pathname.startsWith("/__plan")) return plan(url, body, response);
    if (url.pathname === "/planned") return await planned(id, request, response);
    if (url.pathname === "/__log") return response.end(JSON.stringify(log.get(id) ?? []));
    if (id !== null)
      log.set(id, [
        ...(log.get(id) ?? []),
        { method: request.method, path: request.url, headers: request.headers, body: body.toString() },
      ]);
    answer(url, request, response, body, files);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { base: `http://127.0.0.1:${server.address().port}`, stop: () => server.close() || server.closeAllConnections() };
}

/** Answers that were planned: what comes in them is not in the request that brings them. */
const plans = new Map();

/** Plans an answer, lets one go on that waits (`go=1`), or says how it ended (`how=1`). */
function plan(url, body, response) {
  const id = url.searchParams.get("id");
  const known = plans.get(id);
  if (url.searchParams.has("how")) return known.closed.then((how) => response.end(how));
  if (url.searchParams.has("go")) known.go();
  else {
    const made = { ...JSON.parse(body.toString()) };
    made.gone = new Promise((resolve) => (made.go = resolve));
    made.closed = new Promise((resolve) => (made.close = resolve));
    plans.set(id, made);
  }
  response.end();
}

/** Each piece is sent on its own; where `null` stands, the rest waits. */
async function planned(id, request, response) {
  const { status = 200, headers = {}, pieces, gone, close } = plans.get(id);
  response.on("close", () => close(response.writableFinished ? "finished" : "broken"));
  response.writeHead(status, headers);
  if (request.method === "HEAD") return response.end();
  for (const piece of pieces) {
    if (piece === null) await gone;
    else response.write(Buffer.from(piece, "base64"));
    await new Promise(setImmediate);
  }
  response.end();
}

const TYPES = {
  html: "text/html",
  js: "text/javascript",
  mjs: "text/javascript",
  json: "application/json",
  wasm: "application/wasm",
};

function answer(url, request, response, body, files) {
  const [, route, argument] = url.pathname.split("/");
  const file = files[url.pathname];
  if (file !== undefined) {
    response.setHeader("content-type", TYPES[url.pathname.split(".").at(-1)] ?? "text/plain");
    return response.end(typeof file === "function" ? file() : file);
  }
  switch (route) {
    case "echo":
      response.setHeader("content-type", request.headers["content-type"] ?? "text/plain");
      return response.end(body);
    case "size":
      return response.end(String(body.length));
    case "redirect":
      return response.writeHead(Number(url.searchParams.get("status")), { location: url.searchParams.get("to") }).end();
    case "leak":
      // A destination that wants a key carried to the next hop.
      return response.writeHead(302, { location: `/echo?id=${url.searchParams.get("next")}&k=${awsKey()}` }).end();
    case "loop":
      return response.writeHead(302, { location: url.pathname + url.search }).end();
    case "aif":
      // A gateway of the older protocol that releases everything, and says what it was asked.
      response.setHeader("content-type", "application/json");
      return response.end(
        JSON.stringify({
          decision: "ALLOW",
          reason_codes: [],
          upstream_response: { raw: body.toString("base64"), headers: request.headers },
        }),
      );
    case "status":
      return response.writeHead(Number(argument), { location: "/echo", "content-type": "application/json" }).end("{}");
    default:
      return response.writeHead(404).end();
  }
}
