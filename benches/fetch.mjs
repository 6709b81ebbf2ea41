// What the guard adds to a call that goes out.

import { IntervenClient } from "interven";
import { cleanBody } from "./support/bodies.mjs";
import { compared } from "./support/fetch-compared.mjs";
import { loopback } from "./support/fetch-loopback.mjs";
import { parts } from "./support/fetch-parts.mjs";

export const about = "what the guard adds to a call";

const LOCAL = { allowPrivate: ["127.0.0.1"] };

export default async function fetchBench(options) {
  const server = await loopback();
  const bodies = [undefined, cleanBody(1024), cleanBody(8192)];
  const tables = [await compared(server, bodies, LOCAL, options)];
  tables.push(await parts(server, bodies[1], new IntervenClient(LOCAL), options));
  server.end();
  return tables;
}
