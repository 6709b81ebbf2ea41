// The body of an answer on its way to the reader: read when it is asked for, and given when nothing can be found in it any more.

import { isBytes } from "./bytes.js";
import type { Given } from "./core/redactor-handle.js";

/** What goes through the stream. */
export interface Sieve {
  /** Takes the next bytes, the last ones with `ends`. */
  push(bytes: Uint8Array, ends: boolean): Given;
  /** The error of an answer of which nothing more goes out. */
  refuse(reason: string): Error;
  /** What the reader is told, in case a runtime does not tell it. */
  failed(error: unknown): void;
  /** Called once: how it ended. What it throws ends the answer with an error. */
  end(outcome: "complete" | "cancelled" | "failed" | "withheld", reason: string | null): void;
}

/** Where the bytes come from. */
export interface Source {
  read(): Promise<{ done: boolean; value?: unknown }>;
  cancel(reason?: unknown): Promise<void>;
}

const NOTHING = new Uint8Array();

/** The stream of what the sieve lets through. It holds nothing back but what the sieve holds. */
export function redactingStream(source: Source, sieve: Sieve): ReadableStream<Uint8Array<ArrayBuffer>> {
  let withheld: string | undefined;
  let ended = false;
  /** Gives what there is; true when the reader has got something, or the end. */
  async function step(controller: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>>): Promise<boolean> {
    // What stands before something that is withheld has gone out first.
    if (withheld !== undefined) throw sieve.refuse(withheld);
    const { done, value } = await source.read();
    if (!done && !isBytes(value)) throw new TypeError("The answer gives something that is not bytes.");
    const given = sieve.push(done ? NOTHING : (value as Uint8Array), done);
    withheld = given.withheld;
    if (given.bytes.length > 0) controller.enqueue(given.bytes);
    else if (withheld !== undefined) throw sieve.refuse(withheld);
    if (done && withheld === undefined) {
      ended = true;
      sieve.end("complete", null);
      controller.close();
      return true;
    }
    return given.bytes.length > 0;
  }
  return new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      async pull(controller) {
        try {
          while (!(await step(controller)));
        } catch (error) {
          sieve.failed(error);
          // Not awaited: a source may never say that it was cancelled.
          source.cancel(error).catch(() => {});
          if (!ended) {
            ended = true;
            sieve.end(withheld === undefined ? "failed" : "withheld", withheld ?? null);
          }
          throw error;
        }
      },
      async cancel(reason) {
        if (!ended) {
          ended = true;
          sieve.end("cancelled", null);
        }
        await source.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
}

/** The bytes of an answer; one whose body is no stream of this platform is read at once. */
export function sourceOf(response: Response): Source {
  const body = response.body as ReadableStream<unknown> | null;
  if (typeof body?.getReader === "function") {
    const reader = body.getReader();
    return { read: () => reader.read(), cancel: (reason) => reader.cancel(reason) };
  }
  let whole: Promise<ArrayBuffer> | undefined;
  return {
    async read() {
      if (whole !== undefined) return { done: true };
      whole = response.arrayBuffer();
      return { done: false, value: new Uint8Array(await whole) };
    },
    cancel: async () => {},
  };
}
