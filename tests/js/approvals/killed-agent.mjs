// An agent that is killed at one of its steps: `node killed-agent.mjs JOB.json`. It prints how its call ended, if it lives.

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { IntervenClient } from "../../../dist/index.js";
import { FileApprovalStore } from "../../../dist/node/index.js";
import { quick } from "./quick.mjs";

const { gatewayUrl, url, body, folder, tokenFile, tokenKey, killAt } = JSON.parse(readFileSync(process.argv[2], "utf8"));

let step = 0;
/** Before and after everything that is waited for. */
function checkpoint() {
  step += 1;
  if (step === killAt) process.kill(process.pid, "SIGKILL");
}

/** Whatever is called through it may be the last thing that happens, or the last that does not. */
const fragile =
  (action) =>
  async (...args) => {
    checkpoint();
    try {
      return await action(...args);
    } finally {
      checkpoint();
    }
  };

const files = new FileApprovalStore(folder);
const client = new IntervenClient({
  ...{ gatewayUrl, tokenKey, agentId: "agent-1", allowPrivate: [new URL(url).host] },
  clock: { now: quick.clock.now, sleep: fragile(quick.clock.sleep) },
  approvalStore: {
    read: fragile((id) => files.read(id)),
    compareAndSwap: fragile((id, expected, record) => files.compareAndSwap(id, expected, record)),
  },
  fetch: fragile((input, init) => fetch(input, init)),
  onPending: fragile(async (pending) => writeFileSync(tokenFile, await pending.toToken())),
});

const call = [url, { method: "POST", headers: { "content-type": "application/json" }, body }];
try {
  const response = existsSync(tokenFile)
    ? await client.resume(readFileSync(tokenFile, "utf8"), ...call)
    : await client.fetch(...call);
  await response.text();
  console.log(JSON.stringify({ ended: "sent", steps: step }));
} catch (error) {
  console.log(JSON.stringify({ ended: error.outcome ?? error.code ?? String(error), steps: step }));
}
