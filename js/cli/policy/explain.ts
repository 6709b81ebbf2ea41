/** `interven policy explain`: what is decided about a request, by which rules, and why the others do not match. */
import { type LocalEngine, normaliseUrl } from "../../local-engine.js";
import type { Explanation } from "../../types.js";
import { visible } from "../../visible.js";
import { parseArguments, wrongUsage } from "../arguments.js";
import { POLICY_HELP } from "../help/policy.js";
import { RowError, rowOf } from "../row.js";
import { engineFromFiles, readText } from "./files.js";

const OPTIONS = {
  policy: { type: "string", multiple: true },
  method: { type: "string" },
  url: { type: "string" },
  header: { type: "string", multiple: true },
  body: { type: "string" },
  request: { type: "string" },
  agent: { type: "string" },
  "org-domain": { type: "string", multiple: true },
  json: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const;

/** 0: the request would be sent, redacted or not; 1: it would be held or refused. */
export function runExplain(argv: readonly string[]): number {
  const { values } = parseArguments("policy", argv, OPTIONS, false);
  if (values.help) {
    process.stdout.write(POLICY_HELP);
    return 0;
  }
  const engine: LocalEngine = engineFromFiles(values.policy ?? ["starter"], { domains: values["org-domain"] ?? [] });
  const request = values.request === undefined ? fromOptions(values) : readRequest(values.request);
  const explanation = engine.explain(request, values.agent === undefined ? {} : { agentId: values.agent });
  process.stdout.write(values.json ? `${JSON.stringify(explanation, null, 2)}\n` : words(explanation));
  return ["ALLOW", "SANITIZE"].includes(explanation.report.decision) ? 0 : 1;
}

interface Given {
  method?: string | undefined;
  url?: string | undefined;
  header?: string[] | undefined;
  body?: string | undefined;
}

function fromOptions({ method, url, header = [], body }: Given) {
  if (url === undefined) throw wrongUsage("policy", "say what is asked about: --url URL, or --request FILE");
  const headers = header.map((line): [string, string] => {
    const at = line.indexOf(":");
    if (at < 1) throw wrongUsage("policy", "--header must be 'name: value'");
    return [line.slice(0, at).trim(), line.slice(at + 1).trim()];
  });
  const bytes = new TextEncoder().encode(body ?? "");
  return { method: method ?? (body === undefined ? "GET" : "POST"), url: normaliseUrl(url), headers, body: bytes };
}

/** A request as `interven scan --jsonl` reads it. */
function readRequest(file: string) {
  try {
    return rowOf({ id: "request", request: JSON.parse(readText(file, "the request file")) }).request;
  } catch (error) {
    if (!(error instanceof RowError || error instanceof SyntaxError)) throw error;
    throw wrongUsage("policy", `${file} is no request: ${error.message}`);
  }
}

function words({ report, rules }: Explanation): string {
  const lines = [
    `${report.decision}  ${visible(report.tool_name)} ${visible(report.operation)} (${report.verb})  risk ${report.risk_score} ${report.risk_band}`,
    `reasons: ${report.reason_codes.join(", ") || "none"}`,
    `signals: ${
      Object.entries(report.risk_contributions)
        .map(([name, score]) => `${name} ${score}`)
        .join(", ") || "none"
    }`,
    "",
  ];
  for (const rule of rules) {
    const name = `${visible(rule.policy)} / ${visible(rule.rule_id)}`;
    if (rule.matched) {
      const effect = rule.suppressed ? "suppressed" : rule.mode === "monitor" ? "monitored only" : rule.action;
      lines.push(`  matches        ${name}: ${effect}`);
    } else {
      lines.push(`  does not match ${name}: not ${rule.failed.join(", not ")}`);
    }
  }
  if (rules.length === 0) lines.push("  no policy has a rule; what is decided is built in");
  return `${lines.join("\n")}\n`;
}
