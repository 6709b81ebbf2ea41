// Where the lines of a log go, and how many of them.

import { ConfigurationError } from "./errors.js";

/** What a line says beside its text. Never payload. */
export type LogFields = Record<string, string | number | readonly string[]>;

/** What takes the lines: `console`, pino, winston and the like. What it throws is ignored. */
export interface Logger {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

/** How much is told, from least to most. */
const LEVELS = ["off", "error", "warn", "info", "debug"] as const;
/** One of `debug`, `info`, `warn` and `error`. */
export type LogLevel = Exclude<(typeof LEVELS)[number], "off">;

/** Writes a line, if its level is wanted. */
export type Log = (level: LogLevel, message: string, fields?: LogFields) => void;

/** Options about a log. */
export interface LogOptions {
  /** Takes the lines, all of them: it has levels of its own. Default: the console, for warnings and errors only. */
  logger?: Logger;
  /**
   * Everything, also on the console: one line for each scan, call to the gateway, wait and refusal, with ids, decisions,
   * reason codes, hosts and times; never payload. Env `INTERVEN_DEBUG=1`; `INTERVEN_LOG` names a level instead.
   */
  debug?: boolean;
}

/** @throws {ConfigurationError} for a logger that is none. */
export function settleLog(options: LogOptions, env: (name: string) => string | undefined): { log: Log; verbose: boolean } {
  const { logger = console, debug } = options;
  if (logger === null || typeof logger !== "object" || !LEVELS.every((level) => level === "off" || callable(logger, level)))
    throw new ConfigurationError("logger must be an object with the functions debug, info, warn and error.");
  if (debug !== undefined && typeof debug !== "boolean") throw new ConfigurationError("debug must be true or false.");
  const most = LEVELS.indexOf(level(options, env));
  const log: Log = (wanted, message, fields) => {
    if (LEVELS.indexOf(wanted) > most) return;
    try {
      if (fields === undefined) logger[wanted](message);
      else logger[wanted](message, fields);
    } catch {
      // A log that is full or gone must not decide about calls.
    }
  };
  return { log, verbose: most >= LEVELS.indexOf("info") };
}

const callable = (logger: object, level: string): boolean => typeof (logger as Record<string, unknown>)[level] === "function";

function level({ logger, debug }: LogOptions, env: (name: string) => string | undefined): (typeof LEVELS)[number] {
  if (debug !== undefined) return debug ? "debug" : "warn";
  if (["1", "true"].includes(env("INTERVEN_DEBUG") ?? "")) return "debug";
  const named = env("INTERVEN_LOG")?.toLowerCase();
  // Whatever else stands there is not worth failing for: it is about a log.
  return LEVELS.find((known) => known === named) ?? (logger === undefined ? "warn" : "debug");
}
