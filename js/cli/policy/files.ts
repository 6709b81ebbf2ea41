/** Policies on their way from disk into the engine: JSON, YAML, or a template by its name. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, extname } from "node:path";
import { fileURLToPath } from "node:url";
import { PolicyError, type PolicyProblem } from "../../errors.js";
import type { Memory } from "../../memory.js";
import { Engine } from "../../patterns/engine.js";
import type { EngineOptions } from "../../types.js";
import { CommandError } from "../command-error.js";
import { nearest } from "../nearest.js";
import { fromYaml } from "./yaml.js";

/** A policy that was read. */
export interface PolicyFile {
  /** The name in messages. */
  source: string;
  /** JSON. */
  text: string;
  /** A problem of the JSON with line and column of the file. */
  located(problem: PolicyProblem): PolicyProblem;
}

/** What else the command line says about the engine. */
export interface EngineChoices {
  maxBodyBytes?: number | undefined;
  allowPrivate?: string[];
  domains?: string[];
  memory?: Memory;
}

/** Where the templates of the package are. */
const TEMPLATES = fileURLToPath(new URL("../../../policies/", import.meta.url));

/** Names of the templates. */
export const templateNames = (): string[] =>
  existsSync(TEMPLATES)
    ? readdirSync(TEMPLATES)
        .filter((file) => file.endsWith(".json"))
        .map((file) => basename(file, ".json"))
    : [];

/**
 * An engine with these policies and options; its detectors and conditions may have regular expressions.
 *
 * @throws {CommandError} for a file that cannot be read, or holds a policy that cannot be used.
 */
export function engineFromFiles(files: readonly string[], choices: EngineChoices): Engine {
  const read = files.map(readPolicy);
  return located(read, () => engineOf(read, choices));
}

/** The same with policies that were read already. Throws the engine's own error. */
export function engineOf(policies: readonly Pick<PolicyFile, "source" | "text">[], choices: EngineChoices): Engine {
  const { maxBodyBytes, allowPrivate = [], domains = [], memory } = choices;
  const options: EngineOptions = {
    ...{ allowPrivate, organisation: { domains }, memory },
    ...(maxBodyBytes === undefined ? {} : { maxBodyBytes }),
  };
  return new Engine({
    ...options,
    policy: policies.map(({ text }) => text),
    policySource: policies.map(({ source }) => source),
  });
}

/** Does something with policies; an error about one of them names the place in its file. */
export function located<T>(policies: readonly PolicyFile[], action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    const file = policies.find(({ source }) => source === error.source);
    throw new CommandError(1, problemText(file?.located(error) ?? error), { cause: error });
  }
}

/** `file:line:column: key: problem (suggestion)`. */
export function problemText({ source, line, column, key, problem, suggestion }: PolicyProblem): string {
  const at = line > 0 ? `:${line}:${column}` : "";
  return `${source}${at}: ${key === "" ? "" : `${key}: `}${problem}${suggestion === null ? "" : ` (${suggestion})`}`;
}

/** Reads a file, or a template when there is no such file. */
export function readPolicy(file: string): PolicyFile {
  const isName = /^[a-z0-9-]+$/.test(file);
  if (isName && !existsSync(file)) {
    const names = templateNames();
    if (names.includes(file)) return policyFile(readText(`${TEMPLATES}${file}.json`), `${file}.json`);
    const guess = nearest(file, names);
    const meant = guess === undefined ? `the templates are ${names.join(", ")}` : `did you mean '${guess}'?`;
    throw new CommandError(1, `there is neither a file nor a template called '${file}'; ${meant}`);
  }
  return policyFile(readText(file), file);
}

function policyFile(text: string, source: string): PolicyFile {
  if (![".yaml", ".yml"].includes(extname(source).toLowerCase())) return { source, text, located: (problem) => problem };
  return { source, ...fromYaml(text, source) };
}

/** The text of a file that a command line names; `what` it is begins the error. */
export function readText(file: string, what = "the policy file"): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(file));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const problem =
      code === "ENOENT"
        ? "does not exist"
        : code === "EISDIR"
          ? "is a directory; name a file"
          : code === "EACCES"
            ? "may not be read by this user"
            : code === "ERR_ENCODING_INVALID_ENCODED_DATA"
              ? "is not UTF-8 text"
              : `cannot be read (${code})`;
    throw new CommandError(1, `${what} ${file} ${problem}`, { cause: error });
  }
}
