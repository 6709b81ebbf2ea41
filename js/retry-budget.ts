// How many retries a client may make in all: when a gateway is down, its clients must not keep it down.

const CAPACITY = 500;
const COST_OF_FAULT = 10;
const COST_OF_THROTTLING = 5;

/** A bucket of tokens, full at first: retries take from it, successes put back. */
export class RetryBudget {
  #tokens = CAPACITY;

  /** Takes what a retry costs; false when there is not enough. */
  spend(throttled: boolean): boolean {
    const cost = throttled ? COST_OF_THROTTLING : COST_OF_FAULT;
    if (this.#tokens < cost) return false;
    this.#tokens -= cost;
    return true;
  }

  /** A call was answered. */
  succeeded(): void {
    this.#tokens = Math.min(CAPACITY, this.#tokens + 1);
  }
}
