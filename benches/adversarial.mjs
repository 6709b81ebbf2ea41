// Texts made to be slow: how fast at worst, and whether ten times the text takes more than ten times as long.

import { Engine } from "interven";
import { metaEngine, ruleScan } from "./support/engines.mjs";
import { hostile } from "./support/hostile.mjs";
import { inputs, repeated, utf8 } from "./support/inputs.mjs";
import { oneByOne, patterns } from "./support/regexps.mjs";
import { briefly } from "./support/rounds.mjs";

export const about = "texts made to be slow";

const WORST = 12;

export default async function adversarial(options) {
  const { rules, units } = await inputs();
  const [ours, meta, single] = [await ruleScan(), await metaEngine(patterns(rules)), oneByOne(rules)];
  const size = options.quick ? 16 << 10 : 64 << 10;
  /** MB/s, and how many times longer ten times the text takes. */
  const growth = (make) => {
    const [one, ten] = [utf8(make(size)), utf8(make(10 * size))];
    const timed = (bytes) => {
      ours.write(bytes);
      return briefly(ours.scan);
    };
    const [short, long] = [timed(one), timed(ten)];
    return [Math.min(one.length / short, ten.length / long), long / short];
  };
  const known = Object.entries(hostile).map(([name, make]) => [name, ...growth(make), ...others(make(size), { meta, single })]);
  const own = units.flatMap(({ rule, ...kinds }) =>
    Object.entries(kinds).flatMap(([kind, unit]) =>
      ["", " "].map((gap) => [`${rule}, ${kind}${gap && ", spaced"}`, ...growth((bytes) => repeated(unit + gap, bytes))]),
    ),
  );
  own.sort((a, b) => a[1] - b[1]);
  const steepest = own.reduce((worst, row) => (row[2] > worst[2] ? row : worst));
  const slow = own.filter(([, speed]) => speed < 40).length;
  const columns = ["interven, MB/s", "ten times the text takes, ×"];
  return [
    {
      title: `Known to be slow for some scanner, ${size >> 10} KB and ten times that (interven: the slower of both)`,
      columns: ["", ...columns, "Engine.scan, MB/s", "RegExp one by one, MB/s", "regex_automata meta, MB/s"],
      rows: known,
    },
    {
      title: `Evidence of every rule, again and again (the slowest ${WORST} of ${own.length}, and the steepest)`,
      columns: ["", ...columns],
      rows: [...own.slice(0, WORST), ["steepest: ".concat(steepest[0]), ...steepest.slice(1)]],
      note: `hit: what a rule finds. cut: the same without its last character. miss: what a rule leaves. ${slow} of ${own.length} are below 40 MB/s.`,
    },
  ];

  function others(text, { meta, single }) {
    const bytes = utf8(text);
    meta.write(bytes);
    const engine = new Engine({ maxBodyBytes: 64 << 20 });
    const call = {
      method: "POST",
      url: "https://api.example.com/v1/notes",
      headers: [["content-type", "text/plain"]],
      body: bytes,
    };
    const us = [() => engine.scan(call), () => single(text), meta.scan].map(briefly);
    return us.map((one) => bytes.length / one);
  }
}
