// The verdicts of an engine, whose reports are read when somebody asks.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Engine } from "../../../dist/index.js";

const engine = new Engine({
  policy: { name: "people", rules: [{ rule_id: "r", match: { methods: ["DELETE"] }, action: "REQUIRE_APPROVAL" }] },
});
const call = (method, text) => ({
  method,
  url: "https://api.example.com/v1/notes",
  headers: [["content-type", "application/json"]],
  body: new TextEncoder().encode(JSON.stringify({ text })),
});
const CARD = ["4111", "1111", "1111", "1111"].join(" ");
const CALLS = {
  ALLOW: call("POST", "hello"),
  SANITIZE: call("POST", `card ${CARD}`),
  REQUIRE_APPROVAL: call("DELETE", "hello"),
  DENY: { ...call("POST", "hello"), url: "https://127.0.0.1/v1/notes" },
};

for (const [decision, request] of Object.entries(CALLS)) {
  test(`a verdict of ${decision} is written with its report`, () => {
    for (const facts of [false, true]) {
      const verdict = engine.scan(request, { facts });
      const written = JSON.parse(JSON.stringify(verdict));
      assert.equal(verdict.decision, decision);
      assert.equal(verdict.report, verdict.report);
      assert.deepEqual(verdict.report, JSON.parse(verdict.reportText));
      assert.equal(verdict.report.decision, decision);
      assert.deepEqual(written.report, verdict.report);
      assert.equal(written.reportText, verdict.reportText);
      assert.equal("facts" in verdict, facts);
      assert.equal(verdict.facts?.gate === undefined, !facts);
      assert.equal("forward" in verdict, decision === "ALLOW" || decision === "SANITIZE");
      assert.equal(verdict.forward?.body === request.body, decision === "ALLOW");
      assert.equal("preview" in verdict, decision === "SANITIZE" || decision === "REQUIRE_APPROVAL");
      const members = [
        "decision",
        "report",
        "reportText",
        facts && "facts",
        verdict.forward && "forward",
        verdict.preview && "preview",
      ];
      assert.deepEqual(Object.keys(written).sort(), members.filter(Boolean).sort());
    }
  });
}

test("what later scans write changes no report that is read late", () => {
  const hosts = Array.from({ length: 200 }, (_, index) => `h${index}.example.com`);
  const verdicts = hosts.map((host) => engine.scan({ ...CALLS.ALLOW, url: `https://${host}/v1/notes` }));
  assert.deepEqual(
    verdicts.map((verdict) => verdict.report.host),
    hosts,
  );
});

test("a request that says something else each time is read once", () => {
  const bodies = ["hello", "own secrets"].map((text) => new TextEncoder().encode(text));
  const reads = [];
  const request = {
    ...CALLS.ALLOW,
    get body() {
      reads.push("body");
      if (reads.length > 1) engine.scan(CALLS.DENY);
      return bodies[Math.min(reads.length, 2) - 1];
    },
  };
  const verdict = engine.scan(request);
  assert.deepEqual(reads, ["body"]);
  assert.equal(verdict.forward.body, bodies[0]);
});
