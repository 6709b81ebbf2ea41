// A summary of what the gateway counts for Prometheus.
import { element } from "../parts/dom.js";
import { span, whole } from "../parts/format.js";
import { fields } from "../parts/table.js";
import { request } from "../shell/api.js";

/** Samples as `{ name, labels, value }`. */
export async function readMetrics() {
  const response = await request("/metrics");
  if (!response.ok) throw new Error(`The gateway answered ${response.status} to /metrics.`);
  const samples = [];
  for (const line of (await response.text()).split("\n")) {
    const match = /^([a-z_]+)(?:\{(.*)\})? (\S+)$/.exec(line);
    if (!match) continue;
    const labels = Object.fromEntries(
      [...(match[2] ?? "").matchAll(/([a-z_]+)="([^"]*)"/g)].map(([, name, value]) => [name, value]),
    );
    samples.push({ name: match[1], labels, value: Number(match[3]) });
  }
  return samples;
}

export function metricsView(samples) {
  const sum = (name, fits = () => true) =>
    samples.filter((one) => one.name === name && fits(one.labels)).reduce((total, { value }) => total + value, 0);
  const mean = (name, fits) => {
    const count = sum(`${name}_count`, fits);
    return count === 0 ? "–" : span(sum(`${name}_sum`, fits) / count);
  };
  const failures = sum("interven_store_failures_total");
  return element(
    "div",
    { className: "pad" },
    fields([
      ["Decisions", whole(sum("interven_decisions_total"))],
      ["Requests answered", whole(sum("interven_requests_total"))],
      ["Scan, on average", mean("interven_request_duration_seconds", ({ route }) => route === "scan")],
      ["Proxy, on average", mean("interven_request_duration_seconds", ({ route }) => route === "proxy")],
      ["Approvals waiting", whole(sum("interven_approvals_pending"))],
      ["A person took", mean("interven_approval_decision_seconds")],
      ["Written durably", `${whole(sum("interven_store_commits_total"))} times`],
      ["Store failures", failures === 0 ? "none" : element("span", { className: "pill bad" }, whole(failures))],
      ["Entries of the record", whole(sum("interven_audit_last_seq"))],
    ]),
  );
}
