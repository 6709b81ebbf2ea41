// Requests a second through `/proxy/`, beside proxies that decide nothing and one that decides with regular expressions.

import { cleanBody } from "./support/bodies.mjs";
import { inputs } from "./support/inputs.mjs";
import { startNginx } from "./support/nginx.mjs";
import { load } from "./support/proxy-load.mjs";
import { startRole } from "./support/proxy-processes.mjs";
import { median } from "./support/statistics.mjs";

export const about = "the gateway beside other proxies";

const CONCURRENCY = [1, 16];

export default async function proxy({ quick }) {
  const { rounds, ms } = quick ? { rounds: 3, ms: 500 } : { rounds: 7, ms: 2000 };
  const { rules } = await inputs();
  const upstream = await startRole("upstream");
  const [bare, gateway, regexps, nginx] = [
    await startRole("bare"),
    await startRole("gateway", { upstream: upstream.port }),
    await startRole("regexps", { upstream: upstream.port, rules }),
    await startNginx(upstream.port),
  ];
  const body = cleanBody(8192);
  const through = `/proxy/http://127.0.0.1:${upstream.port}/v1/notes`;
  const json = { "content-type": "application/json" };
  const forward = (port) => ({ port, path: through, headers: json, body, expected: 200 });
  const scan = JSON.stringify({ method: "POST", url: "https://api.example.com/v1/notes", body: JSON.parse(body) });
  const targets = [
    ["upstream, asked directly", { port: upstream.port, path: "/v1/notes", headers: json, body, expected: 200 }],
    ["bare proxy, same server and client", forward(bare.port)],
    ["interven gateway, /proxy/", forward(gateway.port)],
    ["the same gateway, RegExps for an engine", forward(regexps.port)],
    ...(nginx ? [["nginx proxy_pass", { port: nginx.port, path: "/v1/notes", headers: json, body, expected: 200 }]] : []),
    ["interven gateway, /v1/scan", { port: gateway.port, path: "/v1/scan", headers: json, body: scan, expected: 200 }],
  ];

  const tables = [];
  for (const concurrency of CONCURRENCY) {
    for (const [, target] of targets) await load(target, concurrency, Math.min(ms, 1000));
    const measured = targets.map(() => []);
    for (let round = 0; round < rounds; round++) {
      for (let turn = 0; turn < targets.length; turn++) {
        const index = (round + turn) % targets.length;
        measured[index].push(await load(targets[index][1], concurrency, ms));
      }
    }
    const usual = median(measured[1].map(({ perSecond }) => perSecond));
    tables.push({
      title: `8 KB of JSON, ${concurrency === 1 ? "one request at a time" : `${concurrency} at a time`}: median of ${rounds} interleaved rounds`,
      columns: ["", "requests a second", "of the bare proxy, %", "median, µs", "99th percentile, µs"],
      rows: targets.map(([name], index) => {
        const of = (member) => median(measured[index].map((round) => round[member]));
        return [name, of("perSecond"), (of("perSecond") / usual) * 100, of("p50"), of("p99")];
      }),
      note: NOTE + (nginx ? "" : " nginx was not found here, and could not be installed: it is left out."),
    });
  }
  for (const one of [upstream, bare, gateway, regexps, nginx]) one?.end();
  return tables;
}

const NOTE = [
  "Wall time. Load, proxy and upstream are processes that share the machine. The gateway's record is written to its database and",
  "synced before a request is forwarded. The bare proxy is the same HTTP server and client without anything between.",
].join(" ");
