/** `--config FILE`: the options of a command as a JSON object, by the names that they have on the command line. */
import { readFileSync } from "node:fs";
import { isRecord } from "../record.js";
import { CommandError } from "./command-error.js";
import { nearest } from "./nearest.js";

interface OptionType {
  readonly type: "string" | "boolean";
  readonly multiple?: boolean;
}

/** The values as the command line gives them: texts, lists of texts, true. */
export type ConfigValues<T extends Record<string, OptionType>> = {
  [Name in keyof T]?: T[Name]["type"] extends "boolean" ? boolean : T[Name]["multiple"] extends true ? string[] : string;
};

/** Only on the command line. */
const NOT_IN_FILES = ["config", "help"];

/** Reads the file; throws a `CommandError` (exit code 2) that names the file and the key. */
export function readConfigFile<T extends Record<string, OptionType>>(path: string, options: T): ConfigValues<T> {
  const known = Object.keys(options).filter((name) => !NOT_IN_FILES.includes(name));
  const values: Record<string, string | string[] | boolean> = {};
  for (const [key, value] of Object.entries(readObject(path))) {
    const option = known.includes(key) ? options[key] : undefined;
    if (!option) {
      const guess = nearest(key, known);
      throw wrong(path, key, `is no option; ${guess ? `did you mean '${guess}'?` : `there are: ${known.join(", ")}`}`);
    }
    values[key] = checked(path, key, value, option);
  }
  return values as ConfigValues<T>;
}

/** An error about an option, in words about the file where that option stands. */
export function namedInFile(error: unknown, path: string, names: readonly string[]): unknown {
  const [, name, problem = ""] = (error instanceof CommandError && /^--([a-z-]+) (.*)/s.exec(error.message)) || [];
  return name !== undefined && names.includes(name) ? wrong(path, name, problem) : error;
}

function checked(path: string, key: string, value: unknown, { type, multiple }: OptionType): string | string[] | boolean {
  if (type === "boolean") {
    if (typeof value === "boolean") return value;
    throw wrong(path, key, "must be true or false");
  }
  if (multiple) {
    const list = Array.isArray(value) ? value : [value];
    if (list.every((one) => typeof one === "string")) return list;
    throw wrong(path, key, "must be a text or a list of texts");
  }
  if (typeof value === "string") return value;
  if (typeof value === "number" && Number.isSafeInteger(value)) return String(value);
  throw wrong(path, key, "must be a text or a whole number");
}

function readObject(path: string): Record<string, unknown> {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw new CommandError(2, `--config ${path} cannot be read (${(error as NodeJS.ErrnoException).code})`, { cause: error });
  }
  try {
    const value: unknown = JSON.parse(text);
    if (isRecord(value)) return value;
  } catch (error) {
    // The message of the parser may hold a piece of the file.
    const at = /position (\d+)/.exec(String(error))?.[1];
    const line = at === undefined ? undefined : text.slice(0, Number(at)).split("\n").length;
    throw new CommandError(2, `${path} is not JSON${line === undefined ? "" : `: see line ${line}`}`);
  }
  throw new CommandError(2, `${path} must hold a JSON object, such as {"port": 4100}`);
}

function wrong(path: string, key: string, problem: string): CommandError {
  return new CommandError(2, `${path}: '${key.slice(0, 64)}' ${problem}`);
}
