import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { linesOf } from "../../../dist/cli/lines.js";
import { fakeAwsKey } from "../gateway/running.mjs";
import { run, temporaryDirectory } from "./process.mjs";

const KEY = fakeAwsKey();
const SSN = ["536", "22", "8145"].join("-");
const URL_ = "https://api.example.com/notes";

/** Answers to rows; a row that is no object is a line as it stands. */
async function answers(rows, args = []) {
  const input = rows.map((row) => (typeof row === "object" && !Buffer.isBuffer(row) ? JSON.stringify(row) : row));
  const bytes = Buffer.concat(input.flatMap((line) => [Buffer.from(line), Buffer.from("\n")]));
  const { code, stdout, stderr } = await run(["scan", "--jsonl", ...args], {}, bytes);
  return {
    code,
    stderr,
    rows: stdout
      .split("\n")
      .slice(0, -1)
      .map((line) => JSON.parse(line)),
  };
}

test("a text is scanned like a body, with offsets in bytes of the text", async () => {
  const text = `€ ssn ${SSN}`;
  const json = JSON.stringify({ note: `key ${KEY}` });
  const { code, rows } = await answers([
    { id: "a", text },
    { id: 2, text: json },
    { id: 3, text: "nothing" },
  ]);
  assert.equal(code, 0);
  const finding = { rule_id: "us_ssn", class: "PII", severity: "high", confidence: "high", start: 8, end: 19, part: "text" };
  assert.deepEqual(rows[0], {
    id: "a",
    decision: "SANITIZE",
    reason_codes: ["PII_DETECTED"],
    risk_score: rows[0].risk_score,
    findings: [finding],
    sanitized: "€ ssn [US_SSN:1]",
    coverage: { bytes: 19, skipped: [] },
  });
  const [key] = rows[1].findings;
  assert.deepEqual([rows[1].decision, json.slice(key.start, key.end), rows[1].sanitized], ["DENY", KEY, undefined]);
  assert.deepEqual([rows[2].decision, rows[2].findings, rows[2].id], ["ALLOW", [], 3]);
});

test("a request is decided as the client would, whatever form its body has", async () => {
  const body = JSON.stringify({ ssn: SSN });
  const bytes = Buffer.from(body);
  const request = { method: "POST", url: URL_, headers: { "content-type": "application/json" } };
  const { code, rows } = await answers([
    { id: 1, request: { ...request, body } },
    { id: 2, request: { ...request, body: bytes.toString("base64"), body_encoding: "base64" } },
    { id: 3, request: { ...request, chunks: [body.slice(0, 13), body.slice(13)] } },
    {
      id: 4,
      request: {
        ...request,
        chunks: [bytes.subarray(0, 13).toString("base64"), bytes.subarray(13).toString("base64")],
        body_encoding: "base64",
      },
    },
    { id: 5, request: { url: URL_, headers: [["content-type", "application/json"]], body: { ssn: SSN } } },
  ]);
  assert.equal(code, 0);
  for (const { id, decision, findings, sanitized } of rows) {
    assert.equal(decision, "SANITIZE", `row ${id}`);
    assert.deepEqual([findings.length, findings[0].part, findings[0].start, findings[0].end], [1, "body", 8, 19]);
    assert.equal(sanitized.body, '{"ssn":"[US_SSN:1]"}');
  }
});

test("places in URL and headers are those of the given ones", async () => {
  const url = `HTTPS://API.example.com?q=a b&ssn=${SSN}`;
  const { rows } = await answers([{ id: 1, request: { url, headers: { "x-note": `ssn ${SSN}` } } }]);
  const [inUrl, inHeader] = rows[0].findings;
  assert.deepEqual([inUrl.part, url.slice(inUrl.start, inUrl.end)], ["url", SSN]);
  assert.deepEqual([inHeader.part, inHeader.header, inHeader.start], ["header", "x-note", 4]);
});

test("samples and credentials in their place are listed when asked for", async () => {
  const sample = ["AKIA", "IOSFODNN7EXAMPLE"].join("");
  const token = `ghp_${"aB3dE5gH7j".repeat(4).slice(0, 36)}`;
  const rows = [
    { id: 1, text: sample },
    { id: 2, request: { url: "https://api.github.com/user", headers: { authorization: `Bearer ${token}` } } },
  ];
  const plain = await answers(rows);
  assert.deepEqual(
    plain.rows.map(({ findings }) => findings),
    [[], []],
  );
  const all = await answers(rows, ["--all"]);
  assert.equal(all.rows[0].findings[0].placeholder, true);
  assert.equal(all.rows[1].findings[0].in_place, true);
});

