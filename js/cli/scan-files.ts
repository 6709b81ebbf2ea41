/** `interven scan files…`: every input through a detector, findings out as they come. */
import { Detector } from "../detector.js";
import { Engine } from "../engine.js";
import type { Finding } from "../types.js";
import { visible } from "../visible.js";
import { type Input, inputsOf, isBinary, piecesOf, reason } from "./inputs.js";
import { Output, Progress, size } from "./output.js";
import { Placeholders } from "./placeholders.js";
import { type Place, Places } from "./places.js";
import { type Reporter, reporter } from "./reporters.js";
import type { ScanCommand } from "./scan-options.js";

/** A finding in a file. */
export interface Located extends Finding {
  path: string;
  from: Place;
  to: Place;
}

/** What was read, all together. */
export interface Totals {
  files: number;
  bytes: number;
  findings: number;
  /** What was not read, or not to its end, and why. */
  skipped: { path: string; reason: string; failed: boolean }[];
}

/** Runs to the end; the exit code. */
export async function scanFiles(command: ScanCommand): Promise<0 | 1 | 2> {
  const scanner = new Scanner(command);
  await scanner.begin();
  for await (const input of inputsOf(command.paths)) await scanner.take(input);
  return scanner.end();
}

class Scanner {
  readonly #engine = new Engine();
  readonly #output = new Output();
  readonly #progress: Progress;
  readonly #reporter: Reporter;
  readonly #totals: Totals = { files: 0, bytes: 0, findings: 0, skipped: [] };

  constructor(readonly command: ScanCommand) {
    this.#progress = new Progress(command.quiet);
    this.#reporter = reporter(command);
  }

  async begin(): Promise<void> {
    await this.#output.write(this.#reporter.begin());
  }

  async take(input: Input): Promise<void> {
    if ("skipped" in input) return this.#skip(input.path, input.skipped, input.failed);
    try {
      await this.#read(input.path, input.from === "directory");
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (typeof code !== "string" || !/^E[A-Z0-9]+$/.test(code)) throw error;
      this.#skip(input.path, reason(error as NodeJS.ErrnoException), true);
    }
  }

  async #read(path: string, skipsBinary: boolean): Promise<void> {
    const detector = new Detector(this.#engine);
    const places = new Places();
    const placeholders = this.command.redact ? new Placeholders() : undefined;
    let first = true;
    const give = async (findings: Finding[], settled: number, ended: boolean) => {
      await this.#report(path, findings, places);
      if (placeholders) await this.#output.write(placeholders.replace(places, findings, settled, ended));
      places.drop(placeholders?.written ?? settled);
    };
    for await (const piece of piecesOf(path)) {
      if (first && skipsBinary && isBinary(piece)) return this.#skip(path, "binary", false);
      first = false;
      places.push(piece);
      this.#totals.bytes += piece.length;
      this.#progress.show(() => `${this.#totals.files} files, ${size(this.#totals.bytes)}, ${this.#totals.findings} findings`);
      await give(detector.push(piece), detector.settled, false);
    }
    const { findings, coverage } = detector.finish();
    await give(findings, detector.settled, true);
    this.#totals.files += 1;
    for (const skipped of coverage.skipped) this.#skip(path, skipped, true);
  }

  async #report(path: string, findings: readonly Finding[], places: Places): Promise<void> {
    let text = "";
    for (const finding of findings) {
      if (finding.placeholder && !this.command.all) continue;
      const [from, to] = places.of(finding.start, finding.end);
      text += this.#reporter.finding({ ...finding, path, from, to }, this.#totals.findings);
      this.#totals.findings += 1;
    }
    if (text === "") return;
    this.#progress.clear();
    await this.#output.write(text);
  }

  #skip(path: string, why: string, failed: boolean): void {
    this.#totals.skipped.push({ path, reason: why, failed });
    if (!failed) return;
    this.#progress.clear();
    process.stderr.write(`interven: ${visible(path)}: ${/^[a-z_]+$/.test(why) ? `not inspected to its end (${why})` : why}\n`);
  }

  async end(): Promise<0 | 1 | 2> {
    this.#progress.clear();
    await this.#output.write(this.#reporter.end(this.#totals));
    const { files, bytes, findings, skipped } = this.#totals;
    const binary = skipped.filter(({ failed }) => !failed).length;
    const notice = binary > 0 ? `; ${binary} binary ${binary === 1 ? "file was" : "files were"} not read` : "";
    if (!this.command.quiet) {
      process.stderr.write(`${findings} findings in ${files} ${files === 1 ? "file" : "files"}, ${size(bytes)}${notice}\n`);
    }
    return skipped.some(({ failed }) => failed) ? 2 : findings > 0 ? 1 : 0;
  }
}
