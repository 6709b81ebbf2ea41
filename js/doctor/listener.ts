// Where what was not blocked arrives: a port of this process, and where there are none, a name that leads nowhere.

import { builtin } from "../install/runtime.js";

/** The end of a path. */
export interface Destination {
  /** `host:port`, for URLs. */
  readonly authority: string;
  /** How many connections have come; nothing where nobody listens. */
  arrived(): number | undefined;
  close(): void;
}

interface Socket {
  on(event: string, heard: () => void): void;
  destroy(): void;
}

interface Server {
  on(event: string, heard: (value: never) => void): Server;
  listen(port: number, host: string, done: () => void): Server;
  address(): { port: number };
  close(): void;
}

/** A name that is reserved for never being one (RFC 2606). */
const NOWHERE: Destination = { authority: "interven-doctor.invalid", arrived: () => undefined, close: () => {} };

/** Listens on loopback, on a port that the system chooses. */
export async function listen(): Promise<Destination> {
  const net = builtin<{ createServer(heard: (socket: Socket) => void): Server }>("node:net");
  let count = 0;
  try {
    if (net === undefined) return NOWHERE;
    const server = net.createServer((socket) => {
      count += 1;
      socket.on("error", () => {});
      socket.destroy();
    });
    await new Promise<void>((resolve, reject) => server.on("error", reject).listen(0, "127.0.0.1", resolve));
    const { port } = server.address();
    return { authority: `127.0.0.1:${port}`, arrived: () => count, close: () => server.close() };
  } catch {
    return NOWHERE;
  }
}
