// The administrator's side of the API. The credential lives in this tab only.

const KEY = "interven.credential";

export const session = {
  get credential() {
    return sessionStorage.getItem(KEY) ?? "";
  },
  set credential(value) {
    if (value) sessionStorage.setItem(KEY, value);
    else sessionStorage.removeItem(KEY);
  },
};

/** Takes a credential out of the address bar before anything else can read it there. */
export function takeFragment() {
  const values = new URLSearchParams(location.hash.slice(1));
  const credential = values.get("token");
  if (credential !== null) {
    session.credential = credential;
    values.delete("token");
    const rest = values.toString();
    history.replaceState(null, "", rest ? `/#${rest}` : "/");
  }
  return { approval: values.get("approval") };
}

/** A refused call: `status` and the gateway's own message. */
export class ApiError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/** Calls the API; throws an `ApiError` unless it answers 2xx. */
export async function call(path, body) {
  const headers = { authorization: `Bearer ${session.credential}` };
  if (body !== undefined) headers["content-type"] = "application/json";
  const response = await fetch(path, {
    method: body === undefined ? "GET" : "POST",
    headers,
    body: body === undefined ? undefined : JSON.stringify(body),
    cache: "no-store",
  });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new ApiError(response.status, answer.error?.message ?? `The gateway answered ${response.status}.`);
  return answer;
}

/** Reads live events until the connection ends; calls `onOpen` once it stands. */
export async function readEvents({ signal, onOpen, onEvent }) {
  const response = await fetch("/v1/events", {
    headers: { authorization: `Bearer ${session.credential}` },
    signal,
    cache: "no-store",
  });
  if (!response.ok) throw new ApiError(response.status, `The gateway answered ${response.status}.`);
  onOpen();
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let buffer = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const blocks = (buffer + value).split("\n\n");
    buffer = blocks.pop();
    for (const block of blocks) {
      const type = /^event: (.*)$/m.exec(block)?.[1];
      const data = /^data: (.*)$/m.exec(block)?.[1];
      if (type && data) onEvent(type, JSON.parse(data));
    }
  }
}
