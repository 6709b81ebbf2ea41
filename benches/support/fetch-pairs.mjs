// `client.fetch` against the runtime's own `fetch`, call by call in turns, to a server on loopback.

import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { median } from "./statistics.mjs";

const WARM_UP = 300;
const PAIRS = 2000;

export async function fetchTable(client, body) {
  const server = fork(fileURLToPath(new URL("./loopback.mjs", import.meta.url)));
  const [port] = await once(server, "message");
  const send = (fetch) => async () => {
    const from = performance.now();
    const init = { method: "POST", headers: { "content-type": "application/json" }, body };
    const response = await fetch(`http://127.0.0.1:${port}/v1/notes`, init);
    await response.arrayBuffer();
    return (performance.now() - from) * 1000;
  };
  const [bare, guarded] = [send(globalThis.fetch), send(client.fetch)];
  const pairs = [];
  for (let index = -WARM_UP; index < PAIRS; index++) {
    // Who begins changes: the second call finds the warmer socket.
    const [a, b] = index % 2 === 0 ? [await bare(), await guarded()] : [await guarded(), await bare()].reverse();
    if (index >= 0) pairs.push([a, b]);
  }
  server.disconnect();
  const rows = [
    ["fetch", median(pairs.map(([a]) => a))],
    ["client.fetch", median(pairs.map(([, b]) => b))],
    ["difference within a pair", median(pairs.map(([a, b]) => b - a))],
  ];
  return { title: `1 KB to a loopback server (${PAIRS} pairs)`, columns: ["", "median, µs"], rows };
}
