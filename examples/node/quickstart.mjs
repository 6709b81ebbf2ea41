// The four decisions, in one program that needs no account and no network. Run it: node quickstart.mjs

import { createServer } from "node:http";
import { IntervenBlockedError, IntervenClient } from "interven";

// Somewhere to send to: it prints what it receives.
const server = createServer(async (request, response) => {
  let body = "";
  for await (const chunk of request) body += chunk;
  console.log(`  upstream received ${request.method} ${request.url} ${body}`);
  response.end("thank you");
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const upstream = `http://127.0.0.1:${server.address().port}`;

const client = new IntervenClient({
  // Loopback and private addresses are refused unless they are named.
  allowPrivate: [`127.0.0.1:${server.address().port}`],
  policy: {
    name: "quickstart",
    rules: [{ rule_id: "transfers", match: { url_patterns: ["*/transfers"] }, action: "REQUIRE_APPROVAL" }],
  },
});

// Made up at run time; they only look alive.
const key = ["AK", "IA", "QYLPMN5HKTRJV3ZW"].join("");
const ssn = ["536", "22", "8145"].join("-");

await send("an ordinary call", "/notes", { note: "hello" });
await send("personal data", "/people", { name: "Jo", ssn });
await send("a live key", "/notes", { note: `use ${key}` });
await send("a call that needs a person", "/transfers", { amount: 10 });
server.close();

async function send(what, path, value) {
  console.log(what);
  const headers = { "content-type": "application/json" };
  try {
    const response = await client.fetch(upstream + path, { method: "POST", headers, body: JSON.stringify(value) });
    console.log(`  answer ${response.status} ${await response.text()}`);
  } catch (error) {
    if (!(error instanceof IntervenBlockedError)) throw error;
    console.log(`  ${error.code}: ${error.decision} ${error.reasonCodes.join(" ")}`);
  }
}
