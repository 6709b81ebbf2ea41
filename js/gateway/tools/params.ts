/** Parameters of a tool's operation, as values and as the JSON source that arrived. */
import { decodeUtf8 } from "../body.js";
import { jsonObject } from "../json-object.js";
import { invalid } from "../reply.js";

/** What an agent gives; each parameter is taken once. */
export class Params {
  private constructor(
    private readonly values: Map<string, unknown>,
    private readonly sources: Map<string, string>,
  ) {}

  /** Throws a 400 for a body that is not one object whose members each have a name of their own. */
  static read(bytes: Uint8Array): Params {
    const text = decodeUtf8(bytes) || "{}";
    const { fields, members } = jsonObject(text, "The body must be a JSON object with the parameters of the operation.");
    return new Params(new Map(Object.entries(fields)), members);
  }

  /** Whether a parameter is given; `null` is none. */
  has(name: string): boolean {
    return (this.values.get(name) ?? null) !== null;
  }

  /** Takes a parameter out; `undefined` where it is not given. */
  take(name: string): unknown {
    const value = this.values.get(name) ?? undefined;
    this.values.delete(name);
    return value;
  }

  /** Takes a text out; throws a 400 for anything else. */
  takeText(name: string): string | undefined {
    const value = this.take(name);
    if (value === undefined || (typeof value === "string" && value !== "")) return value;
    throw invalid(name, "must be a text");
  }

  /** The JSON source of a parameter, with the digits that it came with. */
  source(name: string): string {
    return this.sources.get(name) ?? "null";
  }

  /** Whatever has not been taken. */
  rest(): [name: string, value: unknown][] {
    return [...this.values];
  }

  /** Throws a 400 that names a parameter which has not been taken. */
  refuseRest(known: readonly string[]): void {
    const [left] = this.values.keys();
    if (left !== undefined) throw invalid(left, `is not known here; there are ${known.join(", ")}`);
  }
}
