// Load of so many requests at a time, for so long.

import { Pool } from "undici";
import { percentile } from "./rounds.mjs";

/** Requests a second, and the times of single ones in microseconds. Throws for an answer of another status. */
export async function load({ port, path, headers, body, expected }, concurrency, ms) {
  const pool = new Pool(`http://127.0.0.1:${port}`, { connections: concurrency, pipelining: 1 });
  const times = [];
  const from = performance.now();
  const until = from + ms;
  const caller = async () => {
    while (performance.now() < until) {
      const begun = performance.now();
      const { statusCode, body: answer } = await pool.request({ method: "POST", path, headers, body });
      const text = await answer.text();
      if (statusCode !== expected) throw new Error(`${path.slice(0, 20)} answered ${statusCode}: ${text.slice(0, 200)}`);
      times.push((performance.now() - begun) * 1000);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, caller));
  const seconds = (performance.now() - from) / 1000;
  await pool.close();
  times.sort((a, b) => a - b);
  return { perSecond: times.length / seconds, p50: percentile(times, 0.5), p99: percentile(times, 0.99) };
}
