// What rules of policies cost: a message of one kilobyte under ever more of them, natively.

import { execFileSync } from "node:child_process";
import { must } from "../scripts/run.mjs";

export const about = "what rules of policies cost";

export default async function policy({ quick }) {
  const build = ["build", "--locked", "--release", "--example", "bench_policy"];
  await must("Building the benchmark of policies", "cargo", build, { log: "target/build-logs/bench-policy.log" });
  const { CARGO_TARGET_DIR = "target" } = process.env;
  const output = execFileSync(`${CARGO_TARGET_DIR}/release/examples/bench_policy`, quick ? ["--quick"] : [], {
    encoding: "utf8",
  });
  const { counts, bytes, rows } = JSON.parse(output);
  return [
    {
      title: `A message of ${bytes} bytes under rules of policies: microseconds a scan, all of it, natively`,
      columns: ["rules", ...counts.map((count) => `${count}`), "ns for each rule more"],
      rows: rows.map(({ kind, microseconds }) => {
        const [few, many] = [microseconds[1], microseconds.at(-1)];
        return [kind, ...microseconds, (1000 * (many - few)) / (counts.at(-1) - counts[1])];
      }),
      note: "The least of several rounds that take turns. The first column of figures is the scan without any policy.",
    },
  ];
}
