// Starts a process of `proxy-role.mjs`, which says its port.

import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const FILE = fileURLToPath(new URL("./proxy-role.mjs", import.meta.url));

/** A server in another process; `given` is sent to it. */
export async function startRole(role, given = {}) {
  const server = fork(FILE, [role]);
  server.send(given);
  const [port] = await once(server, "message");
  return { port, end: () => server.disconnect() };
}
