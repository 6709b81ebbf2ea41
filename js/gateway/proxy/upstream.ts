/** Sends decided requests. Sockets go to checked addresses only; redirects are not followed. */
import type { EventEmitter } from "node:events";
import { buildConnector, type Dispatcher, Pool } from "undici";
import type { WireRequest } from "../../types.js";
import { Refusal } from "../reply.js";

/** What ends a call: a signal, or an emitter of `abort`. */
export type Abort = AbortSignal | EventEmitter;

/** Opens a socket for undici. */
export type UpstreamConnector = buildConnector.connector;

/** An upstream's answer; header names and values alternate as they came. */
export interface UpstreamAnswer {
  status: number;
  headers: string[];
  /** Errors of it are heard already, so that none can end the process; whoever reads it sees them too. */
  body: Dispatcher.ResponseData["body"];
}

const CONNECT_TIMEOUT_MS = 10_000;
const MAX_POOLS = 256;

/** Connections to upstreams, kept open between calls. */
export class Upstreams {
  readonly #pools = new Map<string, Pool>();

  constructor(
    private readonly headersTimeoutMs: number,
    private readonly connect: UpstreamConnector | undefined,
  ) {}

  /** Sends exactly this request to one of these addresses. */
  async send(request: WireRequest, url: URL, addresses: readonly string[], signal: Abort): Promise<UpstreamAnswer> {
    try {
      const answer = await this.#pool(url.origin, addresses).request({
        path: url.pathname + url.search,
        method: request.method,
        headers: request.headers.flat(),
        body: request.body.length > 0 ? request.body : null,
        responseHeaders: "raw",
        headersTimeout: this.headersTimeoutMs,
        signal,
      });
      answer.body.on("error", () => {});
      return {
        status: answer.statusCode,
        // With `responseHeaders: "raw"` undici answers a list, which its types do not say.
        headers: answer.headers as unknown as string[],
        body: answer.body,
      };
    } catch (error) {
      throw upstreamFailure(error);
    }
  }

  /** Closes every connection once its answers have ended. */
  async close(): Promise<void> {
    const pools = [...this.#pools.values()];
    this.#pools.clear();
    await Promise.all(pools.map((pool) => pool.close()));
  }

  /** A pool belongs to the addresses that were checked, so a name that later resolves elsewhere gets another one. */
  #pool(origin: string, addresses: readonly string[]): Pool {
    const key = `${origin} ${[...addresses].sort().join(",")}`;
    const pool = this.#pools.get(key) ?? new Pool(origin, { connect: this.connect ?? pinnedConnector(addresses) });
    this.#pools.delete(key);
    this.#pools.set(key, pool);
    if (this.#pools.size > MAX_POOLS) {
      const [oldest] = this.#pools;
      if (oldest) {
        this.#pools.delete(oldest[0]);
        void oldest[1].close();
      }
    }
    return pool;
  }
}

function pinnedConnector(addresses: readonly string[]): UpstreamConnector {
  const entries = addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
  return buildConnector({
    timeout: CONNECT_TIMEOUT_MS,
    lookup: (_hostname, options, callback) => {
      const usable = entries.filter((entry) => !options.family || options.family === entry.family);
      const [first] = usable;
      if (!first) callback(new Error("no checked address of this family"), "", 0);
      else if (options.all) callback(null, usable);
      else callback(null, first.address, first.family);
    },
  });
}

function upstreamFailure(error: unknown): Refusal {
  const code = (error as NodeJS.ErrnoException).code ?? "UNKNOWN";
  if (code === "UND_ERR_HEADERS_TIMEOUT" || code === "UND_ERR_CONNECT_TIMEOUT" || code === "ETIMEDOUT") {
    return new Refusal(
      504,
      "UPSTREAM_TIMEOUT",
      "The upstream did not answer in time. Whether it acted on the request is unknown.",
    );
  }
  return new Refusal(502, "UPSTREAM_FAILED", `The upstream could not be reached or broke off (${code}).`);
}
