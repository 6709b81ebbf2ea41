// Everything on: parsing, decoding, folding, all rules, the decision. And what others take for the same texts (`--peers`).

import { Engine, IntervenClient } from "interven";
import { request } from "./support/bodies.mjs";
import { inputs, utf8 } from "./support/inputs.mjs";
import { peerTables } from "./support/peers/tables.mjs";
import { percentile, singly } from "./support/rounds.mjs";

export const about = "everything on, beside other tools";

const TYPES = { json: "application/json", form: "application/x-www-form-urlencoded", text: "text/plain" };

export default async function scan(options) {
  const { bodies, texts } = await inputs();
  const engine = new Engine();
  const rows = [];
  for (const { size, ...kinds } of bodies) {
    const dense = texts.find((text) => text.kind === "dense" && text.size === size).text;
    for (const [kind, body] of Object.entries({ ...kinds, "dense json": dense })) {
      const call = request(body, TYPES[kind.split(" ").at(-1)]);
      const [us] = await singly([() => engine.scan(call)], times(size, options));
      const [middle, slow] = [percentile(us, 0.5), percentile(us, 0.99)];
      rows.push([`${kind}, ${size >> 10} KB`, engine.scan(call).decision, middle, slow, call.body.length / middle]);
    }
  }
  const client = new IntervenClient();
  const headers = { "content-type": "application/json" };
  const input = { method: "POST", url: "https://api.example.com/v1/notes", headers, body: bodies[0].json };
  const [us] = await singly([() => client.scan(input)], times(1024, options));
  const bytes = utf8(input.body).length;
  rows.push(["client.scan: json, 1 KB", "ALLOW", percentile(us, 0.5), percentile(us, 0.99), bytes / percentile(us, 0.5)]);
  return [
    {
      title: "Engine.scan of one request (CPU time)",
      columns: ["", "decision", "median, µs", "p99, µs", "MB/s"],
      rows,
      note: "Chats, forms and prose from word lists in which there is nothing to find; dense: something every eighty bytes.",
    },
    ...(await peerTables(engine, texts, options)),
  ];
}

const times = (size, { quick }) => (size > 64 << 10 ? 200 : 2000) / (quick ? 10 : 1);
