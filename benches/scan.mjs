// How fast a running process scans, and what it adds to a call.

import { Engine, IntervenClient } from "interven";
import { cleanBody, denseBody, request } from "./support/bodies.mjs";
import { fetchTable } from "./support/fetch-pairs.mjs";
import { median } from "./support/statistics.mjs";

export const about = "throughput of a scan, and what the guard adds to a call";

const ROUNDS = 25;
const ROUND_MS = 40;

export default async function scan() {
  const engine = new Engine();
  const cases = [
    ["clean JSON, 1 KB", cleanBody(1024)],
    ["clean JSON, 8 KB", cleanBody(8 * 1024)],
    ["clean JSON, 256 KB", cleanBody(256 * 1024)],
    ["dense JSON, 8 KB, three findings a record", denseBody(8 * 1024)],
  ];
  const rows = [];
  for (const [name, body] of cases) {
    const call = request(body);
    const decision = engine.scan(call).decision;
    const us = await perCall(() => engine.scan(call));
    rows.push([name, decision, call.body.length, us, call.body.length / us]);
  }
  const client = new IntervenClient();
  const { url, method, body } = request(cleanBody(1024));
  const headers = { "content-type": "application/json" };
  const us = await perCall(() => client.scan({ method, url, headers, body }));
  rows.push(["the whole of client.scan, clean JSON, 1 KB", "ALLOW", body.length, us, body.length / us]);
  return [
    {
      title: `Engine.scan (median of ${ROUNDS} rounds, warmed up)`,
      columns: ["", "decision", "body, bytes", "per scan, µs", "MB/s"],
      rows,
    },
    await fetchTable(client, cleanBody(1024)),
  ];
}

/** Microseconds per call: the median of rounds that are long enough for the clock. */
async function perCall(call) {
  const round = async (ms) => {
    const from = performance.now();
    let calls = 0;
    let now = from;
    while (now - from < ms) {
      for (let index = 0; index < 8; index++) await call();
      calls += 8;
      now = performance.now();
    }
    return ((now - from) * 1000) / calls;
  };
  await round(500);
  const rounds = [];
  for (let index = 0; index < ROUNDS; index++) rounds.push(await round(ROUND_MS));
  return median(rounds);
}
