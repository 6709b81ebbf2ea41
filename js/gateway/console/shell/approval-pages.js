// Approvals as the gateway lists them: newest first, a page at a time.
import { call } from "./api.js";

/** One page: `{ approvals, next }`; `next` goes into `after`, and is `null` where that was all. */
export function approvalPage(filters) {
  const given = Object.entries(filters).filter(([, value]) => value !== "" && value !== null && value !== undefined);
  return call(`/v1/approvals?${new URLSearchParams(given)}`);
}

/** All pages, one after the other. */
export async function* approvalPages(filters = {}) {
  let after = null;
  do {
    const { approvals, next } = await approvalPage({ ...filters, after });
    yield approvals;
    after = next;
  } while (after !== null);
}
