/** A credential for a command: from standard input or the environment, never an argument, which every user of a machine sees. */
import { wrongUsage } from "./arguments.js";

/** Environment of a command. */
export type Env = Readonly<Record<string, string | undefined>>;

const MAX_INPUT_BYTES = 16 * 1024;

/** What standard input holds, without the line end that files and `echo` put behind it. Throws a `CommandError` where it holds nothing. */
export async function fromStandardInput(command: string): Promise<string> {
  const text = await standardInput(command);
  if (text.trim() === "") throw wrongUsage(command, "standard input holds no credential");
  return text.trim();
}

/** What the variable holds, without a line end. Throws a `CommandError` where it holds nothing. */
export function fromEnvironment(command: string, variable: string, env: Env): string {
  const text = env[variable]?.trim();
  if (text) return text;
  throw wrongUsage(command, "the environment variable that --from-env names is not set, or is empty");
}

async function standardInput(command: string): Promise<string> {
  if (process.stdin.isTTY) process.stderr.write("Paste the credential, then press Enter and Ctrl-D.\n");
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of process.stdin as AsyncIterable<Buffer>) {
    pieces.push(piece);
    length += piece.length;
    if (length > MAX_INPUT_BYTES) throw wrongUsage(command, "standard input is longer than a credential is");
  }
  return Buffer.concat(pieces).toString();
}
