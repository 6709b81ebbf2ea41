// Requests that two servers could read as different ones. Whatever is sent, the upstream gets exactly what was decided, or
// nothing: no request that was not recorded, and no byte of a body that was not scanned.

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { connect } from "node:net";
import { test } from "node:test";
import { Vault } from "../../../dist/gateway/index.js";
import { startRunning, startUpstream } from "./running.mjs";

const CHUNKED = "Transfer-Encoding: chunked\r\n";
const END = "0\r\n\r\n";
/** A second request, which nobody decided. */
const HIDDEN = "POST /hidden HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n";
const length = (text) => `Content-Length: ${text.length}\r\n`;

/** Heads and bodies behind the request line and `Host`. */
const FRAMINGS = {
  "CL before TE": `Content-Length: 5\r\n${CHUNKED}\r\n${END}`,
  "TE before CL": `${CHUNKED}Content-Length: 5\r\n\r\n${END}`,
  "CL.TE with a hidden request": `${length(END + HIDDEN)}${CHUNKED}\r\n${END}${HIDDEN}`,
  "TE.CL with a hidden request": `Content-Length: 4\r\n${CHUNKED}\r\n${HIDDEN.length.toString(16)}\r\n${HIDDEN}\r\n${END}`,
  "CL 0 with a hidden request": `Content-Length: 0\r\nContent-Length: ${HIDDEN.length}\r\n\r\n${HIDDEN}`,
  "two CL": "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
  "two CL alike": "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello",
  "CL list": "Content-Length: 5, 5\r\n\r\nhello",
  "CL list, different": "Content-Length: 5, 6\r\n\r\nhello!",
  "CL with sign": "Content-Length: +5\r\n\r\nhello",
  "CL negative": "Content-Length: -5\r\n\r\nhello",
  "CL hex": "Content-Length: 0x5\r\n\r\nhello",
  "CL fraction": "Content-Length: 5.0\r\n\r\nhello",
  "CL exponent": "Content-Length: 5e0\r\n\r\nhello",
  "CL with underscore": "Content-Length: 1_0\r\n\r\nhellohello",
  "CL empty": "Content-Length: \r\n\r\nhello",
  "CL too large": "Content-Length: 99999999999999999999999\r\n\r\nhello",
  "CL beyond 64 bits": "Content-Length: 18446744073709551621\r\n\r\nhello",
  "CL in quotes": 'Content-Length: "5"\r\n\r\nhello',
  "CL with words": "Content-Length: 5 bytes\r\n\r\nhello",
  "CL of other digits": "Content-Length: \u0665\r\n\r\nhello",
  "CL too long for its body": "Content-Length: 10\r\n\r\nhello",
  "space before the colon of CL": "Content-Length : 5\r\n\r\nhello",
  "tab before the colon of CL": "Content-Length\t: 5\r\n\r\nhello",
  "space before the colon of TE": `Transfer-Encoding : chunked\r\n\r\n${END}`,
  "space in a name": "X Y: 1\r\nContent-Length: 0\r\n\r\n",
  "name with a control character": "X\u0001Y: 1\r\nContent-Length: 0\r\n\r\n",
  "name of other letters": "Content-Length\u00a0: 5\r\n\r\nhello",
  "no name": ": 1\r\nContent-Length: 0\r\n\r\n",
  "no colon": "Content-Length 5\r\n\r\nhello",
  "null in a value": "X: a\u0000b\r\nContent-Length: 0\r\n\r\n",
  "first line folded": " X: 1\r\nContent-Length: 0\r\n\r\n",
  "obs-fold": "X: 1\r\n folded: yes\r\nContent-Length: 0\r\n\r\n",
  "obs-fold with a tab": "X: 1\r\n\tContent-Length: 5\r\n\r\nhello",
  "obs-fold of TE": `Transfer-Encoding:\r\n chunked\r\n\r\n${END}`,
  "obs-fold of CL": "Content-Length:\r\n 5\r\n\r\nhello",
  "bare LF between fields": `X: 1\nTransfer-Encoding: chunked\r\n\r\n${END}`,
  "bare LF after the head": "Content-Length: 5\n\nhello",
  "bare CR between fields": "X: 1\rContent-Length: 5\r\n\r\nhello",
  "bare CR in a value": `X: 1\r${CHUNKED}\r\n${END}`,
  "CR twice": "X: 1\r\r\nContent-Length: 0\r\n\r\n",
  "TE unknown": `Transfer-Encoding: xchunked\r\n\r\n${END}`,
  "TE not last": `Transfer-Encoding: chunked, identity\r\n\r\n${END}`,
  "TE twice in a list": `Transfer-Encoding: chunked, chunked\r\n\r\n${END}`,
  "TE twice": `${CHUNKED}${CHUNKED}\r\n${END}`,
  "TE twice, unlike": `${CHUNKED}Transfer-Encoding: x\r\n\r\n${END}`,
  "TE identity": "Transfer-Encoding: identity\r\n\r\nhello",
  "TE identity and CL": "Transfer-Encoding: identity\r\nContent-Length: 5\r\n\r\nhello",
  "TE gzip": "Transfer-Encoding: gzip\r\n\r\nhello",
  "TE gzip, chunked": `Transfer-Encoding: gzip, chunked\r\n\r\n5\r\nhello\r\n${END}`,
  "TE in quotes": `Transfer-Encoding: "chunked"\r\n\r\n${END}`,
  "TE with vertical tab": `Transfer-Encoding: \u000bchunked\r\n\r\n${END}`,
  "TE with null": `Transfer-Encoding: chunked\u0000\r\n\r\n${END}`,
  "TE with a parameter": `Transfer-Encoding: chunked;q=1\r\n\r\n${END}`,
  "TE with a comma": `Transfer-Encoding: ,chunked\r\n\r\n${END}`,
  "TE empty": "Transfer-Encoding: \r\nContent-Length: 5\r\n\r\nhello",
  "TE by another name": `Transfer_Encoding: chunked\r\nContent-Length: ${END.length}\r\n\r\n${END}`,
  "chunk size no number": `${CHUNKED}\r\nzz\r\nhello\r\n${END}`,
  "chunk size negative": `${CHUNKED}\r\n-5\r\nhello\r\n${END}`,
  "chunk size with 0x": `${CHUNKED}\r\n0x5\r\nhello\r\n${END}`,
  "chunk size with space": `${CHUNKED}\r\n5 \r\nhello\r\n${END}`,
  "chunk size with underscore": `${CHUNKED}\r\n0_5\r\nhello\r\n${END}`,
  "chunk size beyond 64 bits": `${CHUNKED}\r\n10000000000000005\r\nhello\r\n${END}`,
  "chunk size empty": `${CHUNKED}\r\n\r\nhello\r\n${END}`,
  "chunk longer than said": `${CHUNKED}\r\n4\r\nhello\r\n${END}`,
  "chunk shorter than said": `${CHUNKED}\r\n6\r\nhello\r\n${END}`,
  "chunk lines end with LF": `${CHUNKED}\r\n5\nhello\n0\n\n`,
  "chunk lines end with CR": `${CHUNKED}\r\n5\rhello\r0\r\r`,
  "chunk data ends with nothing": `${CHUNKED}\r\n5\r\nhello${END}`,
  "chunk extension with LF": `${CHUNKED}\r\n5;a\nb\r\nhello\r\n${END}`,
  "chunk extension with CR": `${CHUNKED}\r\n5;a\rb\r\nhello\r\n${END}`,
  "chunk extension": `${CHUNKED}\r\n5;name="${HIDDEN.slice(0, 8)}"\r\nhello\r\n${END}`,
  "trailer that frames": `${CHUNKED}\r\n5\r\nhello\r\n0\r\nContent-Length: 50\r\nX-Api-Key: late\r\n\r\n`,
  "no last chunk": `${CHUNKED}\r\n5\r\nhello\r\n`,
  "two Hosts": "Host: evil.example\r\nContent-Length: 0\r\n\r\n",
  "upgrade to h2c": `Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\nContent-Length: 0\r\n\r\nPRI * HTTP/2.0\r\n\r\n`,
  "upgrade to WebSocket": `Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nContent-Length: 0\r\n\r\n${HIDDEN}`,
  "Connection names CL": "Connection: content-length\r\nContent-Length: 5\r\n\r\nhello",
  "Connection names TE": `Connection: transfer-encoding\r\n${CHUNKED}\r\n5\r\nhello\r\n${END}`,
  "Connection names Host": "Connection: host, close\r\nContent-Length: 5\r\n\r\nhello",
  "Expect with a hidden request": `Expect: 100-continue\r\nContent-Length: 5\r\n\r\nhello${HIDDEN}`,
};

