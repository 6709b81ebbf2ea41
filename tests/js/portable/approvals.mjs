// Approvals where no gateway is: the same on every runtime.

import { equal, ok, throws } from "./assert.mjs";
import { received } from "./fetching.mjs";
import { LOCAL } from "./values.mjs";

const policy = {
  name: "hold",
  rules: [{ rule_id: "writes", match: { methods: ["POST"] }, action: "REQUIRE_APPROVAL", reason_code: "NEW_DESTINATION" }],
};
const HELD = { ...LOCAL, policy, pollIntervalMs: 5 };
const tokenKey = "k".repeat(32);

export default {
  "a person in the process releases a call, changes it, or refuses it": async ({ interven, server }) => {
    const replies = [true, { approved: true, body: "less" }, false];
    const client = new interven.IntervenClient({ ...HELD, onApproval: () => replies.shift() });
    const id = crypto.randomUUID();
    const send = () => client.fetch(`${server}/echo?id=${id}`, { method: "POST", body: "more" });
    await send();
    await send();
    ok((await throws(send)) instanceof interven.ApprovalDeniedError, "not denied");
    equal(
      (await received(server, id)).map(({ body }) => body),
      ["more", "less"],
    );
  },

  "a waiting call is taken up by its token, once": async ({ interven, server }) => {
    const options = { ...HELD, approvalStore: new interven.MemoryApprovalStore(), waitForApprovals: false, tokenKey };
    const client = new interven.IntervenClient(options);
    const id = crypto.randomUUID();
    const error = await throws(() => client.fetch(`${server}/echo?id=${id}`, { method: "POST", body: "once" }));
    ok(error instanceof interven.ApprovalPendingError, String(error));
    await client.approvals.approve(error.approvalId);
    const token = await error.pending.toToken({ payload: true });
    const racers = Array.from({ length: 10 }, () => new interven.IntervenClient(options).resume(token));
    const ends = await Promise.allSettled(racers);
    equal(ends.filter(({ status }) => status === "fulfilled").length, 1, "sent");
    for (const { reason } of ends.filter(({ status }) => status === "rejected"))
      ok(reason instanceof interven.ApprovalUsedError, String(reason));
    equal(
      (await received(server, id)).map(({ body }) => body),
      ["once"],
    );
    const changed = `${token.slice(0, -2)}${token.endsWith("AA") ? "BB" : "AA"}`;
    ok((await throws(() => client.resume(changed))) instanceof interven.ApprovalTokenError, "a changed token was taken");
  },
};
