// Every byte that a gateway is sent, over the rules' own evidence: no secret and no personal data, in any writing.

import assert from "node:assert/strict";
import { test } from "node:test";
import { ruleExamples } from "../replay/consumer.mjs";
import { onRuntime, RUNTIMES, row } from "./runtimes.mjs";

// Every example on one of the runtimes; all of them on each with `npm run test:soak`.
const share = (at) => (_, index) => process.env.SOAK_REQUESTS !== undefined || index % RUNTIMES.length === at;

for (const [at, runtime] of RUNTIMES.entries()) {
  test(`what a gateway is sent on ${runtime}`, async (t) => {
    const examples = ruleExamples().filter(share(at));
    const result = await onRuntime(t, runtime, { program: "tests/js/faults/disclosure.mjs", examples });
    if (result === undefined) return;
    const { calls, asked, values, found, leaks } = result;
    row(`sent to a gateway on ${runtime}`, `${calls} calls`, `${asked} questions`, `${values} values`, `${found} seen`);
    assert.deepEqual(leaks, []);
    assert.ok(asked > examples.length && values > examples.length, `${asked} questions, ${values} values`);
  });
}
