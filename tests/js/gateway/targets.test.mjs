import assert from "node:assert/strict";
import { test } from "node:test";
import { Outbound } from "../../../dist/gateway/notify/outbound.js";
import { Upstreams } from "../../../dist/gateway/proxy/upstream.js";
import { ADMIN, freePort, startRunning, startUpstream } from "./running.mjs";

// `H` is the host and port of an upstream that may be reached.
const CONFUSIONS = [
  "/proxy/http:/H/x",
  "/proxy/http:H/x",
  "/proxy/http:///H/x",
  "/proxy/HTTP://H/x",
  "/proxy/hTtP://H/x",
  "/proxy/http://H/../x",
  "/proxy/http://H/a/../../x",
  "/proxy/http://H/./x",
  "/proxy/http://H/%2e%2e/x",
  "/proxy/http://H/%2E%2e/x",
  "/proxy/http://H/.%2e/x",
  "/proxy/http://H/a/..",
  "/proxy/http://H/..%2fx",
  "/proxy/http://H/..%5cx",
  "/proxy/http://H/a%2f..%2fx",
  "/proxy/http://H/..;/x",
  "/proxy/http://H\\@evil.example/",
  "/proxy/http://H/a\\b",
  "/proxy/http:\\\\H/x",
  "/proxy/http://user@H/",
  "/proxy/http://user:word@H/",
  "/proxy/http://evil.example@H/",
  "/proxy/http://%31%32%37.0.0.1:1/",
  "/proxy/http://127.1:1/",
  "/proxy/http://0x7f.1:1/",
  "/proxy/http://2130706433:1/",
  "/proxy/http://0177.0.0.1:1/",
  "/proxy/http://127.0.0.1.:1/",
  "/proxy/http://API.example.com/",
  "/proxy/https://api.example.com:443/",
  "/proxy/http://api.example.com:80/",
  "/proxy/https://api.example.com./",
  "/proxy/https://",
  "/proxy/https:///",
  "/proxy/https://?x",
  "/proxy/",
  "/proxy",
  "/proxy/api.example.com/",
  "/proxy//api.example.com/",
  "/proxy/ftp://H/",
  "/proxy/file:///etc/passwd",
  "/proxy/javascript:alert(1)",
  "/proxy/http%3a%2f%2fH/x",
  "/proxy/%68ttp://H/x",
  "/proxy/../v1/decisions",
  "/proxy/..%2fv1%2fdecisions",
  "/proxy/https://api.example.com/../../../v1/decisions",
  "/PROXY/http://H/x",
  "/x/../proxy/http://H/x",
  "/proxy-redirect/http://H/../x",
  "/proxy/http://H/x#fragment",
  "/proxy/http://H:0x50/",
  "/proxy/http://H:99999/",
  "/proxy/http://[::1/",
  "/proxy/http://[::ffff:127.0.0.1]:1/",
];

test("path confusions are refused", async (t) => {
  const upstream = await startUpstream(t);
  const connected = [];
  const gateway = await startRunning(t, {
    allowPrivate: [upstream.host],
    resolve: async () => ["93.184.215.14"],
    connect: (options, callback) => {
      connected.push(options.hostname);
      callback(new Error("refused by the test"), null);
    },
  });
  for (const confusion of CONFUSIONS) {
    const path = confusion.replace("H", upstream.host);
    const answer = await gateway.call("GET", path);
    assert.ok([400, 403, 404].includes(answer.status), `${path} answered ${answer.status}`);
    assert.ok(!answer.text.includes('"decisions"'), path);
  }
  assert.ok(CONFUSIONS.length >= 40);
  assert.deepEqual(connected, []);
  assert.deepEqual(upstream.received, []);
});

test("for what is forwarded, the host that was recorded is the host that was asked", async (t) => {
  const upstream = await startUpstream(t);
  const gateway = await startRunning(t, { allowPrivate: [upstream.host] });
  const targets = [
    "",
    "/",
    "/x",
    "/x?y=http://evil.example/",
    "?y=1",
    "/a//b",
    "/@evil.example/",
    "/a:b",
    "/%2f",
    "/...",
    "/.well-known/x",
    "/a%20b",
    "/x?..=/../",
    "/x?a=%5c",
  ];
  for (const target of targets) {
    const answer = await gateway.call("GET", `/proxy/${upstream.url}${target}`);
    assert.equal(answer.status, 200, target);
    const received = upstream.received.at(-1);
    assert.equal(received.headers.host, upstream.host);
    assert.equal(received.url, target.startsWith("/") ? target : `/${target}`);
  }
  const { decisions } = (await gateway.admin("GET", "/v1/decisions")).json;
  assert.deepEqual([...new Set(decisions.map((one) => one.host))], ["127.0.0.1"]);
});

test("the gateway is not its own upstream, in any spelling, even where its address is allowed", async (t) => {
  const hosts = [
    "localhost",
    "127.0.0.1",
    "127.0.0.2",
    "127.255.255.254",
    "[::1]",
    "0.0.0.0",
    "[::]",
    "[::ffff:7f00:1]",
    "[64:ff9b::7f00:1]",
    "[2002:7f00:1::]",
    "a.localhost",
    "rebound.example",
    "rebound6.example",
  ];
  const port = await freePort();
  const gateway = await startRunning(t, {
    port,
    allowPrivate: hosts.map((host) => `${host}:${port}`),
    publicHosts: ["gateway.example"],
    resolve: async (name) => (name.includes("6") ? ["::1"] : ["127.0.0.1"]),
  });
  const urls = hosts.map((host) => `http://${host}:${port}/v1/decisions`);
  urls.push("http://gateway.example/v1/decisions", "https://gateway.example:8443/");
  for (const url of urls) {
    const answer = await gateway.proxy(url, { method: "GET", headers: { authorization: `Bearer ${ADMIN}` } });
    assert.equal(answer.status, 403, url);
    assert.equal(answer.json.error.code, "SELF_PROXY", url);
    assert.equal(answer.headers["x-interven-decision"], "DENY");
  }
  const closed = await startRunning(t);
  assert.equal((await closed.proxy(`http://127.0.0.1:${closed.port}/health`)).json.error.code, "SELF_PROXY");
});