test("a line without an answer says why, loses nothing, quotes nothing, and ends with 2", async () => {
  const { code, rows, stderr } = await answers([
    { id: 1, text: "fine" },
    `{"id":2,"text":"${KEY}`,
    Buffer.from([0x22, 0xff, 0x22]),
    "[]",
    { text: "no id" },
    { id: "x" },
    { id: "y", text: "a", request: { url: URL_ } },
    { id: "z", text: "a", more: KEY },
    { id: 7, text: 1 },
    { id: 8, request: { url: URL_, body: "*", body_encoding: "base64" } },
    { id: 9, request: { url: URL_, body: "a", chunks: ["b"] } },
    { id: 10, request: { url: URL_, headers: { a: 1 } } },
    { id: 11, request: { url: URL_, bodyy: "" } },
    "",
    { id: 12, text: "fine" },
  ]);
  assert.equal(code, 2);
  const codes = rows.map(({ id, error }) => [id, error?.code]);
  assert.deepEqual(codes, [
    [1, undefined],
    [undefined, "invalid_json"],
    [undefined, "invalid_utf8"],
    [undefined, "invalid_row"],
    [undefined, "invalid_row"],
    ["x", "invalid_row"],
    ["y", "invalid_row"],
    ["z", "invalid_row"],
    [7, "invalid_row"],
    [8, "invalid_row"],
    [9, "invalid_row"],
    [10, "invalid_row"],
    [11, "invalid_row"],
    [12, undefined],
  ]);
  assert.match(rows[1].error.message, /^line 2: /);
  assert.ok(!JSON.stringify(rows).includes(KEY) && !stderr.includes(KEY));
  assert.match(stderr, /12 of 15 lines could not be answered/);
});

test("--redact, --policy and --max-body-bytes", async (t) => {
  const policy = join(temporaryDirectory(t), "policy.json");
  const rule = { rule_id: "r", match: { hosts: ["api.example.com"] }, action: "REQUIRE_APPROVAL" };
  writeFileSync(policy, JSON.stringify({ name: "p", rules: [rule] }));
  const held = await answers([{ id: 1, request: { url: URL_ } }], ["--policy", policy]);
  assert.equal(held.rows[0].decision, "REQUIRE_APPROVAL");
  const large = await answers([{ id: 1, text: "12345" }], ["--max-body-bytes", "4"]);
  assert.deepEqual([large.rows[0].decision, large.rows[0].coverage.skipped], ["DENY", ["body_too_large"]]);
  const denied = await answers(
    [
      { id: 1, text: `key ${KEY}` },
      { id: 2, text: "none" },
    ],
    ["--redact"],
  );
  assert.deepEqual(
    denied.rows.map(({ sanitized }) => sanitized),
    ["key [AWS_ACCESS_KEY_ID:1]", undefined],
  );
});

test("many rows and long ones, in order", async () => {
  const long = `${"some words of prose ".repeat(13_000)}ssn ${SSN}`;
  const rows = Array.from({ length: 2_000 }, (_, id) => ({ id, text: id % 500 === 7 ? long : `row ${id}` }));
  const { code, rows: given } = await answers(rows);
  assert.equal(code, 0);
  assert.deepEqual(
    given.map(({ id }) => id),
    rows.map(({ id }) => id),
  );
  assert.deepEqual(
    given.filter(({ findings }) => findings.length === 1).map(({ id }) => id),
    [7, 507, 1007, 1507],
  );
});

test("lines are cut where they end, and a line without end is given up", async () => {
  const all = async (pieces, most) => {
    const lines = [];
    for await (const batch of linesOf(
      pieces.map((piece) => Buffer.from(piece)),
      most,
    ))
      lines.push(...batch);
    return lines.map((line) => line?.toString());
  };
  assert.deepEqual(await all(["a\nb", "c\n\nd", "e"]), ["a", "bc", "", "de"]);
  assert.deepEqual(await all(["a\n", "b\n"]), ["a", "b"]);
  assert.deepEqual(await all(["ab", "cd", "e\nf\n", "abcd\n"], 4), [undefined, "f", "abcd"]);
});
