// The other side: loopback servers that remember what they received.

import { createServer } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { IntervenClient, IntervenError } from "../../../dist/index.js";
import { awsKey } from "../portable/values.mjs";
import { selfSigned } from "./certificate.mjs";

/** Lets clients reach the servers of these tests. */
export const LOCAL = { allowPrivate: ["127.0.0.1", "localhost"], env: {} };

/** A server and what it has seen. With `?to=…` it answers with 307. */
export async function listening(t, { secure = false, path } = {}) {
  const seen = [];
  const answer = async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method, url, headers, rawHeaders } = request;
    seen.push({ method, url, headers, rawHeaders, body: Buffer.concat(chunks).toString() });
    const to = new URL(url, "http://localhost").searchParams.get("to");
    if (to !== null) response.writeHead(307, { location: to }).end();
    else response.end("ok");
  };
  const server = secure ? createSecureServer(selfSigned(), answer) : createServer(answer);
  const connections = { count: 0 };
  server.on("connection", () => (connections.count += 1));
  await new Promise((resolve) => (path === undefined ? server.listen(0, "127.0.0.1", resolve) : server.listen(path, resolve)));
  t.after(() => server.close() && server.closeAllConnections());
  const base = path === undefined ? `${secure ? "https" : "http"}://127.0.0.1:${server.address().port}` : undefined;
  return { base, port: server.address().port, seen, server, connections };
}

/** A client that is installed until the end of the test. */
export function installed(t, options, install) {
  const client = new IntervenClient({ ...LOCAL, ...options });
  const installation = client.install(install);
  t.after(() => installation.uninstall());
  return { client, installation };
}

/** The refusal in an error, also where undici's fetch has wrapped it. */
export async function refusal(promise) {
  try {
    await promise;
  } catch (error) {
    const found = [error, error.cause].find((each) => IntervenError.isInstance(each));
    if (found === undefined) throw error;
    return found;
  }
  throw new Error("it was sent");
}

/** A request of node:http to its end: the status, or the error. `drive` gets the request; by default it ends it. */
export function ended(request, drive = (request) => request.end()) {
  return new Promise((resolve, reject) => {
    request.on("error", reject);
    request.on("response", (response) => {
      response.resume();
      response.on("end", () => resolve(response.statusCode));
    });
    drive(request);
  });
}

/** Where undici keeps its global dispatcher. */
export const GLOBAL = Symbol.for("undici.globalDispatcher.1");

/** Reads an answer of fetch or undici to its end, and gives its status. */
export async function done(answer) {
  const response = await answer;
  await (response.body?.text?.() ?? response.body?.dump?.() ?? response.text?.());
  return response.status ?? response.statusCode;
}

/** A gateway that allows everything, and counts: with it, one question is one scan. */
export async function countingGateway(t) {
  const asked = [];
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    asked.push({ url: request.url, body: Buffer.concat(chunks).toString() });
    response.setHeader("content-type", "application/json");
    response.end(
      JSON.stringify({
        decision: "ALLOW",
        risk_score: 0,
        risk_band: "LOW",
        reason_codes: [],
        trace_id: crypto.randomUUID(),
        tool_name: "custom_proxy",
        operation: "request",
        classifications: [],
        signals: [],
      }),
    );
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => server.close() && server.closeAllConnections());
  return { gatewayUrl: `http://127.0.0.1:${server.address().port}`, asked };
}

export { awsKey };
