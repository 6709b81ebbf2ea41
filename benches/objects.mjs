// A JavaScript object, scanned as it is, against what `JSON.parse` takes to make it.

import { IntervenClient } from "interven";
import { cleanBody } from "./support/bodies.mjs";
import { ruleScan } from "./support/engines.mjs";
import { inputs } from "./support/inputs.mjs";
import { scanObject } from "./support/object-scan.mjs";
import { effort, interleaved, percentile, singly } from "./support/rounds.mjs";

export const about = "an object, scanned from JavaScript";

export default async function objects(options) {
  const { bodies } = await inputs();
  const engine = await ruleScan();
  const client = new IntervenClient();
  const texts = bodies.flatMap(({ size, json }) => [
    { name: `a chat, ${size >> 10} KB`, json },
    { name: `records, ${size >> 10} KB`, json: cleanBody(size) },
  ]);
  const rows = texts.map(({ name, json }) => {
    const object = JSON.parse(json);
    const scan = () => scanObject(engine, object);
    const [parse, write, scanned] = interleaved([() => JSON.parse(json), () => JSON.stringify(object), scan], effort(options));
    return [name, parse, write, scanned, scanned / parse];
  });
  const headers = { "content-type": "application/json" };
  const whole = [];
  for (const { name, json } of texts) {
    const body = JSON.parse(json);
    const call = { method: "POST", url: "https://api.example.com/v1/notes", headers, body };
    const [us] = await singly([() => client.scan(call)], options.quick ? 60 : 600);
    whole.push([name, percentile(us, 0.5), percentile(us, 0.99)]);
  }
  return [
    {
      title: `The rule scan of an object: CPU time, median of ${effort(options).rounds} interleaved rounds`,
      columns: ["", "JSON.parse of its text, µs", "JSON.stringify, µs", "scanned, µs", "scanned / JSON.parse, ×"],
      rows,
      note: "Scanned: written as JSON, encoded into WebAssembly memory and read by all rules.",
    },
    {
      title: "client.scan with an object for a body: URL, headers, body, decision (CPU time)",
      columns: ["", "median, µs", "p99, µs"],
      rows: whole,
    },
  ];
}
