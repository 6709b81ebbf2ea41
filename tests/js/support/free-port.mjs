// A port for what has to be told one.
import { randomInt } from "node:crypto";
import { createServer } from "node:net";

/** A port that nobody listens on; systems give those below 32768 to nobody who asks for any, so it stays free. */
export async function freePort() {
  for (;;) {
    const port = randomInt(20_000, 32_000);
    const server = createServer();
    const free = await new Promise((resolve) => {
      server.once("error", () => resolve(false));
      server.listen(port, "127.0.0.1", () => resolve(true));
    });
    if (!free) continue;
    await new Promise((resolve) => server.close(resolve));
    return port;
  }
}
