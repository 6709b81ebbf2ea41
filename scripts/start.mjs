// `npm start`: build what is needed, then the gateway on its embedded store.

import { spawn } from "node:child_process";
import { build } from "./build.mjs";

await build();
const gateway = spawn(process.execPath, ["dist/cli/main.js", "gateway", ...process.argv.slice(2)], { stdio: "inherit" });
// The gateway closes by itself; this process only waits for it.
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => gateway.kill(signal));
gateway.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" ? 130 : 1)));
