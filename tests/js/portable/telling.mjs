import { equal, ok, throws } from "./assert.mjs";
import { awsKey, LOCAL } from "./values.mjs";

/** A logger that keeps what it is told. */
function recorder() {
  const lines = [];
  const take = (level) => (message, fields) => lines.push({ level, message, ...fields });
  return { lines, logger: { debug: take("debug"), info: take("info"), warn: take("warn"), error: take("error") } };
}

/** A tracer that keeps its spans, as OpenTelemetry's would be used. */
function tracer() {
  const spans = [];
  const startSpan = (name, { attributes }) => {
    const span = { name, attributes: { ...attributes }, ended: 0 };
    spans.push(span);
    return {
      setAttributes: (more) => Object.assign(span.attributes, more),
      setStatus: (status) => Object.assign(span, { status }),
      end: () => (span.ended += 1),
    };
  };
  return { spans, tracer: { startSpan, startActiveSpan: (name, options, run) => run(startSpan(name, options)) } };
}

export default {
  "a logger gets a line for each scan and each refusal": async ({ interven, server }) => {
    const { lines, logger } = recorder();
    const { fetch } = new interven.IntervenClient({ ...LOCAL, logger });
    await fetch(`${server}/echo`, { method: "POST", body: "hello" });
    const key = awsKey();
    await throws(() => fetch(`${server}/echo`, { method: "POST", body: key }));
    await throws(() => fetch("http://["));
    equal(
      lines.map(({ level, message }) => `${level} ${message}`),
      ["debug interven scan", "debug interven scan", "info interven refusal", "info interven refusal"],
    );
    equal([lines[0].decision, lines[1].decision, lines[0].host], ["ALLOW", "DENY", "127.0.0.1"]);
    equal([lines[2].reasonCodes, lines[3].cause], [["SECRET_DETECTED"], "ERR_INTERVEN_INVALID_REQUEST"]);
    ok(!JSON.stringify(lines).includes(key), "the key is in the log");
  },

  "a tracer gets a span for each scan": async ({ interven, server }) => {
    const { spans, tracer: given } = tracer();
    const { fetch } = new interven.IntervenClient({ ...LOCAL, tracer: given, agentId: "agent-1" });
    await fetch(`${server}/echo`, { method: "POST", body: "hello" });
    equal(
      spans.map(({ name, ended }) => [name, ended]),
      [["interven.scan", 1]],
    );
    const { attributes } = spans[0];
    equal([attributes["interven.decision"], attributes["interven.agent.id"]], ["ALLOW", "agent-1"]);
    equal([attributes["server.address"], attributes["interven.operation"]], ["127.0.0.1", "request"]);
  },

  "a logger or a tracer that fails decides nothing": async ({ interven, server }) => {
    const fail = () => {
      throw new Error("full");
    };
    const logger = { debug: fail, info: fail, warn: fail, error: fail };
    const broken = { setAttributes: fail, setStatus: fail, end: fail };
    for (const tracer of [
      { startSpan: fail, startActiveSpan: fail },
      { startSpan: () => undefined, startActiveSpan: () => undefined },
      { startSpan: () => broken, startActiveSpan: (_name, _options, run) => [run(broken), run(broken)] },
    ]) {
      const { fetch } = new interven.IntervenClient({ ...LOCAL, logger, tracer });
      equal(await (await fetch(`${server}/echo`, { method: "POST", body: "hello" })).text(), "hello");
      ok(
        (await throws(() => fetch(`${server}/echo`, { method: "POST", body: awsKey() }))) instanceof
          interven.IntervenBlockedError,
        "sent",
      );
    }
  },
};
