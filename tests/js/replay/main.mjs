// `node main.mjs RUNTIME REPORT.json`: replays on one runtime and writes the counts.

import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { consumer, corpus } from "./consumer.mjs";
import { runners } from "./runners.mjs";
import { startServer } from "./server.mjs";

const [runtime, report] = process.argv.slice(2);
const runner = runners[runtime];
if (runner === undefined || report === undefined) {
  console.error(`usage: main.mjs ${Object.keys(runners).join("|")} REPORT.json`);
  process.exit(2);
}

const files = {};
const [server, other] = [await startServer(files), await startServer()];
const job = { cases: corpus(), server: server.base, otherServer: other.base };
let result;
try {
  result = await runner({ folder: consumer(), job, files });
} finally {
  server.stop();
  other.stop();
}
mkdirSync(dirname(report), { recursive: true });
writeFileSync(report, JSON.stringify(result));
for (const failure of result.failures ?? []) console.log(failure);
process.exit(result.failed > 0 ? 1 : 0);
