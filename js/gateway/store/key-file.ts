/** Files that hold a key of the gateway, for its user's eyes alone. */
import { closeSync, fchmodSync, fsyncSync, openSync, readFileSync, writeSync } from "node:fs";
import { ConfigurationError } from "../../errors.js";

/**
 * The text of a key file; `undefined` where there is none.
 *
 * @param what - the key, as an error names it, such as "the key of the vault"
 * @throws {ConfigurationError} for a file that is there and cannot be read
 */
export function readKeyFile(path: string, what: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return undefined;
    throw new ConfigurationError(`${path}, ${what}, cannot be read (${code ?? "unknown error"}).`, { cause: error });
  }
}

/** Makes a key file, which is on the disk when this returns. Throws where there is one already. */
export function writeKeyFile(path: string, text: string): void {
  const file = openSync(path, "wx", 0o600);
  try {
    fchmodSync(file, 0o600);
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
