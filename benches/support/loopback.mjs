// A server in a process of its own, so that its work is not in the caller's time. Says its port, answers, ends with its parent.

import { createServer } from "node:http";

const server = createServer((incoming, response) => {
  incoming.resume();
  incoming.on("end", () => response.end("{}"));
});
server.listen(0, "127.0.0.1", () => process.send(server.address().port));
process.on("disconnect", () => process.exit(0));
