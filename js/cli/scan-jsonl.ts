/** `interven scan --jsonl`: one answer a line, in order, at the pace of whoever reads them. */
import { IntervenError } from "../errors.js";
import { answer } from "./answer.js";
import { type Line, linesOf, MAX_LINE_BYTES } from "./lines.js";
import { Output, Progress } from "./output.js";
import { engineFromFiles } from "./policy/files.js";
import { RowError, readRow } from "./row.js";
import type { ScanCommand } from "./scan-options.js";

/** Answers are handed on when they are as long as this. */
const BATCH = 256 * 1024;

/** Runs to the end of standard input; the exit code. */
export async function scanJsonl(command: ScanCommand): Promise<0 | 2> {
  const engine = engineFromFiles(command.policies, { maxBodyBytes: command.maxBodyBytes });
  const output = new Output();
  const progress = new Progress(command.quiet);
  let [rows, failed, waiting] = [0, 0, ""];

  const answerTo = (line: Line): Record<string, unknown> => {
    try {
      if (line === undefined) throw new RowError("line_too_long", `the line is longer than ${MAX_LINE_BYTES} bytes`);
      const row = readRow(line);
      try {
        return answer(engine, row, command);
      } catch (error) {
        if (!(error instanceof IntervenError)) throw error;
        failed += 1;
        return { id: row.id, error: { code: "engine_failed", message: `line ${rows}: ${error.message}` } };
      }
    } catch (error) {
      if (!(error instanceof RowError)) throw error;
      failed += 1;
      const known = error.id === undefined ? {} : { id: error.id };
      return { ...known, error: { code: error.code, message: `line ${rows}: ${error.message}` } };
    }
  };

  for await (const lines of linesOf(process.stdin)) {
    for (const line of lines) {
      rows += 1;
      if (line !== undefined && isBlank(line)) continue;
      waiting += `${JSON.stringify(answerTo(line))}\n`;
      if (waiting.length < BATCH) continue;
      await output.write(waiting);
      waiting = "";
    }
    await output.write(waiting);
    waiting = "";
    progress.show(() => `${rows} lines${failed > 0 ? `, ${failed} without an answer` : ""}`);
  }
  progress.clear();
  if (failed > 0) process.stderr.write(`interven: ${failed} of ${rows} lines could not be answered; see their error records\n`);
  return failed > 0 ? 2 : 0;
}

const isBlank = (line: Buffer): boolean => line.length < 8 && line.toString().trim() === "";
