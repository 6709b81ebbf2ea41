// A gateway of the older protocol out of bare sockets: it answers whatever a test says, and keeps every byte that it gets.

import { createServer } from "node:net";

/** Starts it. `answer(request, index)` gives the bytes of an answer, or nothing to close the connection without one. */
export async function gateway(t, answer) {
  const [requests, open] = [[], new Set()];
  const server = createServer((socket) => {
    open.add(socket);
    socket.on("error", () => {});
    let held = Buffer.alloc(0);
    socket.on("data", async (data) => {
      held = Buffer.concat([held, data]);
      const request = parsed(held);
      if (request === undefined) return;
      held = Buffer.alloc(0);
      requests.push(request);
      const reply = await answer(request, requests.length - 1);
      if (reply === undefined) socket.destroy();
      else socket.end(reply);
    });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  return { url: `http://127.0.0.1:${server.address().port}`, requests };
}

/** A whole request, once all of it is there. */
function parsed(bytes) {
  const end = bytes.indexOf("\r\n\r\n");
  if (end < 0) return undefined;
  const [first, ...lines] = bytes.subarray(0, end).toString("latin1").split("\r\n");
  const [method, path] = first.split(" ");
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(":")).toLowerCase(), line.replace(/^[^:]*:\s*/, "")]),
  );
  const body = bytes.subarray(end + 4);
  if (body.length < Number(headers["content-length"] ?? 0)) return undefined;
  return { method, path, headers, body, wire: bytes };
}

/** The bytes of an answer. */
export function http(status, body, more = "") {
  const bytes = Buffer.from(typeof body === "string" || Buffer.isBuffer(body) ? body : JSON.stringify(body));
  const head = `HTTP/1.1 ${status} X\r\ncontent-type: application/json\r\ncontent-length: ${bytes.length}\r\n${more}\r\n`;
  return Buffer.concat([Buffer.from(head, "latin1"), bytes]);
}
