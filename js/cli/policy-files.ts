/** Policy files on their way from disk into the engine. */
import { readFileSync } from "node:fs";
import { Engine } from "../engine.js";
import { CommandError } from "./command-error.js";

/** What else the command line says about the engine. */
export interface EngineChoices {
  maxBodyBytes?: number | undefined;
  allowPrivate?: string[];
  domains?: string[];
}

/** An engine with these policies; throws a `CommandError` for a file that cannot be read, a `PolicyError` for one that is wrong. */
export function engineFromFiles(
  files: readonly string[],
  { maxBodyBytes, allowPrivate = [], domains = [] }: EngineChoices,
): Engine {
  return new Engine({
    policy: files.map(read),
    policySource: [...files],
    allowPrivate,
    organisation: { domains },
    ...(maxBodyBytes === undefined ? {} : { maxBodyBytes }),
  });
}

function read(file: string): string {
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
    throw new CommandError(1, `the policy file ${file} ${problem}`, { cause: error });
  }
}
