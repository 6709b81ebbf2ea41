// Addresses within the console: `#/PAGE`, `#/PAGE/ID`, with filters behind a question mark.
import { session } from "./api.js";

/** The address of a page; filters that are empty are left out. */
export function link(page, id, filters = {}) {
  const query = new URLSearchParams(
    Object.entries(filters).filter(([, value]) => value !== "" && value !== undefined),
  ).toString();
  return `#/${page}${id === undefined ? "" : `/${encodeURIComponent(id)}`}${query === "" ? "" : `?${query}`}`;
}

/** Where an address leads. */
export function parse(hash) {
  const match = /^#\/([a-z]*)(?:\/([^?]*))?(?:\?(.*))?$/.exec(hash);
  return {
    page: match?.[1] || "decisions",
    id: decoded(match?.[2]),
    filters: Object.fromEntries(new URLSearchParams(match?.[3] ?? "")),
  };
}

/**
 * Takes a credential out of the address bar before anything else can read it there, and turns the link of an approval
 * (`#approval=ID`) into the address of its page.
 */
export function takeFragment() {
  if (location.hash.startsWith("#/")) return;
  const values = new URLSearchParams(location.hash.slice(1));
  const credential = values.get("token");
  if (credential !== null) session.credential = credential;
  const approval = values.get("approval");
  if (credential === null && approval === null) return;
  history.replaceState(null, "", approval ? link("approvals", approval) : "/");
}

function decoded(text) {
  if (!text) return undefined;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
