// A wait that an abort ends.

import { RUNTIME_CLOCK } from "../clock.js";

/** @throws the signal's reason when it aborts. */
export async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  signal?.throwIfAborted();
  await RUNTIME_CLOCK.sleep(ms, signal);
  signal?.throwIfAborted();
}
