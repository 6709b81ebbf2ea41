// What more rules cost: the rule scan built with some families of rules and with all of them.

import { ruleScan, ruleScanOf } from "./support/engines.mjs";
import { inputs, utf8 } from "./support/inputs.mjs";
import { oneByOne } from "./support/regexps.mjs";
import { effort, interleaved } from "./support/rounds.mjs";

export const about = "what more rules cost";

/** What everybody looks for: the best known vendors, generic secrets, and the personal data that most tools know. */
const FEW = [
  ...["aws", "github", "slack", "stripe", "openai", "anthropic", "google", "packages", "generic"].map((one) => `secrets::${one}`),
  ...["assigned", "pii", "pii::crypto", "pii::device", "pii::contact"],
];

export default async function scaling(options) {
  const { rules, texts } = await inputs();
  const [few, all] = [await ruleScanOf(FEW), await ruleScan()];
  const [fewRules, allRules] = [few.load(), all.load()];
  // The expressions of the first rules are as good as any: each costs its own pass.
  const [fewExpressions, allExpressions] = [oneByOne(rules.slice(0, fewRules)), oneByOne(rules)];
  const rows = [];
  for (const { kind, size, text } of texts.filter(({ kind }) => kind !== "dense")) {
    const bytes = utf8(text);
    few.write(bytes);
    all.write(bytes);
    const calls = [few.scan, all.scan, () => fewExpressions(text), () => allExpressions(text)];
    const us = interleaved(calls, effort(options));
    const speeds = us.map((one) => bytes.length / one);
    const [ours, theirs] = [100 * (1 - us[0] / us[1]), 100 * (1 - us[2] / us[3])];
    rows.push([`${kind}, ${size >> 10} KB`, speeds[0], speeds[1], ours, speeds[2], speeds[3], theirs]);
  }
  const count = (name) => [`${name} ${fewRules} rules, MB/s`, `${name} ${allRules} rules, MB/s`, `${name} slower by, %`];
  return [
    {
      title: `From ${fewRules} to ${allRules} rules: CPU time, median of ${effort(options).rounds} interleaved rounds`,
      columns: ["", ...count("interven"), ...count("RegExp")],
      rows,
      note: "interven with few rules is a build of its own whose table of families is shorter. Dense text is left out: what is found differs.",
    },
  ];
}
