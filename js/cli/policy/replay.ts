/** `interven policy replay`: what a policy would change about calls that were made. */
import { visible } from "../../visible.js";
import { administrator } from "../administrator.js";
import { parseArguments, wholeNumber, wrongUsage } from "../arguments.js";
import { POLICY_HELP } from "../help/policy.js";
import type { Env } from "../secret-input.js";
import { usable } from "./diff.js";
import { replayFile } from "./replay-file.js";

const OPTIONS = {
  policy: { type: "string", multiple: true },
  baseline: { type: "string", multiple: true },
  against: { type: "string" },
  "org-domain": { type: "string", multiple: true },
  "gateway-url": { type: "string" },
  since: { type: "string" },
  until: { type: "string" },
  limit: { type: "string" },
  "fail-on-change": { type: "boolean" },
  json: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const;

const MOST_REPLAYED = 20_000;

/** What a replay says, of a file or of a gateway. */
export interface Replayed {
  decisions: number;
  unchanged: number;
  changed: number;
  undecided: number;
  not_replayable: number;
  from: string | null;
  to: string | null;
  truncated: boolean;
  approvals: { before: number; after: number; after_at_most: number };
  changes: { from: string; to: string; count: number; rules: { policy: string; rule_id: string; count: number }[] }[];
  undecided_keys: Record<string, number>;
  samples: object[];
}

/** 0; with --fail-on-change 1 where a decision changes, or may. */
export async function runReplay(argv: readonly string[], variables: Env): Promise<number> {
  const { values } = parseArguments("policy", argv, OPTIONS, false);
  if (values.help) {
    process.stdout.write(POLICY_HELP);
    return 0;
  }
  const { policy: files = [], against, baseline } = values;
  const [file, ...more] = files;
  if (file === undefined) throw wrongUsage("policy", "say which policy is tried: --policy FILE");
  const gatewayOnly = (["gateway-url", "since", "until", "limit"] as const).find((name) => values[name] !== undefined);
  if (against !== undefined && gatewayOnly !== undefined)
    throw wrongUsage("policy", `--${gatewayOnly} is for traffic of a gateway, not for --against`);
  if (against === undefined && (baseline !== undefined || values["org-domain"] !== undefined))
    throw wrongUsage("policy", "--baseline and --org-domain are for --against; a gateway has its own");
  if (against === undefined && more.length > 0) throw wrongUsage("policy", "a gateway is asked about one policy at a time");
  const replayed =
    against === undefined
      ? await ofGateway(file, values, variables)
      : replayFile(against, baseline ?? [], files, values["org-domain"] ?? []);
  process.stdout.write(values.json ? `${JSON.stringify(replayed, null, 2)}\n` : words(replayed));
  return values["fail-on-change"] && replayed.changed + replayed.undecided > 0 ? 1 : 0;
}

async function ofGateway(
  file: string,
  values: {
    "gateway-url"?: string | undefined;
    since?: string | undefined;
    until?: string | undefined;
    limit?: string | undefined;
  },
  variables: Env,
): Promise<Replayed> {
  const policy = usable(file);
  const { since, until, limit } = values;
  const most = limit === undefined ? undefined : wholeNumber("policy", limit, "--limit", 1, MOST_REPLAYED);
  const ask = administrator("policy", values["gateway-url"], variables);
  const body = { policy: policy.text, source: policy.source, since, until, limit: most };
  return (await ask("POST", "/v1/policies/replay", body)) as Replayed;
}

function words(replayed: Replayed): string {
  const { decisions, unchanged, changed, undecided, not_replayable: not, approvals, from, to } = replayed;
  const lines = [
    `${decisions} ${decisions === 1 ? "decision" : "decisions"}${from === null ? "" : ` from ${visible(from)} to ${visible(String(to))}`}`,
  ];
  if (replayed.truncated) lines.push("there are older ones: see --limit");
  lines.push(`  ${unchanged} stay as they are`, `  ${changed} change`);
  for (const { from: old, to: now, count, rules } of replayed.changes) {
    lines.push(`    ${count}  ${visible(old)} -> ${visible(now)}`);
    for (const rule of rules) lines.push(`       ${rule.count} by ${visible(rule.policy)} / ${visible(rule.rule_id)}`);
  }
  if (undecided > 0) {
    const keys = Object.entries(replayed.undecided_keys).map(([key, count]) => `${visible(key)} (${count})`);
    lines.push(`  ${undecided} cannot be told from the record: ${keys.join(", ")}`);
  }
  if (not > 0) lines.push(`  ${not} were not decided by policies, or by an older version`);
  const most =
    approvals.after === approvals.after_at_most ? `${approvals.after}` : `${approvals.after} to ${approvals.after_at_most}`;
  lines.push(`approvals: ${approvals.before} before, ${most} after${perDay(replayed)}`);
  return lines.map((line) => `${line}\n`).join("");
}

function perDay({ approvals: { before, after_at_most: most }, from, to }: Replayed): string {
  const days = from === null || to === null ? 0 : (Date.parse(to) - Date.parse(from)) / 86_400_000;
  if (days < 1) return "";
  const more = (most - before) / days;
  return `; ${more < 0 ? "" : "up to +"}${more.toFixed(1)} a day`;
}
