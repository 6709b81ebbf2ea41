/** Conditions of a query and the values of their parameters. */
import type { Value } from "./database.js";

/** What rows must be like, all of it. */
export class Conditions {
  readonly values: Value[] = [];
  #text: string;

  constructor(first = "1") {
    this.#text = first;
  }

  /** As SQL, to stand behind WHERE. */
  get text(): string {
    return this.#text;
  }

  /** Asks for this as well, unless there is nothing to ask for; `?` stands for each value. */
  add(condition: string, ...values: (Value | undefined)[]): void {
    const given = values.filter((value) => value !== undefined);
    if (given.length < values.length) return;
    this.#text += ` AND ${condition}`;
    this.values.push(...given);
  }
}
