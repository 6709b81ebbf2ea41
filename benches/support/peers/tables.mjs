// What other tools take for the same texts, each with its own rules: what they find differs.

import { mkdirSync } from "node:fs";
import { request } from "../bodies.mjs";
import { utf8 } from "../inputs.mjs";
import { percentile, singly } from "../rounds.mjs";
import { npmPeers } from "./npm.mjs";
import { pythonPeers } from "./python.mjs";

const FOLDER = "target/bench/peers";
/** A text that takes longer than this is measured once. */
const LONG_US = 100_000;

export async function peerTables(engine, texts, options) {
  if (!options.peers) return [skipped(["secretlint, redact-pii, openredaction, detect-secrets, Presidio, kingfisher, gitleaks"])];
  mkdirSync(FOLDER, { recursive: true });
  const wanted = texts.filter(({ kind, size }) => kind !== "near-miss" && size > 1024);
  const bytes = wanted.map(({ text }) => utf8(text));
  const npm = await npmPeers(FOLDER);
  const own = new Map(bytes.map((one) => [one, request("")]));
  for (const [body, call] of own) call.body = body;
  const runs = [{ name: "interven, everything on", run: (_, body) => engine.scan(own.get(body)) }, ...npm.peers];
  const speeds = runs.map(() => []);
  for (const [index, { text }] of wanted.entries()) {
    const calls = runs.map(
      ({ run }) =>
        () =>
          run(text, bytes[index]),
    );
    for (const [peer, us] of (await medians(calls, options)).entries()) speeds[peer].push(bytes[index].length / us);
  }
  const python = await pythonPeers(
    FOLDER,
    wanted.map(({ text }) => text),
  );
  const all = [...runs.map(({ name }, index) => ({ name, speeds: speeds[index] })), ...python.peers];
  const columns = wanted.map(({ kind, size }) => `${kind} ${size >> 10} KB, MB/s`);
  const ratio = (other) => (other === null ? null : speeds[0][1] / other);
  const missing = [...npm.missing, ...python.missing];
  return [
    {
      title: "Other tools with their own rules, on the same texts (CPU time)",
      columns: ["", ...columns, `times on ${wanted[1].kind} ${wanted[1].size >> 10} KB, ×`],
      rows: all.map(({ name, speeds: own }) => [name, ...own, ratio(own[1])]),
      note: [
        "Tools for npm and PyPI are installed for the run. Start-up is left out: commands are timed with and without files, 16 MB",
        "of them; files of 8 KB cost a command more than what is in them.",
      ].join(" "),
    },
    ...(missing.length > 0 ? [skipped(missing)] : []),
  ];
}

const skipped = (rows) => ({ title: "Not measured here", columns: ["tool"], rows: rows.map((one) => [one]) });

/** Of as many calls as make a tenth of a second, in turns. */
async function medians(calls, { quick }) {
  const once = [];
  for (const call of calls) once.push((await singly([call], 1))[0][0]);
  const fast = calls.filter((_, index) => once[index] < LONG_US);
  const slowest = Math.max(1, ...once.filter((us) => us < LONG_US));
  const measured = await singly(fast, Math.ceil(LONG_US / slowest) * (quick ? 1 : 4));
  return calls.map((call, index) => (fast.includes(call) ? percentile(measured[fast.indexOf(call)], 0.5) : once[index]));
}
