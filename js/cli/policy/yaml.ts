/** Policies in YAML: the core reads JSON, and its errors are given back their line and column. */
import { type Document, isMap, isNode, isPair, isSeq, LineCounter, parseDocument } from "yaml";
import type { PolicyProblem } from "../../errors.js";
import { CommandError } from "../command-error.js";

/** A document as JSON text, and where its keys are. */
export interface Converted {
  text: string;
  /** The problem with line and column of the YAML. */
  located(problem: PolicyProblem): PolicyProblem;
}

/** @throws {CommandError} (exit code 1) for a text that is not YAML, or holds what JSON cannot. */
export function fromYaml(yaml: string, source: string): Converted {
  const lines = new LineCounter();
  const document = parseDocument(yaml, { lineCounter: lines, uniqueKeys: true, stringKeys: true });
  const [error] = document.errors;
  if (error !== undefined) {
    const { line, col } = lines.linePos(error.pos[0]);
    throw new CommandError(
      1,
      `${source}:${line}:${col}: not valid YAML: ${error.message.split("\n")[0]?.replace(/ at line .*$/, "")}`,
    );
  }
  let text: string | undefined;
  try {
    text = JSON.stringify(document.toJS({ maxAliasCount: 100 }), (_, value: unknown) => {
      if (typeof value === "number" && !Number.isFinite(value)) throw new Error("a number that is none");
      return value;
    });
  } catch (cause) {
    throw new CommandError(1, `${source}: cannot be read as a policy: ${(cause as Error).message}`, { cause });
  }
  return { text: text ?? "null", located: (problem) => located(problem, document, lines) };
}

function located(problem: PolicyProblem, document: Document, lines: LineCounter): PolicyProblem {
  const offset = place(document, problem.key);
  if (offset === undefined) return { ...problem, line: 0, column: 0 };
  const { line, col } = lines.linePos(offset);
  return { ...problem, line, column: col };
}

/** Where a key such as `rules[0].match.hosts` stands, or what is nearest around it. */
function place(document: Document, key: string): number | undefined {
  let node: unknown = document.contents;
  let offset = isNode(node) ? node.range?.[0] : undefined;
  for (const step of key.split(/\.|(?=\[)/).filter((step) => step !== "")) {
    const index = /^\[(\d+)\]$/.exec(step)?.[1];
    if (index !== undefined && isSeq(node)) {
      node = node.items[Number(index)];
      offset = (isNode(node) && node.range?.[0]) || offset;
    } else if (isMap(node)) {
      const pair = node.items.find((item) => isPair(item) && String(item.key) === step);
      if (pair === undefined) break;
      offset = (isNode(pair.key) && pair.key.range?.[0]) || offset;
      node = pair.value;
    } else break;
  }
  return offset;
}
