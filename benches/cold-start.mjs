// From nothing to the first verdict, where every start counts: a command's process, a Worker's isolate.

import { nodeTables } from "./support/node-start.mjs";
import { workerTable } from "./support/worker-start.mjs";

export const about = "time to the first verdict";

export default async () => [...(await nodeTables()), await workerTable()];
