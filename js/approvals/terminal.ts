/** A person asked on the terminal of the process: for agents that somebody sits in front of. */
import { createInterface } from "node:readline";
import { isCredentialHeader } from "../credential-headers.js";
import { visible } from "../visible.js";
import type { ApprovalQuestion } from "./options.js";

/** Where to ask. */
export interface TerminalOptions {
  /** Default: standard input. */
  input?: NodeJS.ReadableStream & { isTTY?: boolean };
  /** Default: standard error, so that the output of the program stays its own. */
  output?: NodeJS.WritableStream;
}

/** More of a body than a person reads on a terminal. */
const MAX_SHOWN_BYTES = 4096;

/**
 * Makes an `onApproval` that asks on the terminal, one question at a time. Only a `y` or `yes` approves. Where there is no
 * terminal, such as in a pipeline, every answer is a no.
 *
 * @example
 * const client = new IntervenClient({ policy, onApproval: askOnTerminal() });
 */
export function askOnTerminal(options: TerminalOptions = {}): (question: ApprovalQuestion) => Promise<boolean> {
  const { input = process.stdin, output = process.stderr } = options;
  let last: Promise<unknown> = Promise.resolve();
  return (question) => {
    const asked = last.then(() => ask(question, input, output));
    last = asked.catch(() => {});
    return asked;
  };
}

async function ask(question: ApprovalQuestion, input: NonNullable<TerminalOptions["input"]>, output: NodeJS.WritableStream) {
  if (input.isTTY !== true) {
    output.write("interven: a call needs a person's approval, and there is no terminal to ask on: it is refused.\n");
    return false;
  }
  if (question.signal?.aborted) return false;
  output.write(shown(question));
  const lines = createInterface({ input, output, terminal: false });
  try {
    const answer = await new Promise<string>((resolve) => {
      lines.once("line", resolve);
      lines.once("close", () => resolve(""));
      question.signal?.addEventListener("abort", () => resolve(""), { once: true });
    });
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    lines.close();
  }
}

/** Everything that comes from the agent is shown with what is invisible in it made visible, so that nothing poses as something else. */
function shown({ request, report }: ApprovalQuestion): string {
  const { method, url, headers, body } = request;
  const { origin, href } = new URL(url);
  // A URL that authenticates by itself is not shown.
  const secret = report.findings.some(({ part, in_place: inPlace }) => part === "url" && inPlace);
  const text = new TextDecoder().decode(body.subarray(0, MAX_SHOWN_BYTES));
  const rest = body.length > MAX_SHOWN_BYTES ? `\n  … and ${body.length - MAX_SHOWN_BYTES} bytes more` : "";
  const lines = [
    "",
    `interven: a call needs your approval (${report.reason_codes.map(visible).join(", ")}; risk ${report.risk_band})`,
    `  ${visible(method)} ${visible(secret ? `${origin}/…` : href)}`,
    ...headers.map(([name, value]) => `  ${visible(name)}: ${isCredentialHeader(name) ? "[CREDENTIAL]" : visible(value)}`),
    ...(body.length > 0 ? ["", ...text.split("\n").map((line) => `  ${visible(line)}`)] : []),
  ];
  return `${lines.join("\n")}${rest}\nApprove? [y/N] `;
}