/** Bodies of those that are no riddle after all: one length, and this many bytes. */
const EXACT = { "TE by another name": END };

/** Request lines for a path, and what stands behind them. */
const LINES = {
  "HTTP/1.0 with TE": (path) => `POST ${path} HTTP/1.0\r\nHost: HOST\r\n${CHUNKED}\r\n5\r\nhello\r\n${END}`,
  "HTTP/0.9": (path) => `POST ${path}\r\n\r\n`,
  "HTTP/1.2": (path) => `POST ${path} HTTP/1.2\r\nHost: HOST\r\nContent-Length: 0\r\n\r\n`,
  "HTTP/2 preface": () => "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
  "lower-case version": (path) => `POST ${path} http/1.1\r\nHost: HOST\r\nContent-Length: 0\r\n\r\n`,
  "space in the target": (path) => `POST ${path} /hidden HTTP/1.1\r\nHost: HOST\r\nContent-Length: 0\r\n\r\n`,
  "tab in the line": (path) => `POST\t${path}\tHTTP/1.1\r\nHost: HOST\r\nContent-Length: 0\r\n\r\n`,
  "LF in the target": (path) => `POST ${path}\n HTTP/1.1\r\nHost: HOST\r\nContent-Length: 0\r\n\r\n`,
  "null in the target": (path) => `POST ${path}\u0000 HTTP/1.1\r\nHost: HOST\r\nContent-Length: 0\r\n\r\n`,
  "no Host": (path) => `POST ${path} HTTP/1.1\r\nContent-Length: 0\r\n\r\n`,
  "absolute form of another": (path) => `POST http://evil.example${path} HTTP/1.1\r\nHost: HOST\r\nContent-Length: 0\r\n\r\n`,
  "absolute form with a user": (path) =>
    `POST http://HOST@evil.example${path} HTTP/1.1\r\nHost: HOST\r\nContent-Length: 0\r\n\r\n`,
  "bare LF in the whole head": (path) => `POST ${path} HTTP/1.1\nHost: HOST\nContent-Length: 5\n\nhello`,
  "method of other characters": (path) => `PO(ST ${path} HTTP/1.1\r\nHost: HOST\r\nContent-Length: 0\r\n\r\n`,
  "GET with a body": (path) => `GET ${path} HTTP/1.1\r\nHost: HOST\r\n${length(HIDDEN)}\r\n${HIDDEN}`,
  "hidden request behind the first": (path) => `POST ${path} HTTP/1.1\r\nHost: HOST\r\nContent-Length: 5\r\n\r\nhello${HIDDEN}`,
};