const PRIVATE = [
  "127.0.0.1",
  "127.9.9.9",
  "0.0.0.0",
  "0.1.2.3",
  "10.0.0.1",
  "10.255.255.255",
  "172.16.0.1",
  "172.31.255.255",
  "192.168.0.1",
  "192.168.255.255",
  "169.254.169.254",
  "169.254.0.1",
  "100.64.0.1",
  "100.100.100.200",
  "192.0.0.1",
  "192.0.2.1",
  "198.18.0.1",
  "198.51.100.1",
  "203.0.113.1",
  "224.0.0.1",
  "240.0.0.1",
  "255.255.255.255",
  "::",
  "::1",
  "::ffff:127.0.0.1",
  "::ffff:169.254.169.254",
  "::ffff:a9fe:a9fe",
  "::127.0.0.1",
  "64:ff9b::a9fe:a9fe",
  "64:ff9b::10.0.0.1",
  "2002:7f00:1::",
  "2002:a9fe:a9fe::1",
  "fe80::1",
  "fc00::1",
  "fd00::1",
  "fd00:ec2::254",
  "ff02::1",
  "2001:db8::1",
  "100::1",
  "fe80::1%eth0",
  "not an address",
  "",
];

test("private, loopback, metadata and reserved addresses are not connected to, whatever name resolves to them", async (t) => {
  const connected = [];
  let answerWith = [];
  const gateway = await startRunning(t, {
    resolve: async () => answerWith,
    connect: (options, callback) => {
      connected.push(options.hostname);
      callback(new Error("refused by the test"), null);
    },
  });
  answerWith = ["93.184.215.14"];
  const made = await gateway.admin("POST", "/v1/inbound-routes", { prefix: "svc", upstream_url: "https://innocent.example" });
  assert.equal(made.status, 201, made.text);
  for (const address of PRIVATE) {
    for (const list of [[address], ["93.184.215.14", address]]) {
      answerWith = list;
      const answer = await gateway.proxy("https://innocent.example/");
      assert.equal(answer.json.error.code, "PRIVATE_ADDRESS", `${list}`);
      assert.equal(answer.status, 403);
      // The same by every other way on which a call leaves.
      const inbound = await gateway.call("POST", "/inbound/svc/x", { body: "x" });
      assert.equal(inbound.json.error.code, "PRIVATE_ADDRESS", `${list}`);
      const tool = await gateway.post("/v1/tools/http/request", { url: "https://innocent.example/" });
      assert.deepEqual([tool.status, tool.text.includes("PRIVATE_ADDRESS")], [403, true], `${list} ${tool.text}`);
    }
  }
  assert.ok(PRIVATE.length >= 42);
  const literals = PRIVATE.filter((one) => /^[0-9a-f:.]+$/.test(one)).map((one) =>
    one.includes(":") ? new URL(`http://[${one}]/`).host : one,
  );
  for (const host of literals) {
    assert.equal((await gateway.proxy(`http://${host}/`)).json.error.code, "PRIVATE_ADDRESS", host);
  }
  assert.deepEqual(connected, []);
  answerWith = ["93.184.215.14"];
  assert.equal((await gateway.proxy("https://innocent.example/")).status, 502);
  assert.deepEqual(connected, ["innocent.example"], "a public address is connected to");
});

test("nor does the gateway tell a server at one of them of anything", async () => {
  const connected = [];
  const upstreams = new Upstreams(1000, (options, callback) => {
    connected.push(options.hostname);
    callback(new Error("refused by the test"), null);
  });
  let address;
  const self = { port: 4100, host: "127.0.0.1", addresses: [] };
  const outbound = new Outbound(upstreams, () => ({ self, allowPrivate: [], publicHosts: [], resolve: async () => [address] }));
  const post = () => outbound.post(new URL("https://innocent.example/hook"), [], new Uint8Array(1));
  for (address of PRIVATE) assert.deepEqual(await post(), { failure: "PRIVATE_ADDRESS" }, address);
  assert.deepEqual(connected, []);
  address = "93.184.215.14";
  await post();
  assert.deepEqual(connected, ["innocent.example"], "a public address is connected to");
  await upstreams.close();
});

test("a name that resolves anew is checked anew, and the socket goes to the checked address", async (t) => {
  const upstream = await startUpstream(t);
  const answers = [["127.0.0.1"], ["169.254.169.254"]];
  const gateway = await startRunning(t, {
    allowPrivate: [`named.example:${upstream.port}`],
    resolve: async () => answers.shift() ?? ["10.0.0.1"],
  });
  const url = `http://named.example:${upstream.port}/`;
  assert.equal((await gateway.proxy(url)).status, 200);
  assert.equal(upstream.received[0].headers.host, `named.example:${upstream.port}`);
  assert.equal((await gateway.proxy(`http://other.example:${upstream.port}/`)).json.error.code, "PRIVATE_ADDRESS");
});
