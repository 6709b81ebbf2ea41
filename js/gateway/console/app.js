// The console: sign in, load what there is, then follow what happens.
import { ApiError, call, readEvents, session, takeFragment } from "./api.js";
import { DecisionList } from "./decisions.js";
import { byId } from "./dom.js";
import { Inbox } from "./inbox.js";

const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 8000;

let fragment = takeFragment();
const decisions = new DecisionList();
const inbox = new Inbox(() => signOut("The gateway no longer takes this credential."));
let following = new AbortController();

byId("sign-in-form").addEventListener("submit", (event) => {
  event.preventDefault();
  session.credential = byId("credential").value.trim();
  byId("credential").value = "";
  void start();
});
byId("sign-out").addEventListener("click", () => signOut());
byId("copy-sample").addEventListener("click", async (event) => {
  await navigator.clipboard.writeText(byId("sample").textContent);
  event.target.textContent = "Copied";
});
addEventListener("hashchange", () => {
  fragment = takeFragment();
  if (session.credential) void start();
});
byId("sample").textContent = sampleCommand();
void showMode();
if (session.credential) void start();
else signOut();

async function start() {
  following.abort();
  following = new AbortController();
  await follow(following.signal);
}

/** Follows events for ever. Each time the stream stands the lists are read, so nothing between is missed. */
async function follow(signal) {
  const take = (type, data) => (type === "decision" ? decisions.add(data) : inbox.update(data));
  for (let wait = FIRST_RETRY_MS; !signal.aborted; wait = Math.min(wait * 2, LAST_RETRY_MS)) {
    // Events that come while the lists are read are newer than the lists, so they wait.
    let early = [];
    try {
      await readEvents({
        signal,
        async onOpen() {
          wait = FIRST_RETRY_MS;
          await load(signal);
          for (const event of early) take(...event);
          early = undefined;
        },
        onEvent: (...event) => (early ? early.push(event) : take(...event)),
      });
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof ApiError && error.status === 401) return signOut("The gateway does not take this credential.");
    }
    if (signal.aborted) return;
    showConnection(false);
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
}

async function load(signal) {
  try {
    const [{ decisions: made }, { approvals }] = await Promise.all([
      call("/v1/decisions?limit=200"),
      call("/v1/approvals?status=pending"),
    ]);
    if (signal.aborted) return;
    decisions.replace(made);
    inbox.replace(approvals);
    showBoard();
    if (fragment.approval) {
      const id = fragment.approval;
      fragment = { approval: null };
      await inbox.show(id);
    }
  } catch {
    // The stream is down too, or about to be: `follow` tries both again.
    showConnection(false);
  }
}

function showBoard() {
  byId("sign-in").hidden = true;
  byId("board").hidden = false;
  byId("sign-out").hidden = false;
  showConnection(true);
}

function signOut(reason = "") {
  following.abort();
  session.credential = "";
  byId("board").hidden = true;
  byId("sign-out").hidden = true;
  byId("connection").hidden = true;
  byId("sign-in").hidden = false;
  byId("sign-in-error").hidden = reason === "";
  byId("sign-in-error").textContent = reason;
  byId("credential").focus();
}

function showConnection(live) {
  const node = byId("connection");
  node.hidden = false;
  node.textContent = live ? "Live" : "Reconnecting…";
  node.classList.toggle("live", live);
}

async function showMode() {
  const { mode } = await (await fetch("/health")).json();
  const badge = byId("mode");
  badge.hidden = false;
  badge.textContent = mode === "monitor" ? "Monitor mode: nothing is stopped" : "Enforcing";
  badge.classList.toggle("monitor", mode === "monitor");
}

/** Denied by the scan, so it needs no upstream; the key is random and made here. */
function sampleCommand() {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const random = crypto.getRandomValues(new Uint8Array(16));
  const key = `AK${"IA"}${Array.from(random, (byte) => alphabet[byte % 32]).join("")}`;
  return `curl -sS ${location.origin}/proxy/https://api.example.com/notes \\\n  -H 'content-type: application/json' -d '{"note":"${key}"}'`;
}
