/** Standard output at the reader's pace, and one line of progress beside it. */

/** Writes; waits while the reader is behind. A reader that went away ends the process, as it does for other tools. */
export class Output {
  constructor(readonly stream: NodeJS.WriteStream = process.stdout) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EPIPE") process.exit(2);
      throw error;
    });
  }

  async write(data: string | Uint8Array): Promise<void> {
    if (data.length === 0 || this.stream.write(data)) return;
    await new Promise<void>((resolve) => this.stream.once("drain", resolve));
  }
}

/** Between two changes of the line, in milliseconds. */
const PACE = 100;

/** How far the work is, on a terminal only. */
export class Progress {
  readonly #shown: boolean;
  #last = 0;
  #length = 0;

  constructor(quiet: boolean) {
    this.#shown = !quiet && process.stderr.isTTY === true;
  }

  /** Shows a line, if it is time for a new one. */
  show(line: () => string): void {
    if (!this.#shown || performance.now() - this.#last < PACE) return;
    this.#last = performance.now();
    const text = line();
    process.stderr.write(`\r${text.padEnd(this.#length)}`);
    this.#length = text.length;
  }

  /** Takes the line away, so that something else can be written. */
  clear(): void {
    if (this.#length > 0) process.stderr.write(`\r${" ".repeat(this.#length)}\r`);
    this.#length = 0;
  }
}

/** A size for people. */
export function size(bytes: number): string {
  const [value, unit] =
    bytes < 1e3 ? [bytes, "B"] : bytes < 1e6 ? [bytes / 1e3, "kB"] : bytes < 1e9 ? [bytes / 1e6, "MB"] : [bytes / 1e9, "GB"];
  return `${value >= 100 || unit === "B" ? Math.round(value) : value.toFixed(1)} ${unit}`;
}
