/** `interven/workers`: approvals in Durable Objects, one object for each approval. */
import { IntervenError } from "../errors.js";
import { readRecord, readStored } from "./record-shape.js";
import type { ApprovalRecord, ApprovalStore, StoredApproval } from "./store.js";

/** As much of a Durable Object namespace as is needed here. */
export interface ApprovalNamespace {
  idFromName(name: string): unknown;
  // biome-ignore lint/suspicious/noExplicitAny: the id's type belongs to the runtime.
  get(id: any): { fetch(input: string, init?: RequestInit): Promise<Response> };
}

/** As much of a Durable Object's state as is needed here. */
export interface ApprovalObjectState {
  storage: {
    get(key: string): Promise<unknown>;
    put(key: string, value: unknown): Promise<void>;
    setAlarm(timeMs: number): Promise<void>;
    deleteAll(): Promise<void>;
  };
}

const KEY = "approval";
/** How long an object outlives its approval: a call that was taken up late must still find out that it was sent. */
const KEPT_MS = 7 * 86_400_000;

/**
 * The object. A Worker exports it under the name that its configuration binds:
 *
 * @example
 * export { ApprovalObject } from "interven/workers";
 */
export class ApprovalObject {
  readonly #storage: ApprovalObjectState["storage"];

  constructor(state: ApprovalObjectState) {
    this.#storage = state.storage;
  }

  /** `GET` reads, `PUT` compares and swaps. While an object waits for its storage it is told of nothing else. */
  async fetch(request: Request): Promise<Response> {
    if (request.method === "GET") return Response.json(readStored(await this.#storage.get(KEY)) ?? null);
    const { expected, record } = (await request.json()) as { expected: number; record: unknown };
    const read = readRecord(record);
    if (read === undefined) return new Response(null, { status: 400 });
    // From here to the end of `put` nobody else is heard.
    const stored = readStored(await this.#storage.get(KEY));
    if ((stored?.version ?? 0) !== expected) return Response.json(false);
    await this.#storage.put(KEY, { record: read, version: expected + 1 });
    await this.#storage.setAlarm(read.expiresAtMs + KEPT_MS);
    return Response.json(true);
  }

  async alarm(): Promise<void> {
    await this.#storage.deleteAll();
  }
}

/** Keeps approvals in the objects of a namespace. */
export class DurableObjectApprovalStore implements ApprovalStore {
  readonly #namespace: ApprovalNamespace;

  /** @example new DurableObjectApprovalStore(env.APPROVALS) */
  constructor(namespace: ApprovalNamespace) {
    this.#namespace = namespace;
  }

  async read(approvalId: string): Promise<StoredApproval | undefined> {
    return readStored(await this.#ask(approvalId, {}));
  }

  async compareAndSwap(approvalId: string, expected: number, record: ApprovalRecord): Promise<boolean> {
    return (await this.#ask(approvalId, { method: "PUT", body: JSON.stringify({ expected, record }) })) === true;
  }

  async #ask(approvalId: string, init: RequestInit): Promise<unknown> {
    const object = this.#namespace.get(this.#namespace.idFromName(approvalId));
    const response = await object.fetch("https://approvals.invalid/", init);
    if (response.ok) return await response.json();
    await response.body?.cancel();
    throw new IntervenError("ERR_INTERVEN_APPROVAL_STORE", `The object of an approval answered ${response.status}.`);
  }
}
