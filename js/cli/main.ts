#!/usr/bin/env node
/** The `interven` command: finds the sub-command, prints what goes wrong, sets the exit code. */
import { CommandError } from "./command-error.js";
import { MAIN_HELP } from "./help/main.js";
import { nearest } from "./nearest.js";
import { packageVersion } from "./version.js";

const COMMANDS = ["gateway", "scan", "policy", "doctor", "audit", "help"];

async function main(argv: readonly string[]): Promise<void> {
  // `interven help scan` is `interven scan --help`.
  if (argv[0] === "help" && argv.length > 1) return main([...argv.slice(1), "--help"]);
  const [command, ...rest] = argv;
  if (command === undefined || command === "help" || command === "--help" || command === "-h") {
    process.stdout.write(MAIN_HELP);
  } else if (command === "--version" || command === "-v") {
    process.stdout.write(`${packageVersion()}\n`);
  } else if (command === "gateway") {
    const { runGatewayCommand } = await import("./gateway-command.js");
    await runGatewayCommand(rest, process.env);
  } else if (command === "scan") {
    const { runScan } = await import("./scan.js");
    await runScan(rest);
  } else if (command === "policy") {
    const { runPolicy } = await import("./policy/command.js");
    await runPolicy(rest);
  } else if (command === "doctor") {
    const { runDoctor } = await import("./doctor.js");
    await runDoctor(rest);
  } else if (command === "audit") {
    const { runAudit } = await import("./audit/command.js");
    await runAudit(rest);
  } else {
    const guess = nearest(command, COMMANDS);
    const kind = command.startsWith("-") ? "option" : "command";
    throw new CommandError(2, `unknown ${kind} '${command}'${guess ? `; did you mean '${guess}'?` : ""}\nSee: interven --help`);
  }
}

/** Ends the process once what was written has left it. */
async function leave(): Promise<void> {
  await Promise.all([process.stdout, process.stderr].map((stream) => new Promise((left) => stream.write("", left))));
  process.exit();
}

const argv = process.argv.slice(2);
main(argv)
  .catch((error: unknown) => {
    process.exitCode = error instanceof CommandError ? error.exitCode : 1;
    process.stderr.write(`interven: ${error instanceof Error ? error.message : String(error)}\n`);
  })
  // A gateway goes on. Whatever else is done is done here: a Node.js that waits for its compilers of WebAssembly before it ends by
  // itself may wait for ever (nodejs/node#54918).
  .then(() => (argv[0] === "gateway" ? undefined : leave()));
