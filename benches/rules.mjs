// The rule scan, in WebAssembly, against the same rules as regular expressions.

import { metaEngine, ruleScan } from "./support/engines.mjs";
import { inputs, utf8 } from "./support/inputs.mjs";
import { alternation, coverage, expressions, oneByOne, patterns } from "./support/regexps.mjs";
import { effort, interleaved, once } from "./support/rounds.mjs";

export const about = "the rule scan against the same rules as regular expressions";

export default async function rules(options) {
  const { rules, texts } = await inputs();
  const [ours, meta] = [await ruleScan(), await metaEngine(patterns(rules))];
  const [single, joined] = [oneByOne(rules), alternation(rules)];
  const rows = [];
  const hits = [];
  const met = [];
  for (const { kind, size, text } of texts) {
    const bytes = utf8(text);
    ours.write(bytes);
    meta.write(bytes);
    const calls = [ours.scan, () => single(text), () => joined(text), meta.scan];
    const first = calls.map(once);
    const us = interleaved(calls, effort(options));
    const name = `${kind}, ${size >> 10} KB`;
    rows.push([name, ...us.map((one) => bytes.length / one), ...us.slice(1).map((one) => one / us[0])]);
    met.push([name, ...first.map((one) => bytes.length / one)]);
    hits.push([name, ...calls.map((call) => call())]);
  }
  const columns = ["interven", "RegExp one by one", "RegExp alternation", "regex_automata meta"];
  const share = coverage(rules);
  if (share < 95) throw new Error(`the expressions find only ${share} % of the rules' evidence: they are other rules`);
  return [
    {
      title: `${rules.length} rules: CPU time, median of ${effort(options).rounds} interleaved rounds`,
      columns: ["", ...columns.map((one) => `${one}, MB/s`), ...columns.slice(1).map((one) => `times ${one}, ×`)],
      rows,
      note: [
        `The rules are ${expressions(rules).length} different expressions, which find ${share.toFixed(1)} % of the rules' own evidence; they say what`,
        "the shapes say, without checksums, entropy and the words around numbers, which interven's time includes. interven and meta",
        "scan bytes in their memory, RegExp a string. Nothing is parsed or decoded. meta has 128 MB for its states, and",
        "meets the same text again and again: with less it falls to a fraction.",
      ].join(" "),
    },
    {
      title: "The first time that each of them meets the text (CPU time, once)",
      columns: ["", ...columns.map((one) => `${one}, MB/s`)],
      rows: met,
      note: "The first row has the compilers' work in it. meta makes its states as it goes, and here it has not made them yet.",
    },
    { title: "What each of them finds (candidates, for the expressions)", columns: ["", ...columns], rows: hits },
  ];
}
