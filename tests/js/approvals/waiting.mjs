// Calls that wait at a real gateway, on a clock that is faster than the wall's.

import assert from "node:assert/strict";
import { IntervenClient } from "../../../dist/index.js";
import { HOLD_LOOPBACK, startRunning, startUpstream } from "../gateway/running.mjs";
import { quick } from "./quick.mjs";

const TOKEN_KEY = "k".repeat(32);

/** What ends by itself ends after the test, however slow the machine is. */
const WEEK_MS = 7 * 86_400_000;
const LIFETIMES = { pendingMs: WEEK_MS, grantMs: WEEK_MS };

/** A gateway, an upstream, clients, and calls that wait. */
export async function started(t, own = {}, { now, clock } = quick) {
  const upstream = await startUpstream(t);
  const gateway = await startRunning(t, { policy: HOLD_LOOPBACK, now, lifetimes: LIFETIMES });
  const options = {
    ...{ allowPrivate: [upstream.host], agentId: "agent-1", gatewayUrl: gateway.base, tokenKey: TOKEN_KEY, clock },
    ...own,
  };
  const client = (more = {}) => new IntervenClient({ ...options, ...more });
  const url = `${upstream.url}/notes`;
  const call = (body) => [url, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) }];
  /** A call that waits, and what its `pending` was. */
  let asking;
  const waiting = async (body) => {
    asking ??= client({ waitForApprovals: false });
    const error = await asking.fetch(...call(body)).catch((thrown) => thrown);
    assert.equal(error.code, "ERR_INTERVEN_APPROVAL_PENDING", String(error));
    return error.pending;
  };
  const approve = ({ approvalId }) => gateway.admin("POST", `/v1/approvals/${approvalId}/approve`, {});
  return { upstream, gateway, client, call, waiting, approve };
}
