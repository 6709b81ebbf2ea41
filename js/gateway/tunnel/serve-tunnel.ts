/** Opens tunnels on sockets of this machine (Node, Bun, Deno). */
import { type IncomingMessage, STATUS_CODES } from "node:http";
import { connect, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import { refusalOf } from "../fault.js";
import { Refusal } from "../reply.js";
import type { Tunnel, TunnelRequest } from "./tunnels.js";

/** Opens a TCP connection to an address that was checked. */
export type TunnelConnector = (address: string, port: number) => Socket;

const CONNECT_TIMEOUT_MS = 10_000;
/** Time for a refused client to read why. */
const LINGER_MS = 1000;

/** Handles the `connect` event of a server. `request` decides. */
export function tunnelServer(
  request: (asked: TunnelRequest) => Promise<Tunnel>,
  open: TunnelConnector = (host, port) => connect({ host, port, allowHalfOpen: true }),
) {
  return async ({ url = "", rawHeaders }: IncomingMessage, client: Duplex, head: Buffer): Promise<void> => {
    // Its end is heard of by closing; an error that nobody hears ends the process.
    client.on("error", () => client.destroy());
    const peerAddress = (client as Socket).remoteAddress;
    let tunnel: Tunnel;
    try {
      const headers = headersOf(rawHeaders);
      tunnel = await request({ authority: url, headers, ...(peerAddress === undefined ? {} : { peerAddress }) });
    } catch (error) {
      refuse(client, error);
      return;
    }
    let upstream: Socket | undefined;
    try {
      upstream = await reach(tunnel, open, client);
      await carry(client, upstream, tunnel, head);
      client.destroy();
    } catch (error) {
      refuse(client, error);
    }
    upstream?.destroy();
    const [sentBytes, receivedBytes] = [upstream?.bytesWritten ?? 0, upstream?.bytesRead ?? 0];
    await tunnel.ended({ sentBytes, receivedBytes }).catch(() => {});
  };
}

/** A connection to the first address that answers. */
async function reach({ addresses, port, signal }: Tunnel, open: TunnelConnector, client: Duplex): Promise<Socket> {
  for (const address of addresses) {
    if (signal.aborted || client.destroyed) break;
    const socket = open(address, port);
    const connected = await new Promise<boolean>((resolve) => {
      const timer = setTimeout(() => resolve(false), CONNECT_TIMEOUT_MS);
      const settle = (reached: boolean) => () => {
        clearTimeout(timer);
        resolve(reached);
      };
      socket.on("error", settle(false)).once("connect", settle(true)).once("close", settle(false));
      signal.addEventListener("abort", settle(false), { once: true });
      client.once("close", settle(false));
    });
    if (connected) return socket;
    socket.destroy();
  }
  throw new Refusal(502, "UPSTREAM_FAILED", "The host could not be reached.");
}

/** Passes bytes on in both directions; resolves when the tunnel is at its end. */
function carry(client: Duplex, upstream: Socket, { signal, idleMs, headers }: Tunnel, head: Buffer): Promise<void> {
  return new Promise((resolve) => {
    const end = () => resolve();
    if (signal.aborted || client.destroyed) return end();
    signal.addEventListener("abort", end, { once: true });
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      // What one side has said before it left is still the other's to read.
      one.once("close", () => (other.writableEnded && !other.writableFinished ? other.once("finish", end) : end()));
      (one as Socket).setTimeout?.(idleMs, end);
    }
    client.write(headOf(200, "Connection Established", headers));
    if (head.length > 0) upstream.write(head);
    client.pipe(upstream);
    upstream.pipe(client);
  });
}

function refuse(client: Duplex, error: unknown): void {
  const { status, code, message, headers } = refusalOf(error);
  const text = `${JSON.stringify({ error: { code, message } })}\n`;
  const fields = {
    ...headers,
    "content-type": "application/json; charset=utf-8",
    "content-length": String(Buffer.byteLength(text)),
    connection: "close",
  };
  if (!client.writable) return;
  // A connection that is closed under what a client still sends is reset, and the answer with it.
  client.resume();
  client.end(headOf(status, STATUS_CODES[status] ?? "Error", fields) + text);
  setTimeout(() => client.destroy(), LINGER_MS).unref();
}

/** Fields come from the gateway alone. */
function headOf(status: number, reason: string, fields: Record<string, string>): string {
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value.replace(/[\r\n]/g, "")}\r\n`);
  return `HTTP/1.1 ${status} ${reason}\r\n${lines.join("")}\r\n`;
}

function headersOf(raw: readonly string[]): Headers {
  const headers = new Headers();
  for (let i = 0; i + 1 < raw.length; i += 2) headers.append(raw[i] ?? "", raw[i + 1] ?? "");
  return headers;
}
