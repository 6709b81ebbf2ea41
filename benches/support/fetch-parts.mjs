// Where the time of a guarded call goes: its parts, each right after a call that waited for the network, as in a program that
// does little else, and again and again, when all caches hold it.

import { insideOf } from "../../dist/guarding-client.js";
import { snapshot } from "../../dist/request.js";
import { call, initOf } from "./fetch-loopback.mjs";
import { median } from "./statistics.mjs";

const PARTS = ["snapshot", "scan", "a scan once more, whose report is read"];

export async function parts({ url }, body, client, { quick }) {
  const { engine, settings } = insideOf(client);
  const context = { agent: settings.agentId };
  const once = (spent) => {
    const init = initOf(body);
    const times = [performance.now()];
    const { request } = snapshot(url, init, settings.maxBodyBytes);
    times.push(performance.now());
    const { forward } = engine.decideHere(request, context, false);
    times.push(performance.now());
    const { decision } = engine.decideHere(request, context).report;
    times.push(performance.now());
    if (!forward || decision !== "ALLOW") throw new Error("the call of the benchmark is not allowed");
    for (const [part, of] of spent.entries()) of.push((times[part + 1] - times[part]) * 1000);
  };
  const measured = async (before) => {
    const spent = PARTS.map(() => []);
    for (let index = 0; index < (quick ? 500 : 2000); index++) {
      await before();
      once(spent);
    }
    return spent.map(median);
  };
  await measured(() => {});
  const warm = await measured(() => {});
  const waited = await measured(() => call(globalThis.fetch, url, body));
  return {
    title: "The parts of the guard",
    columns: ["", "after a call, µs", "again and again, µs"],
    rows: PARTS.map((part, index) => [part, waited[index], warm[index]]),
    note: "After a call: the thread has waited and done other things, and finds neither code nor tables in the nearest caches.",
  };
}
