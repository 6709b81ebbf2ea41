/** The gateway on a TCP port of this machine (Node, Bun, Deno). */
import { EventEmitter, once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Http2ServerResponse } from "node:http2";
import type { AddressInfo } from "node:net";
import { networkInterfaces } from "node:os";
import { getRequestListener } from "@hono/node-server";
import { consoleUrl, createGateway, type Gateway } from "./app.js";
import { readConsoleFile } from "./console-files.js";
import type { Connection, GatewayOptions } from "./options.js";
import { isProxyTarget } from "./proxy/target.js";
import { Refusal } from "./reply.js";

/** Options of {@link startGateway}. The store stays the caller's to close. */
export interface ServeOptions extends Omit<GatewayOptions, "self" | "consoleFile"> {
  /** Default 4100; 0 takes a free one. */
  port?: number;
  /** Default `127.0.0.1`. */
  host?: string;
}

/** A gateway that listens. */
export interface RunningGateway {
  port: number;
  /** Address of the console. */
  url: string;
  /** Stops listening, lets requests under way end for `graceMs` (default 5000), then closes what is left. */
  close(graceMs?: number): Promise<void>;
}

const SWEEP_MS = 2000;
const KEEP_MS = 30_000;

/** Starts listening; rejects with the error of `listen` (such as `EADDRINUSE`). */
export async function startGateway(options: ServeOptions): Promise<RunningGateway> {
  const host = options.host ?? "127.0.0.1";
  let port = options.port ?? 4100;
  const self = () => ({ port, host, addresses: ownAddresses() });
  const gateway = createGateway({ ...options, self, consoleFile: readConsoleFile });
  const server = createServer(listener(gateway));
  // An agent may send a large body slowly, but never headers.
  server.headersTimeout = 15_000;
  server.listen(port, host);
  await once(server, "listening");
  port = (server.address() as AddressInfo).port;
  const sweeper = setInterval(() => void gateway.sweep().catch(() => {}), SWEEP_MS);
  const keeper = setInterval(() => void gateway.keep().catch(() => {}), KEEP_MS);

  return {
    port,
    url: consoleUrl({ self, ...(options.publicHosts ? { publicHosts: options.publicHosts } : {}) }),
    async close(graceMs = 5000) {
      clearInterval(sweeper);
      clearInterval(keeper);
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeIdleConnections();
      const force = setTimeout(() => server.closeAllConnections(), graceMs);
      await Promise.all([closed, gateway.close()]);
      clearTimeout(force);
      // Counts, and what was learned in the last half minute, are no reason to fail.
      await gateway.keep().catch(() => {});
    },
  };
}

function listener(gateway: Gateway) {
  const connections = new WeakMap<IncomingMessage, Connection>();
  const listen = getRequestListener(
    (request, { incoming }) => gateway.fetch(request, connections.get(incoming as IncomingMessage)),
    {
      overrideGlobalObjects: false,
      errorHandler: () => new Refusal(400, "INVALID_REQUEST", "The request line or the Host header is not valid.").toResponse(),
    },
  );
  return (incoming: IncomingMessage, outgoing: Parameters<typeof listen>[1]) => {
    const target = incoming.url ?? "/";
    connections.set(incoming, {
      target,
      body: incoming,
      departure: departureOf(outgoing),
      breakOff: () => outgoing.destroy(),
      ...(incoming.socket.remoteAddress === undefined ? {} : { peerAddress: incoming.socket.remoteAddress }),
    });
    // The proxy reads its raw target; a URL parser on the way would fold it, or fail on it before it can be refused.
    if (isProxyTarget(target)) incoming.url = "/proxy";
    void listen(incoming, outgoing);
  };
}

/** Emits `abort` when the connection ends before the answer. */
function departureOf(outgoing: ServerResponse | Http2ServerResponse): EventEmitter {
  const departure = new EventEmitter();
  outgoing.once("close", () => {
    if (!outgoing.writableFinished) departure.emit("abort");
  });
  return departure;
}

/** Asking the system takes longer than a scan, and an interface does not come and go with every call. */
const ADDRESSES_MS = 1000;
let asked = { addresses: [] as string[], until: 0 };

function ownAddresses(): string[] {
  const now = performance.now();
  if (now < asked.until) return asked.addresses;
  const addresses = Object.values(networkInterfaces()).flatMap((entries) =>
    (entries ?? []).map((entry) => entry.address.replace(/%.*$/, "")),
  );
  asked = { addresses, until: now + ADDRESSES_MS };
  return addresses;
}
