/** Long lists as JSON, cut where there is too much to say. */
import { jsonText } from "../reply.js";

/** Characters of one answer: agents decide how much there is to say about their calls. */
const MAX_LIST_LENGTH = 4 * 1024 * 1024;

/**
 * The answer `{[name]: […], truncated, next}` for items that are newest first. The oldest are left out when there is too
 * much to say; `truncated` tells, and `next` is the `after` that goes on.
 */
export function jsonList<T extends { seq: number }>(
  name: string,
  items: readonly T[],
  limit: number,
  view: (item: T) => object,
): Response {
  const shown: string[] = [];
  let length = 0;
  for (const item of items) {
    const text = JSON.stringify(view(item));
    length += text.length;
    // One is always shown: it is what the next page goes on behind.
    if (length > MAX_LIST_LENGTH && shown.length > 0) break;
    shown.push(text);
  }
  const truncated = shown.length < items.length;
  const last = truncated || shown.length === limit ? items[shown.length - 1] : undefined;
  return jsonText(200, `{"${name}":[${shown.join(",")}],"truncated":${truncated},"next":${last?.seq ?? null}}`);
}
