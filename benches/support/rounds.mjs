// Who is compared takes turns: a round of the one, a round of the other, so that what disturbs the machine disturbs both.
// Time is the process's CPU time: what other programs take is not in it.

import { median } from "./statistics.mjs";

/** How long a round takes and how many there are. */
export const effort = ({ quick }) => (quick ? { rounds: 3, ms: 5 } : { rounds: 9, ms: 20 });

const cpu = () => {
  const { user, system } = process.cpuUsage();
  return user + system;
};

/** Microseconds per call of each of `calls`: medians of rounds. */
export function interleaved(calls, { rounds, ms }) {
  const about = calls.map(warm);
  const measured = about.map((us) => (us > LONG_US ? [us] : []));
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < calls.length; turn++) {
      const index = (round + turn) % calls.length;
      const times = Math.max(1, Math.round((ms * 1000) / about[index]));
      if (about[index] <= LONG_US) measured[index].push(timed(calls[index], times));
    }
  }
  return measured.map(median);
}

/** A call that takes longer is measured once. */
const LONG_US = 400_000;
/** For so long a call is made before it counts: compilers want to see it often. */
const WARM_US = 60_000;

/** Warms a call up and says about how long it takes, in microseconds. */
function warm(call) {
  let us = timed(call, 1);
  if (us > 5 * LONG_US) return us;
  let count = 1;
  for (let spent = 0; spent < WARM_US; spent += us * count, count *= 2) us = timed(call, count);
  return Math.max(us, 0.01);
}

/** Microseconds of the very next call. */
export const once = (call) => timed(call, 1);

/** Microseconds of one call, for what is measured thousands of times: the median of three after one that does not count. */
export function briefly(call) {
  call();
  return median([timed(call, 1), timed(call, 1), timed(call, 1)]);
}

function timed(call, times) {
  const from = cpu();
  for (let index = 0; index < times; index++) call();
  return (cpu() - from) / times;
}

/** Microseconds of single calls of each of `calls`, in turns, smallest first. What the clock itself takes is left out. */
export async function singly(calls, times) {
  const clock = median(Array.from({ length: 200 }, () => -cpu() + cpu()));
  const spent = calls.map(() => []);
  for (let round = -Math.ceil(times / 4); round < times; round++) {
    for (const [index, call] of calls.entries()) {
      const from = cpu();
      const done = call();
      if (done instanceof Promise) await done;
      const us = Math.max(0, cpu() - from - clock);
      if (round >= 0) spent[index].push(us);
    }
  }
  return spent.map((all) => all.sort((a, b) => a - b));
}

export const percentile = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
