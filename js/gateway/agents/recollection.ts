/** The engine's memory in the gateway: what moves it besides scans, and when it is written down. */
import { Memory } from "../../memory.js";
import type { GatewayOptions } from "../options.js";
import type { Approval, Store } from "../store/store.js";

const HEX = 16;

/** The memory of a store, under a key that is made once. Give it to the engine and to the gateway. */
export async function openGatewayMemory(store: Store): Promise<Memory> {
  const fresh = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(HEX).padStart(2, "0")).join("");
  const digits = await store.memory.key(fresh);
  const key = Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, HEX));
  const state = await store.memory.state();
  return new Memory({ key, ...(state === undefined ? {} : { state }) });
}

/** A memory, where the gateway has one. */
export class Recollection {
  readonly #memory: Memory | undefined;
  readonly #engine: GatewayOptions["engine"];
  readonly #store: Store;
  #kept = "";

  /** @throws {ConfigurationError} for a memory that the engine does not use. */
  constructor(
    { memory, engine, store }: Pick<GatewayOptions, "memory" | "engine" | "store">,
    private readonly now: () => number,
  ) {
    [this.#memory, this.#engine, this.#store] = [memory, engine, store];
    // A memory comes to life with the first question to its engine; a person may decide before there is one.
    if (memory) engine.explain({ method: "GET", url: "https://localhost/", headers: [], body: new Uint8Array(0) });
    memory?.merge(memory.state());
  }

  /** Trust in an agent; null where nothing is remembered. */
  trust(agentId: string): number | null {
    return this.#memory?.trust(agentId) ?? null;
  }

  /** A person's decision about a call, or a call to a known threat. */
  judge(agentId: string, judgement: "approved" | "denied" | "threat"): void {
    this.#memory?.judge(agentId, judgement);
  }

  /** A client has used an approval up and sends the call: where it goes is not new any more. */
  sent({ agentId, preview }: Approval): void {
    if (!this.#memory || preview.body_encoding !== "utf8") return;
    const { method, url, headers, body } = preview;
    const request = { method, url, headers, body: new TextEncoder().encode(body) };
    const context = { agentId, timeMs: this.now() };
    try {
      const { decision, digest } = this.#engine.explain(request, context).report;
      if (decision !== "DENY") this.#engine.scan(request, { ...context, ...(digest === null ? {} : { grant: digest }) });
    } catch {
      // The approval is used up and the client about to send: at worst a person is asked about the same place again.
    }
  }

  /** Writes down what is remembered, if it has changed. */
  async keep(): Promise<void> {
    if (!this.#memory) return;
    this.#memory.forget(this.now());
    const state = this.#memory.state();
    if (state === this.#kept) return;
    await this.#store.memory.keep(state);
    this.#kept = state;
  }
}
