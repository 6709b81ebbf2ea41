/** `interven policy`: checks, explains, tries and applies policies. */
import { CommandError } from "../command-error.js";
import { POLICY_HELP } from "../help/policy.js";
import { nearest } from "../nearest.js";

const COMMANDS = ["validate", "explain", "test", "diff", "replay", "apply", "templates"];

/** Runs a sub-command; sets the exit code. */
export async function runPolicy(argv: readonly string[]): Promise<void> {
  const [command, ...rest] = argv;
  if (command === undefined || command === "--help" || command === "-h" || command === "help") {
    process.stdout.write(POLICY_HELP);
  } else if (command === "validate") {
    process.exitCode = (await import("./validate.js")).runValidate(rest);
  } else if (command === "explain") {
    process.exitCode = (await import("./explain.js")).runExplain(rest);
  } else if (command === "test") {
    process.exitCode = (await import("./cases.js")).runCases(rest);
  } else if (command === "diff") {
    process.exitCode = await (await import("./diff.js")).runDiff(rest, process.env);
  } else if (command === "replay") {
    process.exitCode = await (await import("./replay.js")).runReplay(rest, process.env);
  } else if (command === "apply") {
    process.exitCode = await (await import("./apply.js")).runApply(rest, process.env);
  } else if (command === "templates") {
    process.exitCode = (await import("./templates.js")).runTemplates(rest);
  } else {
    const guess = nearest(command, COMMANDS);
    throw new CommandError(
      2,
      `unknown policy command '${command}'${guess ? `; did you mean '${guess}'?` : ""}\nSee: interven policy --help`,
    );
  }
}
