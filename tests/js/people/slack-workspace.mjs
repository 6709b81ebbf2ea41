// Slack's Web API on a loopback port, as far as cards and clicks need it, and Slack's side of a click.
import { createHmac } from "node:crypto";
import { fakeToken, HOLD_LOOPBACK, startRunning, startUpstream, until } from "../gateway/running.mjs";
import { notesThrough } from "./notes.mjs";

export const CHANNEL = "C0APPROVALS";
export const ALICE = "U0ALICE";
export const BOB = "U0BOB";
export const MALLORY = "U0MALLORY";

/** A workspace that keeps its messages. `next` answers the coming calls otherwise: a status, a function, or `"hang"`. */
export async function startWorkspace(t) {
  const messages = new Map();
  const calls = [];
  const next = [];
  let down = false;
  let last = 0;
  const methods = {
    "chat.postMessage": ({ channel, text, blocks }) => {
      last += 1;
      const ts = `1767323045.${String(last).padStart(6, "0")}`;
      messages.set(ts, { channel, text, blocks, updates: 0 });
      return { ok: true, channel, ts };
    },
    "chat.update": ({ ts, text, blocks }) => {
      const message = messages.get(ts);
      if (!message) return { ok: false, error: "message_not_found" };
      Object.assign(message, { text, blocks, updates: message.updates + 1 });
      return { ok: true, ts };
    },
    "chat.postEphemeral": () => ({ ok: true }),
  };
  const server = await startUpstream(t, (request, response, body) => {
    const method = request.url.replace(/^\/api\//, "");
    const value = JSON.parse(body.toString());
    calls.push({ method, value, authorization: request.headers.authorization });
    if (down) return void request.socket.destroy();
    const other = next.shift();
    if (other === "hang") return undefined;
    if (other !== undefined) return other(response, () => methods[method](value));
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(methods[method](value)));
    return undefined;
  });
  return {
    messages,
    calls,
    next,
    host: server.host,
    url: `${server.url}/api`,
    set down(value) {
      down = value;
    },
    count: (method) => calls.filter((call) => call.method === method).length,
    whispers: () => calls.filter((call) => call.method === "chat.postEphemeral").map(({ value }) => [value.user, value.text]),
  };
}

/** A gateway that asks in a workspace. */
export async function startAsking(t, options = {}, workspace = undefined) {
  const slack = workspace ?? (await startWorkspace(t));
  const upstream = options.upstream ?? (await startUpstream(t));
  const secrets = options.secrets ?? { botToken: fakeToken("xoxb"), signingSecret: fakeToken("signing") };
  const { upstream: _upstream, secrets: _secrets, ...rest } = options;
  const gateway = await startRunning(t, {
    policy: HOLD_LOOPBACK,
    allowPrivate: [upstream.host, slack.host],
    publicHosts: ["gateway.example"],
    toolUrls: { slack: slack.url },
    slack: { channel: CHANNEL, ...secrets, approvers: { [ALICE]: "alice", [BOB]: "bob" } },
    ...rest,
  });
  const { send, hold, act } = notesThrough(gateway, upstream);
  const status = async (id) => (await gateway.admin("GET", "/v1/approvals")).json.approvals.find((one) => one.approval_id === id);
  /** The message that shows an approval, once it is there. */
  const shown = (id, matches = () => true) =>
    until(() => [...slack.messages].find(([, message]) => JSON.stringify(message.blocks).includes(id) && matches(message)));
  const click = (button, user, place, change) => postClick(gateway, secrets, clickOf(button, user, place), change);
  return { slack, upstream, gateway, secrets, send, hold, act, status, shown, click };
}

/** The button or the choice of a card by its label. */
export function buttonOf(message, label) {
  for (const { elements = [] } of message.blocks.filter((block) => block.type === "actions")) {
    for (const element of elements) {
      if (element.text?.text === label) return { type: "button", action_id: element.action_id, value: element.value };
      const option = element.options?.find((one) => one.text.text === label);
      if (option) return { type: "static_select", action_id: element.action_id, selected_option: option };
    }
  }
  return undefined;
}

/** What Slack posts for a click. */
export function clickOf(button, user, ts) {
  return {
    type: "block_actions",
    user: { id: user, username: "whatever", team_id: "T0" },
    container: { type: "message", message_ts: ts, channel_id: CHANNEL, is_ephemeral: false },
    trigger_id: `${Math.random()}`,
    response_url: "https://hooks.slack.com/actions/none",
    actions: [{ ...button, block_id: "b", action_ts: "1.2" }],
  };
}

export const formOf = (payload) => `payload=${encodeURIComponent(JSON.stringify(payload))}`;

export function signed(secret, body, seconds) {
  const mac = createHmac("sha256", secret).update(`v0:${seconds}:${body}`).digest("hex");
  return { "x-slack-request-timestamp": String(seconds), "x-slack-signature": `v0=${mac}` };
}

/** Posts a click as Slack does: through the public name. `change` alters what is sent. */
export function postClick(gateway, { signingSecret }, payload, change = {}) {
  const body = change.body ?? formOf(payload);
  const seconds = change.seconds ?? Math.floor((change.now ?? Date.now()) / 1000);
  const headers = {
    host: "gateway.example",
    "content-type": "application/x-www-form-urlencoded",
    ...signed(change.secret ?? signingSecret, change.signedBody ?? body, seconds),
    ...change.headers,
  };
  for (const name of change.without ?? []) delete headers[name];
  return gateway.call("POST", "/v1/slack/interactions", { headers, body });
}
