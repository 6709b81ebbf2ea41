// `npm start`: build what is needed, then the gateway on its embedded store.

import { build } from "./build.mjs";

await build();
// In this process, not in one of its own: a Ctrl-C would reach that twice, from the terminal and from here, and the second
// signal tells the gateway not to wait for the requests under way; and whoever kills this would leave it behind.
process.argv.splice(2, 0, "gateway");
await import("../dist/cli/main.js");
