// Calls to a server on loopback that is a process of its own.

import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** The server, and what calls to it are made of. */
export async function loopback() {
  const server = fork(fileURLToPath(new URL("./loopback.mjs", import.meta.url)));
  const [port] = await once(server, "message");
  return { url: `http://127.0.0.1:${port}/v1/notes`, end: () => server.disconnect() };
}

/** The options of a call: JSON is posted; without a body it is a GET. */
export const initOf = (body) =>
  body === undefined ? undefined : { method: "POST", headers: { "content-type": "application/json" }, body };

/** A call with its answer read to the end; how long it took, in microseconds. */
export async function call(fetch, url, body) {
  const from = performance.now();
  const response = await fetch(url, initOf(body));
  await response.arrayBuffer();
  return (performance.now() - from) * 1000;
}
