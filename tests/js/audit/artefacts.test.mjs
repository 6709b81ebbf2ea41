// No secret and no credential is in anything that a gateway keeps, logs or tells: everything is written, then searched.
import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { hashCredential } from "../../../dist/gateway/index.js";
import { run, startGatewayProcess, temporaryDirectory } from "../cli/process.mjs";
import { fakeAwsKey, rawRequest, startUpstream } from "../gateway/running.mjs";

const letters = (length) => Array.from({ length }, (_, at) => "aZ3kQ9xR7bT2mW5y"[(at * 7 + length) % 16]).join("");
const TOKEN = `admin-${letters(28)}`;

/** A value of each kind, and the text that gives it away. */
const CANARIES = [
  [fakeAwsKey(), (value) => `key ${value}`],
  [`ghp_${letters(36)}`, (value) => value],
  [["xoxb", "123456789012", "123456789012", letters(24)].join("-"), (value) => `token ${value}`],
  [["536", "22", "8145"].join("-"), (value) => `ssn ${value}`],
  [["4539", "1488", "0343", "6467"].join(""), (value) => `card ${value}`],
  ["jo.canary@corp-mail.com", (value) => `mail ${value}`],
  [letters(20), (value) => `password = "${value}"`],
  [letters(24), (value) => `postgres://canary:${value}@db.internal:5432/app`],
];
const encodings = [
  (text) => text,
  (text) => [...text].map((c) => `\\u${c.codePointAt(0).toString(16).padStart(4, "0")}`).join(""),
  (text) => encodeURIComponent(text),
];

function leaks(text) {
  return CANARIES.map(([value]) => value).filter((value) => text.includes(value) || text.includes(value.slice(4, 14)));
}

/** All bytes of all files, as text. */
function contents(directory) {
  return readdirSync(directory, { recursive: true })
    .map((name) => join(directory, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => readFileSync(path, "latin1"))
    .join("\n");
}

for (const storeBodies of ["none", "redacted"]) {
  test(`canaries everywhere, --store-bodies ${storeBodies}`, async (t) => {
    const upstream = await startUpstream(t);
    const dataDir = join(temporaryDirectory(t), "data");
    const args = ["--verbose", "--data-dir", dataDir, "--store-bodies", storeBodies, "--allow-private", upstream.host];
    const gateway = await startGatewayProcess(t, args, { INTERVEN_ADMIN_TOKEN: TOKEN });
    const json = { "content-type": "application/json" };
    const admin = { ...json, authorization: `Bearer ${TOKEN}` };
    const answers = [];
    const call = async (options) => {
      const answer = await rawRequest(gateway.port, options);
      answers.push(`${answer.text} ${JSON.stringify(answer.headers)}`);
      return answer;
    };
    const scan = (value) => call({ method: "POST", path: "/v1/scan", headers: json, body: JSON.stringify(value) });
    for (const [value, wrap] of CANARIES) {
      const text = wrap(value);
      const plain = encodeURIComponent(text);
      for (const encode of encodings) {
        await scan({
          method: "POST",
          url: "https://api.example.com/",
          body: { [encode(text)]: [encode(text)], a: encode(text) },
        });
        // What a person approves is what is sent, and no rule redacts an address by default.
        if (value.includes("@")) continue;
        await scan({ method: "POST", url: "https://api.example.com/", body: encode(text), decision_floor: "REQUIRE_APPROVAL" });
      }
      await scan({
        method: "POST",
        url: `https://api.example.com/${plain}?q=${plain}`,
        headers: { "x-a": text, authorization: `Bearer ${value}` },
      });
      await scan({ method: "POST", url: "https://api.example.com/", agent_id: text, agent_name: text, context: text });
      await scan({ method: "POST", url: "https://api.example.com/", [text]: text, request_digest: text });
      await call({
        method: "POST",
        path: `/v1/approvals/${plain}/approve`,
        headers: admin,
        body: JSON.stringify({ note: text }),
      });
      await call({ method: "GET", path: `/v1/traces/${plain}`, headers: admin });
      await call({ method: "GET", path: `/v1/decisions?colour=${plain}`, headers: admin });
      await call({ method: "GET", path: "/v1/decisions", headers: { authorization: `Bearer ${value}` } });
      await call({
        method: "POST",
        path: `/proxy/${upstream.url}/${plain}?key=${plain}`,
        headers: { "x-interven-agent-id": plain, "x-api-key": value },
        body: text,
      });
    }
    const pending = (await call({ path: "/v1/approvals?status=pending", headers: admin })).json.approvals;
    assert.ok(pending.length > 5);
    for (const [index, { approval_id: id }] of pending.entries()) {
      const [value, wrap] = CANARIES[index % CANARIES.length];
      const verb = index % 2 === 0 ? "approve" : "deny";
      await call({
        method: "POST",
        path: `/v1/approvals/${id}/${verb}`,
        headers: admin,
        body: JSON.stringify({ note: wrap(value) }),
      });
    }
    // What a client gets back of its own scan is its own: low risk is reported, not redacted, in a body that goes on.
    answers.length = 0;
    for (const path of [
      ...["/v1/decisions?limit=1000", "/v1/approvals", "/v1/traces?limit=1000", "/v1/audit/head", "/metrics"],
      ...["ndjson", "csv", "splunk", "datadog", "ocsf"].map((format) => `/v1/decisions/export?format=${format}`),
    ])
      assert.equal((await call({ path, headers: admin })).status, 200, path);
    const [trace] = JSON.parse(answers[2].slice(0, answers[2].lastIndexOf(" {"))).traces;
    await call({ path: `/v1/traces/${trace.trace_id}`, headers: admin });
    assert.equal((await call({ method: "POST", path: "/v1/backup", headers: admin, body: "{}" })).status, 201);
    const told = answers.join("\n");
    const running = contents(dataDir);
    await gateway.stop();
    const exported = await run(["audit", "export", "--data-dir", dataDir]);
    const verified = await run(["audit", "verify", "--data-dir", dataDir]);
    assert.equal(verified.code, 0, verified.stderr);
    if (storeBodies === "redacted") assert.match(exported.stdout, /\[AWS_ACCESS_KEY_ID:1\]/);
    else assert.ok(!exported.stdout.includes('"body":{"text"'));

    const artefacts = {
      answers: told,
      log: gateway.lines.join("\n"),
      "standard error": gateway.stderr(),
      "files while it ran": running,
      files: contents(dataDir),
      export: exported.stdout + exported.stderr,
    };
    for (const [name, text] of Object.entries(artefacts)) {
      assert.deepEqual(leaks(text), [], name);
      assert.ok(!text.includes(TOKEN) && !text.includes(TOKEN.slice(6)), `${name}: the administrator's credential`);
      if (!name.includes("files")) assert.ok(!text.includes(await hashCredential(TOKEN)), `${name}: its hash`);
      if (!name.includes("files")) assert.ok(!text.includes("PRIVATE KEY"), name);
    }
    assert.deepEqual(leaks(CANARIES.map(([value]) => value).join(" ")).length, CANARIES.length, "the search finds them");
  });
}
