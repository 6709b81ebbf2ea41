// The scripted gateway on a socket, where a runtime has the modules of Node.js. Nothing is imported: bundles for other
// runtimes would carry it along.

import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Deed } from "./steps.js";

/** A gateway that listens. */
export interface Listening {
  url: string;
  close(): void;
}

interface Asked {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string;
}

/** Serves on a free loopback port. */
export async function listen(answered: (request: Asked) => Deed): Promise<Listening> {
  const http = globalThis.process?.getBuiltinModule?.("node:http");
  if (http === undefined) throw new Error("This runtime cannot listen: give the client `gateway.fetch` instead.");
  const server = http.createServer((request, response) => {
    void serve(request, response, answered);
  });
  const sockets = new Set<Socket>();
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as { port: number };
  const close = () => {
    // It listens no more from here on. When that is said differs, and Deno may not say it at all.
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  return { url: `http://127.0.0.1:${port}`, close };
}

async function serve(request: IncomingMessage, response: ServerResponse, answered: (request: Asked) => Deed): Promise<void> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk as Uint8Array);
  const body = await new Blob(chunks as Uint8Array<ArrayBuffer>[]).text();
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
  const deed = answered({ method: request.method ?? "", path: request.url ?? "", headers, body });
  // A connection that is used again may be tried anew by the runtime itself when it breaks, and the script would go on unseen.
  response.setHeader("connection", "close");
  switch (deed.deed) {
    case "answer":
      response.writeHead(deed.status, deed.headers).end(deed.body);
      return;
    case "refuse":
      request.socket.destroy();
      return;
    case "break":
      response.writeHead(200, { "content-type": "application/json", "content-length": "1000" });
      response.write('{"decision":', () => request.socket.destroy());
      return;
    case "hang":
      return;
  }
}
