/** `interven scan`: files and directories, or rows of JSON. */
import { CommandError } from "./command-error.js";
import { SCAN_HELP } from "./help/scan.js";
import { scanFiles } from "./scan-files.js";
import { scanJsonl } from "./scan-jsonl.js";
import { parseScanCommand } from "./scan-options.js";

/** Runs to the end and sets the exit code. */
export async function runScan(argv: readonly string[]): Promise<void> {
  const command = parseScanCommand(argv);
  if (command.help) {
    process.stdout.write(SCAN_HELP);
    return;
  }
  try {
    process.exitCode = command.jsonl ? await scanJsonl(command) : await scanFiles(command);
  } catch (error) {
    // 1 means that something was found.
    throw new CommandError(2, error instanceof Error ? error.message : String(error), { cause: error });
  }
}
