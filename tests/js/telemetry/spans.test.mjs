// Spans, with OpenTelemetry's own API and SDK.

import assert from "node:assert/strict";
import { AsyncLocalStorage } from "node:async_hooks";
import { test } from "node:test";
import { AifClient, IntervenClient } from "../../../dist/index.js";
import { gateway, http } from "../aif/gateway.mjs";
import { makeCalls } from "./calls.mjs";
import { told } from "./canaries.mjs";
import { openTelemetry } from "./peer.mjs";

const { api, sdk, skip } = await openTelemetry();
const APPROVAL = "0b0c0d0e-1111-4222-8333-444455556666";

/** A tracer of the SDK, and the spans that it has exported. */
function tracing() {
  const exporter = new sdk.InMemorySpanExporter();
  const provider = new sdk.BasicTracerProvider({ spanProcessors: [new sdk.SimpleSpanProcessor(exporter)] });
  return { tracer: provider.getTracer("test"), spans: () => exporter.getFinishedSpans() };
}

/** As `@opentelemetry/context-async-hooks` does it. */
function contexts() {
  const storage = new AsyncLocalStorage();
  return {
    active: () => storage.getStore() ?? api.ROOT_CONTEXT,
    with: (context, run, self, ...args) => storage.run(context, () => run.apply(self, args)),
    bind: (_context, target) => target,
    enable: () => {},
    disable: () => {},
  };
}

test("one span for a scan, with attributes", { skip }, async () => {
  const { tracer, spans } = tracing();
  const client = new IntervenClient({ tracer, agentId: "agent-1" });
  await client.scan({ url: "https://api.github.com/repos/o/r/issues", body: { ssn: ["536", "22", "8145"].join("-") } });
  const [span, ...more] = spans();
  assert.equal(more.length, 0);
  assert.equal(span.name, "interven.scan");
  const { "interven.risk.score": score, ...attributes } = span.attributes;
  assert.equal(typeof score, "number");
  assert.deepEqual(attributes, {
    "interven.agent.id": "agent-1",
    "interven.decision": "SANITIZE",
    "interven.risk.band": attributes["interven.risk.band"],
    "interven.reason_codes": ["PII_DETECTED"],
    "interven.tool": "github",
    "interven.operation": attributes["interven.operation"],
    "server.address": "api.github.com",
  });
});

test("one span for an approval, a child of its scan's", { skip }, async (t) => {
  api.context.setGlobalContextManager(contexts());
  t.after(() => api.context.disable());
  const { url } = await gateway(t, ({ path }) =>
    path.endsWith("/scan")
      ? http(200, { decision: "REQUIRE_APPROVAL", risk_score: 0, reason_codes: [], approval_id: APPROVAL })
      : http(200, { approval_id: APPROVAL, status: "denied" }),
  );
  const { tracer, spans } = tracing();
  const client = new IntervenClient({ tracer, gatewayUrl: url, apiKey: "key", allowPrivate: ["127.0.0.1"] });
  await assert.rejects(client.fetch(`${url}/x`, { method: "POST", body: "hello" }));
  const [approval, scan] = spans();
  assert.deepEqual([approval.name, scan.name], ["interven.approval", "interven.scan"]);
  assert.deepEqual(approval.attributes, { "interven.approval.id": APPROVAL, "interven.approval.outcome": "APPROVAL_DENIED" });
  assert.equal(scan.attributes["interven.approval.id"], APPROVAL);
  assert.equal(approval.parentSpanContext?.spanId ?? approval.parentSpanId, scan.spanContext().spanId);
});

test("AifClient has the same spans", { skip }, async (t) => {
  const { url } = await gateway(t, ({ method }) =>
    method === "GET" ? http(200, { approval_id: APPROVAL, status: "approved" }) : http(200, { decision: "ALLOW" }),
  );
  const { tracer, spans } = tracing();
  const client = new AifClient({ tracer, gatewayUrl: url, agentId: "agent-1", agentSecret: "secret" });
  await client.invoke({ toolName: "github", method: "GET", urlPath: "/x" });
  await client.waitForApproval(APPROVAL);
  assert.deepEqual(
    spans().map(({ name, attributes }) => [name, attributes["interven.decision"] ?? attributes["interven.approval.outcome"]]),
    [
      ["interven.scan", "ALLOW"],
      ["interven.approval", "APPROVED"],
    ],
  );
});

test("an abort is a failed span", { skip }, async (t) => {
  const { url } = await gateway(t, () => new Promise(() => {}));
  const { tracer, spans } = tracing();
  const client = new IntervenClient({ tracer, gatewayUrl: url });
  await assert.rejects(client.scan({ url: "https://example.com/", signal: AbortSignal.timeout(50) }));
  assert.deepEqual([spans()[0].status.code, spans()[0].attributes["interven.error.code"]], [api.SpanStatusCode.ERROR, "ABORTED"]);
});

test("no span tells anything of a call", { skip, timeout: 120_000 }, async (t) => {
  const { tracer, spans } = tracing();
  await makeCalls(t, { tracer });
  assert.ok(spans().length > 100, `${spans().length} spans only`);
  const shown = spans().map(({ name, attributes, events, status, links }) =>
    JSON.stringify({ name, attributes, events, status, links }),
  );
  assert.deepEqual(
    shown.filter((span) => told(span).length > 0),
    [],
  );
});
