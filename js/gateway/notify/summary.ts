/** What a message says of an approval, from what is stored: the redacted preview, and what became of it. */
import type { Approval, Preview } from "../store/store.js";
import { beginning, hiddenCount, readable } from "./readable.js";

/** What a message says. All texts are for the eye: nothing in them is hidden, and none of them is markup. */
export interface Summary {
  /** In our words alone. */
  title: string;
  /** What became of the approval, or how long it waits; in our words and the approver's. */
  outcome: string;
  /** Names and values. */
  facts: [name: string, value: string][];
  /** The request as it will be sent, as far as it is shown. */
  request: string;
  /** What a person must know about how the request is shown; in our words. */
  warnings: string[];
  /** Whether all of the request is shown. */
  whole: boolean;
}

const LONGEST_VALUE = 300;
const MOST_LINES = 120;

const TITLES: Readonly<Record<Approval["status"], string>> = {
  pending: "A call of an agent waits for approval",
  approved: "Approved",
  denied: "Denied",
  expired: "Expired",
  executed: "Approved and used",
};

/** Makes the summary with at most `most` characters of the request. */
export function summarize(approval: Approval, most: number): Summary {
  const { preview, report } = approval;
  const { text, whole, warnings } = requestText(preview, most);
  const skipped = report.coverage.skipped.length > 0;
  return {
    title: approval.status === "denied" && approval.revokedAt !== null ? "Approval taken back" : TITLES[approval.status],
    outcome: outcomeOf(approval),
    facts: (
      [
        ["Agent", approval.agentId],
        ["Call", `${preview.method} ${report.host}`],
        ["What it does", `${report.tool_name} · ${report.operation} · ${report.verb}`],
        ["Risk", `${report.risk_band} (${report.risk_score})`],
        ["Why it is asked", report.reason_codes.join(", ")],
      ] satisfies [string, string][]
    ).map(([name, value]) => [name, beginning(readable(value), LONGEST_VALUE)]),
    request: text,
    warnings: [
      ...(preview.edited_version === undefined ? [] : ["A person has changed the body of this call."]),
      ...(skipped ? ["Parts of this call could not be inspected."] : []),
      ...warnings,
    ],
    whole: whole && !skipped,
  };
}

/** The request line, the headers and the body. What is not shown is not looked at either: there may be a lot of it. */
function requestText(preview: Preview, most: number) {
  const head = [`${preview.method} ${preview.url}`, ...preview.headers.map(([name, value]) => `${name}: ${value}`)];
  const body = preview.body_encoding === "utf8" ? preview.body : "";
  const [shownHead, shownBody] = [head.slice(0, MOST_LINES).map((line) => beginning(line, most)), beginning(body, most)];
  const shown = [...shownHead.map((line) => readable(line)), ...(body === "" ? [] : ["", readable(shownBody, true)])].join("\n");
  const text = beginning(shown.split("\n").slice(0, MOST_LINES).join("\n"), most);
  const hidden = shownHead.reduce((sum, line) => sum + hiddenCount(line), hiddenCount(shownBody, true));
  const left = shown.length - text.length + lengthOf(head) - lengthOf(shownHead) + body.length - shownBody.length;
  const binary = preview.body_encoding === "base64" ? preview.body_bytes : 0;
  return {
    text,
    whole: left === 0 && binary === 0 && preview.omitted_bytes === 0,
    warnings: [
      ...(hidden > 0 ? [`${hidden} characters that do not show are written as ‹U+…›.`] : []),
      ...(left > 0 ? [`${left} more characters are not shown here.`] : []),
      ...(preview.omitted_bytes > 0 ? [`${preview.omitted_bytes} more bytes are not shown here.`] : []),
      ...(binary > 0 ? [`The body, ${binary} bytes, is not text.`] : []),
    ],
  };
}

function lengthOf(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + line.length, 0);
}

function outcomeOf(approval: Approval): string {
  const { status, decidedBy, reason, note } = approval;
  const by = decidedBy === null ? "" : ` by ${readable(decidedBy)}`;
  const words = [reason, note].filter((text) => text !== null && text !== "").map((text) => readable(text as string));
  const why = words.length > 0 ? `: ${beginning(words.join(". "), LONGEST_VALUE)}` : "";
  switch (status) {
    case "pending":
      return `Waits until ${time(approval.expiresAt)}.`;
    case "approved":
      return `Approved${by}${why}. Good for this call once, until ${time(approval.expiresAt)}.`;
    case "denied":
      return `${approval.revokedAt === null ? "Denied" : "The approval was taken back"}${by}${why}.`;
    case "expired":
      return decidedBy === null ? "Nobody decided in time." : `Approved${by}, and not used in time.`;
    default:
      return `Approved${by}${why}. The call was released.`;
  }
}

function time(at: number): string {
  return new Date(at).toISOString().replace(/\.\d+Z$/, "Z");
}
