/** The gateway on a TCP port of this machine (Node, Bun, Deno). */
import { EventEmitter, once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { networkInterfaces } from "node:os";
import { getRequestListener } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { packageVersion } from "../cli/version.js";
import { ConfigurationError } from "../errors.js";
import { createGateway, type Gateway } from "./app.js";
import { Carrier } from "./carrying.js";
import { readConsoleFile } from "./console-files.js";
import { isInboundTarget } from "./inbound/target.js";
import type { Connection, Departure, GatewayOptions } from "./options.js";
import { consoleUrl } from "./parts.js";
import { isProxyTarget } from "./proxy/target.js";
import { Refusal } from "./reply.js";
import { type TunnelConnector, tunnelServer } from "./tunnel/serve-tunnel.js";

/** Options of {@link startGateway}. The store stays the caller's to close. */
export interface ServeOptions extends Omit<GatewayOptions, "self" | "consoleFile"> {
  /** Default 4100; 0 takes a free one. */
  port?: number;
  /** Default `127.0.0.1`. */
  host?: string;
  /** Opens the connection of a tunnel to a checked address. Default: TCP. */
  connectTunnel?: TunnelConnector;
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
  const gateway = createGateway({ version: packageVersion(), ...options, self, consoleFile: readConsoleFile });
  await gateway.open();
  const server = createServer(listener(gateway));
  const serveTunnel = tunnelServer(gateway.tunnel, options.connectTunnel);
  server.on("connect", (request, socket, head) => void serveTunnel(request, socket, head));
  // An agent may send a large body slowly, but never headers.
  server.headersTimeout = 15_000;
  server.listen(port, host);
  await once(server, "listening");
  port = (server.address() as AddressInfo).port;
  if (isOwnAddress(options.remote?.url, port)) {
    server.close();
    throw new ConfigurationError("The gateway cannot ask itself: --gateway-url (INTERVEN_GATEWAY_URL) must name another one.");
  }
  const sweeper = setInterval(() => void gateway.sweep().catch(() => {}), SWEEP_MS);
  const keeper = setInterval(() => void gateway.keep().catch(() => {}), KEEP_MS);

  return {
    port,
    url: consoleUrl({ ...options, self }),
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
  const arrivals = new WeakMap<object, { connection: Connection; carrier: Carrier }>();
  const listen = getRequestListener(
    async (request, { incoming }) => {
      const arrival = arrivals.get(incoming);
      const response = await gateway.fetch(request, arrival?.connection);
      return arrival?.carrier.send(response) ? RESPONSE_ALREADY_SENT : response;
    },
    {
      overrideGlobalObjects: false,
      errorHandler: () => new Refusal(400, "INVALID_REQUEST", "The request line or the Host header is not valid.").toResponse(),
    },
  );
  return (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const target = incoming.url ?? "/";
    const carrier = new Carrier(outgoing);
    const connection: Connection = {
      target,
      body: incoming,
      departure: departureOf(outgoing),
      carry: (response, body) => carrier.take(response, body),
      ...(incoming.socket.remoteAddress === undefined ? {} : { peerAddress: incoming.socket.remoteAddress }),
    };
    arrivals.set(incoming, { connection, carrier });
    // The proxy and its like read the raw target; a URL parser on the way would fold it, or fail on it before it can be refused.
    if (isProxyTarget(target)) incoming.url = "/proxy";
    if (isInboundTarget(target)) incoming.url = "/inbound";
    void listen(incoming, outgoing);
  };
}

/** Aborts when the connection ends before the answer. */
function departureOf(outgoing: ServerResponse): Departure {
  const departure: Departure = new EventEmitter();
  outgoing.once("close", () => {
    if (outgoing.writableFinished) return;
    departure.aborted = true;
    departure.emit("abort");
  });
  return departure;
}

function isOwnAddress(url: string | undefined, port: number): boolean {
  if (url === undefined) return false;
  const { hostname, port: given, protocol } = new URL(url);
  return protocol === "http:" && Number(given || 80) === port && ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
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
