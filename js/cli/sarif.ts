/** SARIF 2.1.0 (OASIS), written as findings come. */
import { isAbsolute, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { builtInRules, type RuleInfo } from "../rules.js";
import type { Reporter } from "./reporters.js";
import type { Located } from "./scan-files.js";
import { packageVersion } from "./version.js";

const SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

/** A reporter that writes one run. */
export function sarif(): Reporter {
  const rules = builtInRules();
  const indexes = new Map(rules.map(({ id }, index) => [id, index]));
  return {
    begin: () => {
      const driver = { name: "interven", version: packageVersion(), rules: rules.map(descriptor) };
      const head = JSON.stringify({
        $schema: SCHEMA,
        version: "2.1.0",
        runs: [{ tool: { driver }, columnKind: "unicodeCodePoints" }],
      });
      return `${head.slice(0, -"}]}".length)},"results":[`;
    },
    finding: (found, index) => `${index > 0 ? "," : ""}\n${JSON.stringify(result(found, indexes.get(found.rule_id)))}`,
    end: ({ skipped }) => {
      const notifications = skipped.map(({ path, reason, failed }) => ({
        level: failed ? "error" : "note",
        message: { text: `Not inspected: ${reason}.` },
        locations: [{ physicalLocation: { artifactLocation: { uri: uri(path) } } }],
      }));
      const executionSuccessful = !skipped.some(({ failed }) => failed);
      const invocations = [{ executionSuccessful, toolExecutionNotifications: notifications }];
      return `\n],"invocations":${JSON.stringify(invocations)}}]}\n`;
    },
  };
}

const level = (severity: "low" | "high") => (severity === "high" ? "error" : "warning");

function descriptor({ id, label, class: kind, severity, source }: RuleInfo) {
  return {
    id,
    shortDescription: { text: `${label} (${kind})` },
    help: { text: `The format is known from: ${source}.` },
    defaultConfiguration: { level: level(severity) },
    properties: { tags: ["security", kind], "security-severity": severity === "high" ? "8.0" : "4.0" },
  };
}

function result(found: Located, ruleIndex: number | undefined) {
  const { rule_id, severity, confidence, placeholder, path, start, end, from, to } = found;
  const region = {
    ...{ startLine: from.line, startColumn: from.column, endLine: to.line, endColumn: to.column },
    ...{ byteOffset: start, byteLength: end - start },
  };
  return {
    ruleId: rule_id,
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    level: placeholder ? "note" : level(severity),
    message: { text: `Found by the rule ${rule_id}, with ${confidence} confidence.` },
    locations: [{ physicalLocation: { artifactLocation: { uri: uri(path) }, region } }],
    properties: { class: found.class, confidence, ...(placeholder ? { placeholder } : {}) },
  };
}

/** Relative to where the command ran, as viewers expect. */
function uri(path: string): string {
  if (path === "-") return "stdin";
  if (isAbsolute(path)) return pathToFileURL(path).href;
  return path.split(sep).map(encodeURIComponent).join("/");
}
