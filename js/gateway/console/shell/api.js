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

/** A refused call: `status`, `code`, and the gateway's own message. */
export class ApiError extends Error {
  constructor(status, code, message) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

let whenSignedOut = () => {};

/** Names what to do when the gateway no longer takes the credential. */
export function onSignedOut(action) {
  whenSignedOut = action;
}

/** A request of the administrator's; no cache keeps what is answered. */
export function request(path, { headers, ...init } = {}) {
  return fetch(path, { ...init, headers: { ...headers, authorization: `Bearer ${session.credential}` }, cache: "no-store" });
}

/** Calls the API; throws an `ApiError` unless it answers 2xx. A `body` makes it a POST, unless `method` says otherwise. */
export async function call(path, body, method = body === undefined ? "GET" : "POST") {
  const written = body === undefined ? {} : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  const response = await request(path, { method, ...written }).catch(() => {
    throw new ApiError(0, "UNREACHABLE", "The gateway does not answer. Check that it runs, and try again.");
  });
  const answer = await response.json().catch(() => ({}));
  if (response.ok) return answer;
  if (response.status === 401) whenSignedOut("The gateway no longer takes this credential.");
  const { code = "", message = `The gateway answered ${response.status}.` } = answer.error ?? {};
  throw new ApiError(response.status, code, message);
}

/** Reads live events until the connection ends; calls `onOpen` once it stands. */
export async function readEvents({ signal, onOpen, onEvent }) {
  const response = await request("/v1/events", { signal });
  if (!response.ok) throw new ApiError(response.status, "", `The gateway answered ${response.status}.`);
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
