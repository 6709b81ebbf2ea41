// `client.scanResponse` and `client.health`, against a gateway that answers by script.

import assert from "node:assert/strict";
import { test } from "node:test";
import { AuthenticationError, GatewayError, IntervenClient, PayloadTooLargeError, RateLimitError } from "../../../dist/index.js";
import { awsKey, ssn } from "../portable/values.mjs";
import { scriptedGateway } from "./scripted.mjs";

const inspected = { data_classes: ["INTERNAL"], fields_redacted_count: 3, content_fingerprint: "f00d" };
const client = (gatewayUrl, more = {}) => new IntervenClient({ env: {}, gatewayUrl, maxRetries: 1, ...more });

test("a gateway is shown the response with everything sensitive replaced", async (t) => {
  const { gatewayUrl, requests } = await scriptedGateway(t, () => [200, inspected]);
  const [key, value, mail] = [awsKey(), ssn(), "jo.doe@corp-mail.com"];
  const bodies = {
    object: { note: key, list: [{ ssn: value }, mail, 5] },
    text: `key ${key}, ssn ${value}, mail ${mail}`,
    bytes: new TextEncoder().encode(`key ${key}, ssn ${value}, mail ${mail}`),
    encoded: { inner: btoa(`the key is ${key}, and the ssn ${value}`) },
  };
  for (const [kind, responseBody] of Object.entries(bodies)) {
    for (const more of [{}, { redaction: { default: "mask" } }]) {
      const result = await client(gatewayUrl, more).scanResponse({ traceId: "t-1", responseBody, responseStatus: 200 });
      assert.ok(result.dataClasses.includes("SECRETS") && result.dataClasses.includes("INTERNAL"), kind);
      assert.deepEqual([result.fieldsRedactedCount >= 1, result.contentFingerprint], [true, "f00d"], kind);
      const { path, raw } = requests.at(-1);
      assert.equal(path, "/v1/scan/response");
      for (const secret of [key, value, mail, value.slice(-4), btoa(key).slice(0, 16)])
        assert.ok(!raw.includes(secret), `${kind}: ${raw}`);
    }
  }
  assert.deepEqual(requests[0].body, {
    trace_id: "t-1",
    response_body: { note: "[AWS_ACCESS_KEY_ID:1]", list: [{ ssn: "[US_SSN:1]" }, "[EMAIL:1]", 5] },
    response_status: 200,
  });
});

test("what could not be read is not shown", async (t) => {
  const { gatewayUrl, requests } = await scriptedGateway(t, () => [200, inspected]);
  const { skipped } = await client(gatewayUrl).scanResponse({ traceId: "t-1", responseBody: "[".repeat(2_000) });
  assert.ok(skipped.length > 0);
  assert.deepEqual(requests[0].body.response_body, "[UNINSPECTED]");
});

test("an answer that is not one fails, in both failure modes", async (t) => {
  let next;
  const { gatewayUrl } = await scriptedGateway(t, () => next);
  for (const answer of [
    [200, "no"],
    [200, { ...inspected, data_classes: "PII" }],
    [200, { ...inspected, data_classes: ["UNHEARD"] }],
    [200, { ...inspected, fields_redacted_count: -1 }],
    [200, { ...inspected, fields_redacted_count: "1" }],
    [200, { ...inspected, content_fingerprint: 5 }],
    [200, JSON.stringify(inspected).replace("{", '{"fields_redacted_count":1,')],
    [302, inspected, { location: "http://127.0.0.1:1/" }],
    [404, inspected],
  ]) {
    next = answer;
    for (const failMode of ["closed", "open"])
      await assert.rejects(client(gatewayUrl, { failMode }).scanResponse({ traceId: "t", responseBody: "x" }), GatewayError);
  }
  next = [401, {}];
  await assert.rejects(client(gatewayUrl).scanResponse({ traceId: "t", responseBody: "x" }), AuthenticationError);
  next = [413, {}];
  await assert.rejects(client(gatewayUrl).scanResponse({ traceId: "t", responseBody: "x" }), PayloadTooLargeError);
});

test("a gateway that fails is asked again, and then the failure mode decides", async (t) => {
  let next;
  const { gatewayUrl, requests } = await scriptedGateway(t, () => next);
  const input = { traceId: "t", responseBody: { ssn: ssn() } };
  for (const [answer, Kind] of [
    [[500, {}], GatewayError],
    [[429, {}], RateLimitError],
    [undefined, GatewayError],
  ]) {
    next = answer;
    const before = requests.length;
    await assert.rejects(client(gatewayUrl).scanResponse(input), Kind);
    assert.equal(requests.length - before, 2);
    assert.deepEqual((await client(gatewayUrl, { failMode: "open" }).scanResponse(input)).dataClasses, ["PII"]);
  }
  const aborted = { ...input, signal: AbortSignal.abort(new Error("enough")) };
  await assert.rejects(client(gatewayUrl, { failMode: "open" }).scanResponse(aborted), /enough/);
});

test("health resolves when the gateway is up, and throws otherwise", async (t) => {
  let next = [200, { status: "ok", mode: "monitor", policy_version: "v" }];
  const { gatewayUrl, requests } = await scriptedGateway(t, () => next);
  assert.deepEqual(await client(gatewayUrl).health(), { status: "ok", mode: "monitor", policyVersion: "v" });
  assert.deepEqual([requests[0].method, requests[0].path], ["GET", "/health"]);
  next = [200, {}];
  assert.deepEqual(await client(gatewayUrl).health(), { status: "ok", mode: undefined, policyVersion: undefined });
  for (const answer of [
    [200, "<html>"],
    [200, { status: 5 }],
    [200, { mode: "off" }],
    [302, {}, { location: "/" }],
    [503, {}],
    undefined,
  ]) {
    next = answer;
    await assert.rejects(client(gatewayUrl).health(), GatewayError);
  }
});
