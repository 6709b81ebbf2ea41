// `client.fetch` against the runtime's own `fetch`, in turns, to a server on loopback.

import { IntervenClient } from "interven";
import { insideOf } from "../../dist/guarding-client.js";
import { snapshot } from "../../dist/request.js";
import { call, initOf } from "./fetch-loopback.mjs";
import { interval, median } from "./statistics.mjs";

/** Calls of one kind in a row. The first is not counted: what came before it has left the caches in another state. */
const IN_A_ROW = 4;
/** Enough for the compilers to have seen all they want to see. */
const WARM_UP = 300;

/** Medians of each way to make a call, and what each differs by from `fetch` right before or after it. */
export async function compared({ url }, bodies, options, { quick }) {
  const rows = [];
  for (const body of bodies) {
    const measured = await inTurns(await ways(url, body, options), url, body, quick ? 300 : 1500);
    const [bare] = measured;
    for (const { name, times, sent } of measured) {
      const more = times.map((time, index) => time - bare.times[index]);
      const [low, high] = interval(more);
      const usual = median(bare.times);
      const added = name === bare.name ? ["–", "–", "–", "–"] : [low, median(more), high, (median(more) / usual) * 100];
      rows.push([`${name}, ${kilobytes(body)}`, median(times), median(sent), ...added]);
    }
  }
  return {
    title: "A call to a loopback server",
    columns: ["", "median, µs", "until it is sent, µs", "more: least, µs", "more: median, µs", "more: most, µs", "more, %"],
    rows,
    note:
      "Wall time, in rows of calls of one kind that take turns; least and most: between them the median lies with a confidence of 95 %. " +
      "The scan, then fetch: what the engine makes of a request that was read before, and then the call itself, which finds the caches full of the scan; whatever " +
      "else the guard does, it cannot cost less than that.",
  };
}

const kilobytes = (body) => `${body === undefined ? 0 : Math.round(body.length / 1024)} KB`;

/** The ways to make the call. `sentAt` is set when the runtime's `fetch` begins. */
async function ways(url, body, options) {
  const clock = { sentAt: 0 };
  const send = (...given) => {
    clock.sentAt = performance.now();
    return fetch(...given);
  };
  const client = new IntervenClient({ ...options, fetch: send });
  const { engine, settings } = insideOf(client);
  const { request } = await snapshot(url, initOf(body), settings.maxBodyBytes);
  const scanned = (...given) => {
    engine.decideHere(request, { agent: settings.agentId }, false);
    return send(...given);
  };
  const named = Object.entries({ fetch: send, "the scan, then fetch": scanned, "client.fetch": client.fetch });
  return named.map(([name, fetch]) => ({ name, fetch, clock, times: [], sent: [] }));
}

async function inTurns(all, url, body, rounds) {
  for (let round = -WARM_UP; round < rounds; round++) {
    for (const way of round % 2 === 0 ? all : all.toReversed()) {
      const [times, sent] = [[], []];
      for (let index = 0; index < IN_A_ROW; index++) {
        const from = performance.now();
        const time = await call(way.fetch, url, body);
        if (index === 0) continue;
        times.push(time);
        sent.push((way.clock.sentAt - from) * 1000);
      }
      if (round < 0) continue;
      way.times.push(median(times));
      way.sent.push(median(sent));
    }
  }
  return all;
}
