// `npm run eval -- FILE…`: what a policy makes of agents' tool calls, attacks and benign ones.
//
// A file holds a JSON object a line: {"label": "attack" | "benign", "name": the tool, "args": its arguments}. Nothing is
// remembered between rows, so every destination is new.

import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { parseArgs } from "node:util";
import { build } from "./build.mjs";

const { values, positionals: files } = parseArgs({
  allowPositionals: true,
  options: {
    policy: { type: "string", multiple: true, default: ["starter"] },
    "org-domain": { type: "string", multiple: true, default: [] },
    list: { type: "boolean" },
    help: { type: "boolean", short: "h" },
  },
});
if (values.help || files.length === 0) {
  console.log(`npm run eval -- [--policy P]... [--org-domain D]... [--list] FILE...

Decides every row {"label", "name", "args"} of JSONL files as POST tool://agent/NAME, and prints the share of
attacks that are not ALLOW and of benign calls that are. --list names the rows that went the other way.`);
  process.exit(files.length === 0 && !values.help ? 2 : 0);
}

await build();
const { engineFromFiles } = await import("../dist/cli/policy/files.js");
const domains = values["org-domain"];
const engine = engineFromFiles(values.policy, domains.length > 0 ? { organisation: { domains } } : {});
const percent = (part, whole) => (whole === 0 ? "-" : `${((100 * part) / whole).toFixed(1)} %`);
console.log(`policy ${values.policy.join(", ")}; organisation ${domains.join(", ") || "not stated"}\n`);
console.log("source                    attacks not ALLOW    benign ALLOW (SANITIZE apart)");
for (const file of files) {
  const rows = readFileSync(file, "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  const decided = rows.map((row) => ({ row, report: decide(row) }));
  const of = (label) => decided.filter(({ row }) => row.label === label);
  const [attacks, benign] = [of("attack"), of("benign")];
  const stopped = attacks.filter(({ report }) => report.decision !== "ALLOW");
  const passed = benign.filter(({ report }) => report.decision === "ALLOW");
  const redacted = benign.filter(({ report }) => report.decision === "SANITIZE");
  const name = basename(file)
    .replace(/\.jsonl$/, "")
    .padEnd(24);
  const left = `${stopped.length} of ${attacks.length}, ${percent(stopped.length, attacks.length)}`.padEnd(20);
  const right = `${passed.length} of ${benign.length}, ${percent(passed.length, benign.length)} (${redacted.length} SANITIZE)`;
  console.log(`${name}  ${left} ${right}`);
  if (!values.list) continue;
  const odd = [
    ...attacks.filter(({ report }) => report.decision === "ALLOW"),
    ...benign.filter(({ report }) => report.decision !== "ALLOW"),
  ];
  for (const { row, report } of odd)
    console.log(
      `  ${row.label.padEnd(7)} ${report.decision.padEnd(17)} ${report.verb.padEnd(6)} ${row.name}  ${report.reason_codes.join(" ")}`,
    );
}

function decide({ name, args }) {
  const body = new TextEncoder().encode(JSON.stringify(args ?? {}));
  const url = `tool://agent/${encodeURIComponent(name)}`;
  return engine.scan({ method: "POST", url, headers: [["content-type", "application/json"]], body }).report;
}
