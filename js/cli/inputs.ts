/** What `interven scan` reads: files, directories, standard input, piece by piece. */
import { open, opendir, stat } from "node:fs/promises";
import { join } from "node:path";

/** A file to read, or why it is not read. */
export type Input = { path: string; from: "file" | "directory" } | { path: string; skipped: string; failed: boolean };

const PIECE = 1024 * 1024;
/** How much of a file tells whether it is binary. */
const HEAD = 8 * 1024;
const LEFT_OUT = new Set([".git", "node_modules"]);

/** The inputs of the paths in order; directories are walked by name. */
export async function* inputsOf(paths: readonly string[]): AsyncGenerator<Input> {
  for (const path of paths) {
    if (path === "-") {
      yield { path, from: "file" };
      continue;
    }
    const kind = await stat(path).catch((error: unknown) => error as NodeJS.ErrnoException);
    if (kind instanceof Error) yield { path, skipped: reason(kind), failed: true };
    else if (kind.isDirectory()) yield* walk(path);
    else yield { path, from: "file" };
  }
}

async function* walk(directory: string): AsyncGenerator<Input> {
  const entries = [];
  try {
    for await (const entry of await opendir(directory)) entries.push(entry);
  } catch (error) {
    yield { path: directory, skipped: reason(error as NodeJS.ErrnoException), failed: true };
    return;
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const path = join(directory, entry.name);
    // Links lead out of the tree or round in circles; pipes and devices do not end.
    if (entry.isDirectory() && !LEFT_OUT.has(entry.name)) yield* walk(path);
    else if (entry.isFile()) yield { path, from: "directory" };
  }
}

/** The bytes of an input. Throws the system's error. */
export async function* piecesOf(path: string): AsyncGenerator<Uint8Array> {
  if (path === "-") {
    yield* process.stdin as AsyncIterable<Uint8Array>;
    return;
  }
  const file = await open(path, "r");
  try {
    for (;;) {
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(PIECE), 0, PIECE);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

/** Text has no zero bytes, but for UTF-16, which begins with a mark. */
export function isBinary(first: Uint8Array): boolean {
  const [a, b] = first;
  const marked = (a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff);
  return !marked && first.subarray(0, HEAD).includes(0);
}

/** Why a file cannot be read, for people. */
export function reason(error: NodeJS.ErrnoException): string {
  const known: Record<string, string> = {
    ENOENT: "does not exist",
    EACCES: "may not be read by this user",
    EISDIR: "is a directory",
  };
  return known[error.code ?? ""] ?? `cannot be read (${error.code ?? error.message})`;
}
