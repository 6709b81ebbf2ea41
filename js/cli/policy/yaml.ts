/** Policies in YAML: the core reads JSON, and its errors are given back their line and column. */
import { createRequire } from "node:module";
import type * as Yaml from "yaml";
import type { PolicyProblem } from "../../errors.js";
import { CommandError } from "../command-error.js";

/** The library, when it is first needed: the client is installed without it. */
let library: typeof Yaml | undefined;

function yaml(source: string): typeof Yaml {
  try {
    library ??= createRequire(import.meta.url)("yaml") as typeof Yaml;
    return library;
  } catch (cause) {
    throw new CommandError(1, `${source}: reading YAML needs the package yaml: npm install yaml, or write JSON`, { cause });
  }
}

/** A document as JSON text, and where its keys are. */
export interface Converted {
  text: string;
  /** The problem with line and column of the YAML. */
  located(problem: PolicyProblem): PolicyProblem;
}

/** @throws {CommandError} (exit code 1) for a text that is not YAML, or holds what JSON cannot. */
export function fromYaml(written: string, source: string): Converted {
  const { LineCounter, parseDocument } = yaml(source);
  const lines = new LineCounter();
  const document = parseDocument(written, { lineCounter: lines, uniqueKeys: true, stringKeys: true });
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
  return { text: text ?? "null", located: (problem) => located(problem, document, lines, yaml(source)) };
}

function located(problem: PolicyProblem, document: Yaml.Document, lines: Yaml.LineCounter, library: typeof Yaml): PolicyProblem {
  const offset = place(document, problem.key, library);
  if (offset === undefined) return { ...problem, line: 0, column: 0 };
  const { line, col } = lines.linePos(offset);
  return { ...problem, line, column: col };
}

/** Where a key such as `rules[0].match.hosts` stands, or what is nearest around it. */
function place(document: Yaml.Document, key: string, library: typeof Yaml): number | undefined {
  const { isMap, isNode, isPair, isSeq } = library;
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
