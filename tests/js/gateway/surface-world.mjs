// A gateway on which every request that changes something would succeed, and what stands in its database.

import { randomBytes } from "node:crypto";
import { closeSync, openSync } from "node:fs";
import { join } from "node:path";
import { Vault } from "../../../dist/gateway/index.js";
import { openDatabase, storeOn } from "../../../dist/gateway/store/open.js";
import { ALICE, buttonOf, CHANNEL, clickOf, formOf, startWorkspace } from "../people/slack-workspace.mjs";
import { ADMIN, fakeToken, startRunning, startUpstream, temporaryDirectory, until } from "./running.mjs";

/** Holds what says so in its path. */
const POLICY = {
  name: "hold",
  rules: [{ rule_id: "held", match: { url_patterns: ["*/held*"] }, action: "REQUIRE_APPROVAL", reason_code: "NEW_DESTINATION" }],
};
const DIGESTS = ["a", "b"].map((digit) => digit.repeat(64));
export const SIGNER = "00000000-0000-4000-8000-000000000010";
/** Counts, the signed mark of how long the record was a moment ago, and what others are told of it in the background. */
const COUNTS = ["usage", "audit_marks", "outbox_places", "outbox", "slack_cards"];
const COUNTED = ["last_seen", "calls", "denied"];

/** Tables in which two contents differ. */
export const changedTables = (before, after) =>
  Object.keys({ ...before, ...after }).filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));

/** Every row of every table but the counts, as text. */
function contentsOf(database) {
  const tables = database.all("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").map(({ name }) => name);
  return Object.fromEntries(
    tables
      .filter((name) => !COUNTS.includes(name))
      .map((name) => [
        name,
        database
          .all(`SELECT * FROM "${name}"`)
          .map((row) => JSON.stringify(Object.entries(row).filter(([column]) => name !== "agents" || !COUNTED.includes(column)))),
      ]),
  );
}

/** Starts everything that the gateway can have, with something in it for every route to change. */
export async function startWorld(t) {
  const directory = temporaryDirectory(t);
  const file = join(directory, "gateway.db");
  closeSync(openSync(file, "a", 0o600));
  const database = await openDatabase(file);
  const workspace = await startWorkspace(t);
  const upstream = await startUpstream(t, (_incoming, response) => response.end('{"ok":true}'));
  const slackSecrets = { botToken: fakeToken("xoxb"), signingSecret: fakeToken("signing") };
  const gateway = await startRunning(t, {
    ...{ policy: POLICY, store: storeOn(database, directory, () => {}), legacyHmac: true },
    vault: await Vault.of(Uint8Array.from(randomBytes(32))),
    allowPrivate: [upstream.host, workspace.host],
    publicHosts: ["gateway.example"],
    tunnelHosts: [upstream.host],
    toolUrls: { github: upstream.url, acme: upstream.url, slack: workspace.url },
    slack: { channel: CHANNEL, ...slackSecrets, approvers: { [ALICE]: "alice" } },
  });
  const admin = async (method, path, value) => {
    const answer = await gateway.admin(method, path, value);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.text}`);
    return answer.json;
  };
  const key = (agent, path = "/v1/keys", more = {}) => admin("POST", path, { agent_id: agent, ...more });
  const keys = {
    agent: (await key("planner")).key,
    other: (await key("other")).key,
    ephemeral: (await key("brief", "/v1/keys/ephemeral", { max_uses: 5 })).key,
    exhausted: (await key("done", "/v1/keys/ephemeral", { max_uses: 1 })).key,
    revoked: await key("gone"),
    idle: [await key("idle"), await key("idle")],
  };
  await admin("DELETE", `/v1/keys/${keys.revoked.key_id}`);
  await gateway.scan({ method: "GET", url: "https://api.example.com/" }, keys.exhausted);

  // Before anything waits: what was asked for under other policies expires.
  const policies = [];
  for (const name of ["first", "second"])
    for (const action of ["DENY", "REQUIRE_APPROVAL"])
      policies.push(await admin("POST", "/v1/policies/apply", { policy: policyOf(name, action) }));

  let held = 0;
  const hold = async (more = {}) => {
    held += 1;
    const answer = await gateway.scan({ method: "POST", url: `https://api.example.com/held/${held}`, ...more }, keys.agent);
    return answer.json.approval_id;
  };
  const approved = async (id) => {
    await admin("POST", `/v1/approvals/${id}/approve`, {});
    return id;
  };
  const ids = {
    // Cards come one a second.
    click: await hold(),
    approve: await hold(),
    deny: await hold(),
    edit: await hold({ body: { a: 1 }, request_digest: DIGESTS[0] }),
    extend: await hold(),
    defer: await hold(),
    batch: [await hold(), await hold()],
    consume: await approved(await hold({ request_digest: DIGESTS[1] })),
    grants: [await approved(await hold()), await approved(await hold())],
  };
  const { trace_id: trace } = (await gateway.scan({ method: "GET", url: "https://api.example.com/" }, keys.agent)).json;
  for (const prefix of ["svc", "changed", "removed"])
    await admin("POST", "/v1/inbound-routes", {
      ...{ prefix, upstream_url: `${upstream.url}/v1` },
      ...{ headers: { Authorization: fakeToken("held") } },
    });
  for (const tool of ["github", "slack", "stripe"])
    await admin("PUT", `/v1/credentials/${tool}`, { credential: fakeToken("held") });
  await admin("POST", "/v1/agents/halted/stop", {});
  const secretOf = async (agent) => (await admin("POST", `/v1/agents/${agent}/hmac-secret`, {})).secret;
  const secrets = { signer: await secretOf(SIGNER), other: await secretOf("another"), first: await secretOf("one") };
  await secretOf("two");
  const [place, message] = await until(() =>
    [...workspace.messages].find(([, { blocks }]) => JSON.stringify(blocks).includes(ids.click)),
  );
  const click = formOf(clickOf(buttonOf(message, "Approve"), ALICE, place));

  const snapshot = () => contentsOf(database);
  const world = { ...{ gateway, upstream, workspace, keys, ids, trace, policies, secrets, slackSecrets, click } };
  return { ...world, digest: DIGESTS[1], token: ADMIN, snapshot };
}

export const policyOf = (name, action) => ({
  name,
  rules: [{ rule_id: "notes", match: { hosts: ["notes.example"] }, action, reason_code: "OURS" }],
});
