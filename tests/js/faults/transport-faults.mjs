// What can go wrong between a question and a whole answer. With `failMode: "open"` these, and no others, leave the decision
// to the local verdict. `may`: where a runtime takes it for an answer all the same, that answer is refused.

import { gzipSync } from "node:zlib";
import { http } from "./raw-gateway.mjs";

const HEAD = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n";
// Longer than any deadline of the tests, for the shortest answer too.
const trickled = (socket, bytes) => {
  let at = 0;
  const timer = setInterval(() => {
    if (socket.destroyed || at >= bytes.length) return clearInterval(timer);
    socket.write(bytes.subarray(at, at + 1));
    at += 1;
  }, 100);
};

const BROKEN = {
  "closed before an answer": (socket) => socket.end(),
  "reset before an answer": (socket) => socket.resetAndDestroy(),
  "reset in the status line": (socket) => socket.write("HTTP/1.1 20", () => socket.resetAndDestroy()),
  "reset after the headers": (socket) => socket.write(`${HEAD}content-length: 90\r\n\r\n`, () => socket.resetAndDestroy()),
  "reset in the body": (socket) => socket.write(`${HEAD}content-length: 90\r\n\r\n{"decision":`, () => socket.resetAndDestroy()),
  "closed in the body": (socket, { right }) => socket.end(`${HEAD}content-length: 900\r\n\r\n${JSON.stringify(right)}`),
  "chunks cut off": (socket) => socket.end(`${HEAD}transfer-encoding: chunked\r\n\r\n5\r\n{"dec\r\n`),
};

/** These end with the client's own deadline. */
const HANGING = {
  "no answer": () => {},
  "no end of the headers": (socket) => socket.write(HEAD),
  "no body": (socket) => socket.write(`${HEAD}content-length: 90\r\n\r\n`),
  "no end of the body": (socket) => socket.write(`${HEAD}content-length: 90\r\n\r\n{"decision":`),
  "headers that trickle": (socket, { right }) => trickled(socket, http(right)),
  "a body that trickles": (socket, { right }) => {
    socket.write(`${HEAD}content-length: 900\r\n\r\n`);
    trickled(socket, Buffer.from(JSON.stringify(right).padEnd(900)));
  },
  "100 Continue, and nothing more": (socket) => socket.write("HTTP/1.1 100 Continue\r\n\r\n".repeat(20)),
};

const GARBLED = {
  "chunks without a length": (socket, { right }) =>
    socket.end(`${HEAD}transfer-encoding: chunked\r\nconnection: close\r\n\r\nzz\r\n${JSON.stringify(right)}\r\n0\r\n\r\n`),
  "gzip that is none": (socket, { right }) => socket.end(http(right, { headers: { "content-encoding": "gzip" } })),
  "gzip cut off": (socket, { right }) => {
    const bytes = gzipSync(JSON.stringify(right)).subarray(0, -12);
    socket.end(http(bytes, { headers: { "content-encoding": "gzip" } }));
  },
  "not HTTP": (socket) => socket.end("SSH-2.0-OpenSSH_9.6\r\n"),
  "no status line": (socket, { right }) => socket.end(JSON.stringify(right)),
  "a status that is no number": (socket, { right }) =>
    socket.end(`HTTP/1.1 OK\r\nconnection: close\r\n\r\n${JSON.stringify(right)}`),
  "101 Switching Protocols": (socket, { right }) =>
    socket.end(`HTTP/1.1 101 Switching\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n${JSON.stringify(right)}`),
  "a mebibyte of headers": (socket) => socket.end(http("", { headers: { "x-long": "x".repeat(1_048_576) } })),
};

/** Name → `{ opens, serve }`. */
export const transportFaults = {
  "connection refused": { opens: true, port: "closed" },
  "TLS to a port without it": { opens: true, port: "https" },
  ...Object.fromEntries(Object.entries(BROKEN).map(([name, serve]) => [name, { opens: true, serve }])),
  ...Object.fromEntries(Object.entries(HANGING).map(([name, serve]) => [name, { opens: true, hangs: true, serve }])),
  ...Object.fromEntries(Object.entries(GARBLED).map(([name, serve]) => [name, { opens: true, may: true, serve }])),
  ...Object.fromEntries(
    [408, 429, 500, 501, 502, 503, 504, 599].map((status) => [
      `status ${status}, body allows`,
      { opens: true, serve: (socket, { right }) => socket.end(http(right, { status })) },
    ]),
  ),
  "status 503, Retry-After of a year": {
    opens: true,
    serve: (socket, { right }) => socket.end(http(right, { status: 503, headers: { "retry-after": "31536000" } })),
  },
};
