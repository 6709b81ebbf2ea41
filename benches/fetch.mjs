// What the guard adds to a call that goes out.

import { IntervenClient } from "interven";
import { cleanBody } from "./support/bodies.mjs";
import { loopback, pairs } from "./support/fetch-pairs.mjs";
import { parts } from "./support/fetch-parts.mjs";

export const about = "what the guard adds to a call";

export default async function fetchBench(options) {
  const client = new IntervenClient({ allowPrivate: ["127.0.0.1"] });
  const server = await loopback(cleanBody(1024));
  const tables = [await pairs(server, client, options), await parts(server, client, options)];
  server.end();
  return tables;
}
