// `npm start`: build what is needed, then the gateway on its embedded store.

import { spawn } from "node:child_process";
import { build } from "./build.mjs";

await build();
// In a process group of its own: else a Ctrl-C would reach it twice, from the terminal and from here, and the second
// signal tells it not to wait for the requests under way.
const gateway = spawn(process.execPath, ["dist/cli/main.js", "gateway", ...process.argv.slice(2)], {
  stdio: "inherit",
  detached: true,
});
const PASSED_ON = { SIGINT: "SIGINT", SIGTERM: "SIGTERM", SIGHUP: "SIGTERM" };
for (const [signal, passedOn] of Object.entries(PASSED_ON)) process.on(signal, () => gateway.kill(passedOn));
gateway.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" ? 130 : 1)));
