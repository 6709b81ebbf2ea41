// What follows an approval that was used: the store is told how it ended.

import type { Outcome } from "../core/outcome.js";

/** Makes the call of an outcome. Where a person has approved it: it has ended with an answer, or nobody knows how. */
export async function executed<T>({ execution }: Outcome, action: () => T): Promise<Awaited<T>> {
  let result: Awaited<T>;
  try {
    result = await action();
  } catch (error) {
    await execution?.end("unknown");
    throw error;
  }
  await execution?.end("sent");
  return result;
}

/** Somebody else makes the call by itself: nobody here knows whether. */
export async function handedOver({ execution }: Outcome): Promise<void> {
  await execution?.end("unknown");
}
