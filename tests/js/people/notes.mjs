// An agent that sends notes through the proxy, and the administrator who decides what is held of them.

/** `send` makes the call, `hold` gives the id of the approval that it waits for, `act` decides on one. */
export function notesThrough(gateway, upstream) {
  const send = (text = "hello", agent = "agent-1") =>
    gateway.proxy(`${upstream.url}/notes`, {
      headers: { "content-type": "application/json", "x-interven-agent-id": agent },
      body: JSON.stringify({ note: text }),
    });
  const hold = async (text, agent) => (await send(text, agent)).json.approval_id;
  const act = (id, verb, value = {}) => gateway.admin("POST", `/v1/approvals/${id}/${verb}`, value);
  return { send, hold, act };
}
