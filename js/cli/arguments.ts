/** Command lines of all commands: what is wrong ends with exit code 2 and says what was meant. */
import { type ParseArgsConfig, parseArgs } from "node:util";
import { ConfigurationError } from "../errors.js";
import { CommandError } from "./command-error.js";
import { nearest } from "./nearest.js";

/** Reads the arguments of a command; throws a `CommandError` that names the option. */
export function parseArguments<T extends NonNullable<ParseArgsConfig["options"]>>(
  command: string,
  argv: readonly string[],
  options: T,
  allowPositionals: boolean,
) {
  try {
    return parseArgs({ args: [...argv], options, strict: true, allowPositionals });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const unknown = /^Unknown option '(-{1,2}[^'=]*)/.exec(message)?.[1];
    if (unknown !== undefined) {
      const guess = nearest(unknown.replace(/^-+/, ""), Object.keys(options));
      throw wrongUsage(command, `unknown option '${unknown}'${guess ? `; did you mean '--${guess}'?` : ""}`);
    }
    throw wrongUsage(command, message.split(". ")[0] ?? message);
  }
}

/** A number between bounds, written in digits. */
export function wholeNumber(command: string, text: string, name: string, min: number, max: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= min && value <= max) return value;
  throw wrongUsage(command, `${name} must be a whole number from ${min} to ${max}, not '${text}'`);
}

/** What of the client's options has another name on the command line. */
const FLAGS: Record<string, string> = { gatewayUrl: "--gateway-url", apiKey: "--api-key" };

/** Does something with options that came from the command line; an error about one names it as it is called there. */
export function namedAsFlags<T>(command: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    const [, name = "", problem = ""] = (error instanceof ConfigurationError && /^(\w+)( .*)$/s.exec(error.message)) || [];
    throw Object.hasOwn(FLAGS, name) ? wrongUsage(command, `${FLAGS[name]}${problem}`) : error;
  }
}

/** Exit code 2, and where the help is. */
export function wrongUsage(command: string, problem: string): CommandError {
  return new CommandError(2, `${problem}\nSee: interven ${command} --help`);
}
