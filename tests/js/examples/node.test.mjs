import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";

test("the Node example shows the four decisions", () => {
  const { INTERVEN_GATEWAY_URL: _gateway, INTERVEN_API_KEY: _key, ...env } = process.env;
  // In the repository the package finds itself by its own name.
  const output = execFileSync(process.execPath, ["examples/node/quickstart.mjs"], { encoding: "utf8", env });
  assert.deepEqual(output.trimEnd().split("\n"), [
    "an ordinary call",
    '  upstream received POST /notes {"note":"hello"}',
    "  answer 200 thank you",
    "personal data",
    '  upstream received POST /people {"name":"Jo","ssn":"[US_SSN:1]"}',
    "  answer 200 thank you",
    "a live key",
    "  ERR_INTERVEN_BLOCKED: DENY SECRET_DETECTED",
    "a call that needs a person",
    "  ERR_INTERVEN_APPROVAL_REQUIRED: REQUIRE_APPROVAL POLICY_MATCH",
  ]);
});