/** Sends bytes as they are, and reads until the other side has had enough. */
function sendRaw(port, text) {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => socket.end(Buffer.from(text, "latin1")));
    let answer = "";
    socket.on("data", (chunk) => (answer += chunk.toString("latin1")));
    socket.on("error", () => resolve(answer));
    socket.on("close", () => resolve(answer));
  });
}

for (const entrance of ["proxy", "inbound"]) {
  test(`what two servers could read in two ways is not sent on as another request: /${entrance}/`, async (t) => {
    const upstream = await startUpstream(t);
    const vault = await Vault.of(Uint8Array.from(randomBytes(32)));
    const gateway = await startRunning(t, { vault, allowPrivate: [upstream.host] });
    const made = await gateway.admin("POST", "/v1/inbound-routes", { prefix: "svc", upstream_url: upstream.url });
    assert.equal(made.status, 201);
    const host = `127.0.0.1:${gateway.port}`;
    const path = entrance === "proxy" ? `/proxy/${upstream.url}/seen` : "/inbound/svc/seen";
    const cases = [
      ...Object.entries(FRAMINGS).map(([name, rest]) => [name, `POST ${path} HTTP/1.1\r\nHost: ${host}\r\n${rest}`]),
      ...Object.entries(LINES).map(([name, write]) => [name, write(path).replaceAll("HOST", host)]),
    ];
    let [sent, nothing] = [0, 0];
    for (const [name, text] of cases) {
      const [before] = [upstream.received.length];
      const recorded = (await gateway.store.listDecisions({ limit: 1000 })).length;
      await sendRaw(gateway.port, text);
      const received = upstream.received.slice(before);
      const decisions = (await gateway.store.listDecisions({ limit: 1000 })).length - recorded;
      assert.ok(received.length <= 1, `${name}: ${received.length} requests`);
      assert.ok(decisions >= received.length, `${name}: sent ${received.length}, decided ${decisions}`);
      for (const { url, method, headers, body, rawHeaders } of received) {
        assert.equal(url, "/seen", name);
        assert.ok(["POST", "GET"].includes(method), name);
        const framed = rawHeaders.filter((field, at) => at % 2 === 0 && /^(content-length|transfer-encoding)$/i.test(field));
        assert.ok(framed.length <= 1, `${name}: framed ${framed}`);
        assert.equal(Number(headers["content-length"] ?? 0), Buffer.byteLength(body), name);
        for (const hop of ["transfer-encoding", "upgrade", "http2-settings", "trailer", "expect", "x-api-key"])
          assert.equal(headers[hop], undefined, `${name}: ${hop}`);
        assert.equal(headers.host, upstream.host, name);
        assert.ok(
          ["", "hello"].includes(body) || (method === "GET" && body === HIDDEN) || EXACT[name] === body,
          `${name}: ${body}`,
        );
      }
      if (received.length > 0) sent += 1;
      else nothing += 1;
    }
    assert.ok(cases.length >= 60);
    assert.equal((await gateway.call("GET", "/health")).status, 200);
    t.diagnostic(`${cases.length} cases: ${nothing} not sent, ${sent} sent as decided`);
  });
}
