import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Webhook } from "standardwebhooks";
import { fakeToken, HOLD_LOOPBACK, rawRequest, startUpstream, until } from "../gateway/running.mjs";
import { ALICE, buttonOf, CHANNEL, clickOf, postClick, startWorkspace } from "../people/slack-workspace.mjs";
import { run, startGatewayProcess, temporaryDirectory } from "./process.mjs";

test("options about whom to tell are checked, and their secrets come from the environment", async () => {
  const slack = { INTERVEN_SLACK_BOT_TOKEN: fakeToken("xoxb"), INTERVEN_SLACK_SIGNING_SECRET: fakeToken("s") };
  const cases = [
    [["--slack-channel", "C0123ABCD"], {}, /--slack-channel needs INTERVEN_SLACK_BOT_TOKEN to be set/],
    [
      ["--slack-channel", "C0123ABCD"],
      { ...slack, INTERVEN_SLACK_SIGNING_SECRET: "" },
      /needs INTERVEN_SLACK_SIGNING_SECRET to be set/,
    ],
    [["--slack-channel", "approvals"], slack, /--slack-channel needs the id of a channel such as C0123ABCD/],
    [["--slack-approver", "U0123ABCD=alice"], slack, /--slack-approver needs --slack-channel as well/],
    [
      ["--slack-channel", "C0123ABCD", "--slack-approver", "alice"],
      slack,
      /--slack-approver needs the id of a member and a name/,
    ],
    [["--webhook", "https://hooks.example.com/"], {}, /--webhook needs INTERVEN_WEBHOOK_SECRET to be set/],
    [["--webhook-preview"], {}, /--webhook-preview needs --webhook as well/],
    [["--slack-bot-token", "x"], slack, /unknown option/],
  ];
  for (const [args, env, message] of cases) {
    const { code, stderr } = await run(["gateway", ...args], env);
    assert.equal(code, 2, args.join(" "));
    assert.match(stderr, message);
    for (const secret of Object.values(slack)) assert.ok(!stderr.includes(secret));
  }
});

test("a webhook's secret that is none ends with 1, and is not shown", async (t) => {
  const secret = fakeToken("whatever");
  const args = ["gateway", "--data-dir", temporaryDirectory(t), "--port", "0", "--webhook", "https://hooks.example.com/"];
  const { code, stderr } = await run(args, { INTERVEN_WEBHOOK_SECRET: secret });
  assert.equal(code, 1);
  assert.match(stderr, /the secret of the webhooks must be whsec_ and the base64 of 24 to 64 random bytes/);
  assert.ok(!stderr.includes(secret));
});

test("a gateway that is killed between deciding and telling is made good by the next one", async (t) => {
  const [upstream, slack] = [await startUpstream(t), await startWorkspace(t)];
  const receiver = await startUpstream(t);
  const directory = temporaryDirectory(t);
  const policy = join(directory, "policy.json");
  writeFileSync(policy, JSON.stringify(HOLD_LOOPBACK));
  const signingSecret = fakeToken("signing");
  const env = {
    INTERVEN_ADMIN_TOKEN: fakeToken("admin"),
    INTERVEN_SLACK_BOT_TOKEN: fakeToken("xoxb"),
    INTERVEN_SLACK_SIGNING_SECRET: signingSecret,
    INTERVEN_WEBHOOK_SECRET: `${"whsec"}_${randomBytes(32).toString("base64")}`,
  };
  const hosts = [upstream, slack, receiver].flatMap(({ host }) => ["--allow-private", host]);
  const args = [
    ...["--data-dir", join(directory, "data"), "--policy", policy, "--public-host", "gateway.example", ...hosts],
    ...["--tool-url", `slack=${slack.url}`, "--slack-channel", CHANNEL, "--slack-approver", `${ALICE}=alice`],
    ...["--webhook", `${receiver.url}/hook`],
  ];
  const logs = [];
  for (let round = 0; round < 3; round++) {
    const first = await startGatewayProcess(t, args, env);
    const held = await rawRequest(first.port, { method: "POST", path: `/proxy/${upstream.url}/notes`, body: `round ${round}` });
    const { approval_id: id } = held.json;
    const [ts, message] = await until(() => [...slack.messages].find(([, one]) => JSON.stringify(one.blocks).includes(id)));
    slack.down = true;
    const call = (method, path, options) => rawRequest(first.port, { method, path, ...options });
    const clicked = await postClick(
      { call },
      { signingSecret },
      clickOf(buttonOf(message, round % 2 ? "Approve" : "Deny"), ALICE, ts),
    );
    assert.equal(clicked.status, 200);
    await first.stop("SIGKILL");
    slack.down = false;
    const second = await startGatewayProcess(t, args, env);
    const outcome = round % 2 ? "Approved by slack:U0ALICE (alice)" : "Denied by slack:U0ALICE (alice)";
    await until(() => JSON.stringify(slack.messages.get(ts).blocks).includes(outcome));
    const decided = (body) => body.includes("approval.decided") && body.includes(id);
    const event = await until(() => receiver.received.find(({ body }) => decided(body)));
    assert.equal(new Webhook(env.INTERVEN_WEBHOOK_SECRET).verify(event.body, event.headers).data.approval_id, id);
    await second.stop("SIGTERM");
    logs.push(...first.lines, ...second.lines);
  }
  for (const secret of Object.values(env)) assert.ok(!logs.some((line) => line.includes(secret)));
});
