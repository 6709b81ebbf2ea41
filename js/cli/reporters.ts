/** Findings in files, for people and for programs. The value that was found is never written. */

import { visible } from "../visible.js";
import { wantsColour } from "./request-lines.js";
import { sarif } from "./sarif.js";
import type { Located, Totals } from "./scan-files.js";
import type { ScanCommand } from "./scan-options.js";

/** Texts to write, in order. */
export interface Reporter {
  begin(): string;
  /** `index` counts from 0. */
  finding(found: Located, index: number): string;
  end(totals: Totals): string;
}

/** The reporter that the command line asks for. */
export function reporter(command: ScanCommand): Reporter {
  if (command.redact) return { begin: () => "", finding: () => "", end: () => "" };
  if (command.format === "sarif") return sarif();
  return command.format === "json" ? json() : text(wantsColour(process.stdout.isTTY === true, process.env));
}

function text(colour: boolean): Reporter {
  const paint = (code: number, word: string) => (colour ? `\u001b[${code}m${word}\u001b[0m` : word);
  return {
    begin: () => "",
    finding: ({ path, from, severity, rule_id, confidence, placeholder, class: kind }) => {
      const place = `${visible(path)}:${from.line}:${from.column}`;
      const level = paint(severity === "high" ? 31 : 33, severity.padEnd(4));
      return `${place}  ${level}  ${rule_id}  ${kind}, confidence ${confidence}${placeholder ? ", a documentation sample" : ""}\n`;
    },
    end: () => "",
  };
}

function json(): Reporter {
  return {
    begin: () => '{"findings":[',
    finding: (found, index) => {
      const { path, rule_id, severity, confidence, start, end, from, to, placeholder } = found;
      const record = {
        path,
        ...{ rule_id, class: found.class, severity, confidence, start, end },
        ...{ line: from.line, column: from.column, end_line: to.line, end_column: to.column },
        ...(placeholder ? { placeholder } : {}),
      };
      return `${index > 0 ? "," : ""}\n${JSON.stringify(record)}`;
    },
    end: ({ files, bytes, findings, skipped }) => {
      const left = skipped.map(({ path, reason, failed }) => ({ path, reason, failed }));
      return `\n],"files":${files},"bytes":${bytes},"count":${findings},"skipped":${JSON.stringify(left)}}\n`;
    },
  };
}
