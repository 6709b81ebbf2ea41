// A gateway of bare sockets. It reads one question, and a fault says what becomes of the connection.

import { createServer } from "node:net";

/** The answer that a fault is a distortion of. */
export const ALLOWED = { decision: "ALLOW", risk_score: 0, reason_codes: [], trace_id: "t-1" };
export const APPROVAL = "a-1";
const HELD = { ...ALLOWED, decision: "REQUIRE_APPROVAL", approval_id: APPROVAL };
const APPROVED = { approval_id: APPROVAL, status: "approved", remaining_seconds: 600 };
const EXECUTED = { approval_id: APPROVAL, status: "executed" };

/** What each step is answered when nothing is wrong. */
const RIGHT = { scan: ALLOWED, poll: APPROVED, consume: EXECUTED };

/** The bytes of an answer. */
export function http(body, { status = 200, headers = {} } = {}) {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(typeof body === "string" ? body : JSON.stringify(body));
  const fields = { "content-type": "application/json", "content-length": bytes.length, connection: "close", ...headers };
  const lines = Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : `${name}: ${value}\r\n`));
  return Buffer.concat([Buffer.from(`HTTP/1.1 ${status} Answer\r\n${lines.join("")}\r\n`), bytes]);
}

/**
 * Starts it. Paths begin with the name of a fault: `/name/cell/v1/scan`. `elsewhere` counts what other hosts are asked,
 * where everything is allowed.
 */
export async function startRawGateway(faults) {
  const seen = { elsewhere: 0, questions: 0 };
  const open = new Set();
  const elsewhere = await listening((socket) => {
    seen.elsewhere += 1;
    socket.end(http({ ...ALLOWED, ...APPROVED }));
  });
  const gateway = await listening((socket, head) => {
    seen.questions += 1;
    const [, path] = head.split(" ", 2);
    const [, name, , ...rest] = path.split("/");
    const step = stepOf(rest.join("/"));
    const fault = faults.find((one) => one.path === name);
    if (fault === undefined || step === undefined) return socket.end(http("{}", { status: 404 }));
    if (fault.step === step) return fault.serve(socket, { right: RIGHT[step], elsewhere: elsewhere.base });
    socket.end(http(step === "scan" && fault.step !== "scan" ? HELD : RIGHT[step]));
  });
  return { base: gateway.base, seen, stop };

  async function listening(serve) {
    const server = createServer((socket) => {
      open.add(socket);
      socket.on("error", () => {});
      socket.on("close", () => open.delete(socket));
      readQuestion(socket, (head) => serve(socket, head));
    });
    await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
    open.add({ destroy: () => server.close() });
    return { base: `http://127.0.0.1:${server.address().port}` };
  }

  function stop() {
    for (const one of open) one.destroy();
  }
}

const STEPS = { "v1/scan": "scan", [`v1/approvals/${APPROVAL}/status`]: "poll", [`v1/approvals/${APPROVAL}/consume`]: "consume" };
const stepOf = (path) => STEPS[path];

/** Calls back once the whole question is there: an answer before that is another fault than the one that is meant. */
function readQuestion(socket, done) {
  let text = "";
  socket.on("data", function read(data) {
    text += data.toString("latin1");
    // The first byte of TLS, to a port that has none.
    if (text[0] === "\x16") return socket.end("HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n");
    const end = text.indexOf("\r\n\r\n");
    if (end < 0) return;
    const head = text.slice(0, end);
    const length = Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0);
    const whole = /^transfer-encoding: *chunked/im.test(head) ? text.endsWith("0\r\n\r\n") : text.length >= end + 4 + length;
    if (!whole) return;
    socket.off("data", read);
    socket.resume();
    done(head);
  });
}
