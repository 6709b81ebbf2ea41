// The console: sign in, follow what happens, and show the page that the address names.
import { byId } from "./parts/dom.js";
import { onSignedOut, session } from "./shell/api.js";
import { listenToKeys, showHelp } from "./shell/keyboard.js";
import { follow } from "./shell/live.js";
import { showNavigation, showPending } from "./shell/navigation.js";
import { leave, offerKey, PAGES, setTitle, showPage, tellPage } from "./shell/pages.js";
import { Pending } from "./shell/pending.js";
import { takeFragment } from "./shell/routes.js";
import { isDark, setTheme } from "./shell/theme.js";

takeFragment();
const pending = new Pending((approval) => {
  const count = pending.list.length;
  showPending(count);
  setTitle(count);
  tellPage("pending", approval);
});
let following = new AbortController();

showNavigation(PAGES);
onSignedOut(signOut);
listenToKeys((key) => offerKey(key));
byId("sign-in-form").addEventListener("submit", (event) => {
  event.preventDefault();
  session.credential = byId("credential").value.trim();
  byId("credential").value = "";
  start();
});
byId("sign-out").addEventListener("click", () => signOut());
byId("help").addEventListener("click", showHelp);
byId("skip").addEventListener("click", (event) => {
  // The address belongs to the pages.
  event.preventDefault();
  byId("main").focus();
});
byId("theme").addEventListener("click", () => setTheme(isDark() ? "light" : "dark"));
addEventListener("themechange", labelTheme);
addEventListener("hashchange", () => {
  const before = session.credential;
  takeFragment();
  if (session.credential === "") return;
  if (session.credential !== before) start();
  else void showPage({ pending }, { focus: true });
});
labelTheme();
void showMode().catch(() => {});
if (session.credential) start();
else signOut();

function start() {
  following.abort();
  following = new AbortController();
  const { signal } = following;
  let first = true;
  void follow({
    signal,
    onOpen() {
      showConnection(true);
      if (first) void open(signal);
      else
        void pending.load().then(
          () => tellPage("open"),
          () => {},
        );
      first = false;
    },
    onEvent(type, data) {
      if (type === "approval") pending.update(data);
      tellPage(type, data);
    },
    onLost: () => showConnection(false),
    onRefused: () => signOut("The gateway does not take this credential."),
  });
}

async function open(signal) {
  await pending.load().catch(() => {});
  if (signal.aborted) return;
  byId("sign-in").hidden = true;
  byId("frame").hidden = false;
  await showPage({ pending });
}

function signOut(reason = "") {
  following.abort();
  session.credential = "";
  leave();
  // A key that was just made may stand in one.
  for (const dialog of document.querySelectorAll("dialog")) dialog.close();
  byId("page").replaceChildren();
  byId("frame").hidden = true;
  byId("sign-in").hidden = false;
  byId("sign-in-error").hidden = reason === "";
  byId("sign-in-error").textContent = reason;
  byId("credential").focus();
}

function showConnection(live) {
  const node = byId("connection");
  node.textContent = live ? "Live" : "Reconnecting…";
  node.classList.toggle("live", live);
  byId("lost").hidden = live;
}

async function showMode() {
  const { mode } = await (await fetch("/health")).json();
  const badge = byId("mode");
  badge.textContent = mode === "monitor" ? "Monitor: nothing is stopped" : "Enforcing";
  badge.className = `mode ${mode}`;
}

function labelTheme() {
  byId("theme").textContent = isDark() ? "Light" : "Dark";
  byId("theme").setAttribute("aria-label", isDark() ? "Light theme" : "Dark theme");
}
