// `client.fetch` against the runtime's own `fetch`, call by call in turns, to a server on loopback.

import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { interval, median } from "./statistics.mjs";

/** Enough for the compilers to have seen all they want to see. */
const WARM_UP = 1500;

/** A server in another process, and a call to it with its answer read to the end. */
export async function loopback(body) {
  const server = fork(fileURLToPath(new URL("./loopback.mjs", import.meta.url)));
  const [port] = await once(server, "message");
  const url = `http://127.0.0.1:${port}/v1/notes`;
  const init = () => ({ method: "POST", headers: { "content-type": "application/json" }, body });
  const call = async (fetch) => {
    const from = performance.now();
    const response = await fetch(url, init());
    await response.arrayBuffer();
    return (performance.now() - from) * 1000;
  };
  return { url, init, call, end: () => server.disconnect() };
}

/** What a pair of calls differs by, with the interval that holds the median 95 times in 100. */
export async function pairs({ call }, client, { quick }) {
  const count = quick ? 1000 : 5000;
  const [bare, guarded] = [() => call(globalThis.fetch), () => call(client.fetch)];
  const measured = [];
  for (let index = -WARM_UP; index < count; index++) {
    // Who begins changes: the second call finds the warmer socket.
    const [a, b] = index % 2 === 0 ? [await bare(), await guarded()] : [await guarded(), await bare()].reverse();
    if (index >= 0) measured.push([a, b]);
  }
  const usual = median(measured.map(([a]) => a));
  const row = (name, values) => {
    const [low, high] = interval(values);
    return [name, low, median(values), high, (median(values) / usual) * 100];
  };
  return {
    title: `1 KB to a loopback server (${count} pairs)`,
    columns: ["", "least, µs", "median, µs", "most, µs", "of fetch, %"],
    rows: [
      row(
        "fetch",
        measured.map(([a]) => a),
      ),
      row(
        "client.fetch",
        measured.map(([, b]) => b),
      ),
      row(
        "difference within a pair",
        measured.map(([a, b]) => b - a),
      ),
    ],
    note: "Least and most: between them the median lies with a confidence of 95 %. Wall time: both wait for the same server.",
  };
}
