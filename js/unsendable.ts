// What stands where a body would, for a call that must not be made.

import type { IntervenBlockedError } from "./errors.js";

/** Whatever would turn it into something to send, as `fetch` and `JSON.stringify` do, throws the refusal instead. */
export class Unsendable {
  readonly #refusal: IntervenBlockedError;

  constructor(refusal: IntervenBlockedError) {
    this.#refusal = refusal;
  }

  toJSON(): never {
    throw this.#refusal;
  }

  toString(): never {
    throw this.#refusal;
  }

  [Symbol.toPrimitive](): never {
    throw this.#refusal;
  }
}
