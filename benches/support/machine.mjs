// What a figure was measured on: without it, a figure says nothing.

import { arch, availableParallelism, cpus, loadavg, totalmem, type } from "node:os";

export function machine() {
  const load = Number(loadavg()[0].toFixed(1));
  return {
    machine: `${type()} ${arch()}, ${availableParallelism()} × ${cpus()[0]?.model.trim() ?? "unknown processor"}, ${Math.round(totalmem() / 2 ** 30)} GiB`,
    node: process.version,
    /** Average number of other programs that wanted a processor when it began. */
    load,
    busy: load > availableParallelism() / 2,
  };
}
