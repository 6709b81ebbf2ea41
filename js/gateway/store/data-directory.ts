/** The directory that holds the store: made private to the user, and owned by one gateway at a time. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ConfigurationError } from "../../errors.js";

/** A directory that this process owns until `release` is called. */
export interface DataDirectory {
  path: string;
  release(): void;
}

/** Another gateway, which lives, owns the directory. */
export class DataDirectoryInUseError extends ConfigurationError {}

const heldHere = new Set<string>();

/** Makes the directory if needed and takes its lock; a lock left by a dead process is taken over. */
export function claimDataDirectory(path: string): DataDirectory {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new ConfigurationError(
      `The data directory ${path} cannot be made (${codeOf(error)}). Choose another with --data-dir.`,
      {
        cause: error,
      },
    );
  }
  const lock = join(path, "gateway.lock");
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      writeFileSync(lock, `${process.pid} ${startOf(process.pid)}\n`, { flag: "wx", mode: 0o600 });
      heldHere.add(lock);
      return { path, release: () => release(lock) };
    } catch (error) {
      if (codeOf(error) !== "EEXIST") {
        throw new ConfigurationError(
          `The data directory ${path} cannot be written (${codeOf(error)}). Choose another with --data-dir.`,
          {
            cause: error,
          },
        );
      }
    }
    const owner = livingOwner(lock);
    if (owner !== undefined) {
      throw new DataDirectoryInUseError(
        `The data directory ${path} is in use by another gateway (process ${owner}). Stop it, or choose another directory with --data-dir.`,
      );
    }
    rmSync(lock, { force: true });
  }
  throw new ConfigurationError(`The data directory ${path} is being taken by another gateway. Choose another with --data-dir.`);
}

function release(lock: string): void {
  heldHere.delete(lock);
  rmSync(lock, { force: true });
}

function livingOwner(lock: string): number | undefined {
  let text: string;
  try {
    text = readFileSync(lock, "utf8");
  } catch {
    return undefined;
  }
  const [id = "", start = ""] = text.trim().split(" ");
  const pid = Number(id);
  if (!Number.isSafeInteger(pid) || pid <= 0) return undefined;
  // A container gives a restarted gateway the number of the killed one.
  if (pid === process.pid) return heldHere.has(lock) ? pid : undefined;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (codeOf(error) === "ESRCH") return undefined;
  }
  return start === startOf(pid) ? pid : undefined;
}

/** When a process started, in the kernel's own unit; "-" where the system does not say. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "-";
  } catch {
    return "-";
  }
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? "unknown error";
}
