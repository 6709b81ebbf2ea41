/** Typed placeholders over what was found in a text that is read once. */
import { createHash } from "node:crypto";
import { builtInRules } from "../rules.js";
import type { Finding } from "../types.js";
import type { Places } from "./places.js";

interface Span {
  start: number;
  end: number;
  rank: number;
  label: string;
}

/**
 * Replaces what `redact` of an engine replaces: secrets, personal data, and orders to an agent. What marks a text as internal
 * stays, since it protects the text. The same text gets the same number.
 */
export class Placeholders {
  readonly #rules = new Map(builtInRules().map(({ id, label }, rank) => [id, { label, rank }]));
  readonly #numbers = new Map<string, number>();
  readonly #last = new Map<string, number>();
  /** Found and not yet written, in order and without overlap. */
  #waiting: Span[] = [];
  #written = 0;

  /** How much of the text has been written. */
  get written(): number {
    return this.#written;
  }

  /** What can be written when nothing more will be found before `settled`. Findings come in order. */
  replace(places: Places, findings: readonly Finding[], settled: number, ended: boolean): Uint8Array {
    for (const finding of findings) if (finding.class !== "INTERNAL") this.#add(finding);
    const out: Uint8Array[] = [];
    // A later finding may still overlap one that goes on past the settled place.
    while (this.#waiting[0] !== undefined && (ended || this.#waiting[0].end <= settled)) {
      const span = this.#waiting.shift() as Span;
      out.push(places.slice(this.#written, span.start), Buffer.from(this.#placeholder(span, places)));
      this.#written = span.end;
    }
    const until = Math.max(this.#written, Math.min(settled, this.#waiting[0]?.start ?? settled));
    out.push(places.slice(this.#written, until));
    this.#written = until;
    return Buffer.concat(out);
  }

  /** Overlapping findings are one span, under the name of the rule that comes first. */
  #add({ start, end, rule_id }: Finding): void {
    const { label, rank } = this.#rules.get(rule_id) ?? { label: rule_id.toUpperCase(), rank: Number.POSITIVE_INFINITY };
    const last = this.#waiting.at(-1);
    if (last === undefined || start >= last.end) this.#waiting.push({ start, end, rank, label });
    else {
      last.end = Math.max(last.end, end);
      if (rank < last.rank) Object.assign(last, { rank, label });
    }
  }

  #placeholder({ start, end, label }: Span, places: Places): string {
    // Values are not kept, not even here.
    const key = `${label} ${createHash("sha256").update(places.slice(start, end)).digest("base64")}`;
    const number = this.#numbers.get(key) ?? (this.#last.get(label) ?? 0) + 1;
    this.#numbers.set(key, number);
    this.#last.set(label, Math.max(number, this.#last.get(label) ?? 0));
    return `[${label}:${number}]`;
  }
}
