// The description of the API: valid, complete, and served. That answers agree with it is checked by every test that asks.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Validator } from "@seriousme/openapi-schema-validator";
import { checkAnswer, document } from "./described.mjs";
import { rawRequest, startRunning } from "./running.mjs";

test("the document is OpenAPI 3.1, and served to everybody who reaches the gateway", async (t) => {
  const { base } = await startRunning(t);
  const answer = await fetch(`${base}/openapi.json`);
  assert.equal(answer.status, 200);
  const served = await answer.json();
  assert.deepEqual(served, JSON.parse(JSON.stringify(document)));
  const { valid, errors } = await new Validator().validate(served);
  assert.ok(valid, JSON.stringify(errors));
});

test("every route that is described is there, and asks for the credential that it says", async (t) => {
  const { port } = await startRunning(t);
  for (const [template, operations] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(operations)) {
      const path = template.replaceAll(/\{\w+\}/g, "nothing");
      const answer = await rawRequest(port, {
        method: method.toUpperCase(),
        path,
        headers: { "content-type": "application/json" },
      });
      const where = `${method} ${template}`;
      if (operation.security.some((way) => "administrator" in way) && template !== "/metrics") {
        assert.equal(answer.status, 401, where);
        assert.equal(answer.json.error.code, "ADMIN_CREDENTIAL_REQUIRED", where);
      } else if (answer.status === 404) assert.notEqual(answer.json.error.code, "NOT_FOUND", where);
      if (template !== "/v1/events") checkAnswer(method.toUpperCase(), path, undefined, answer);
    }
  }
});

test("every operation has an id of its own, and every schema is used", () => {
  const ids = Object.values(document.paths).flatMap((operations) =>
    Object.values(operations).map(({ operationId }) => operationId),
  );
  assert.equal(new Set(ids).size, ids.length);
  const text = JSON.stringify(document);
  for (const name of Object.keys(document.components.schemas))
    assert.ok(text.includes(`"#/components/schemas/${name}"`), `${name} is not used`);
});
