/** A failure that the person at the terminal can act on. Exit code 2: wrong usage; 1: everything else. */
export class CommandError extends Error {
  constructor(
    readonly exitCode: 1 | 2,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = "CommandError";
  }
}
