// Times of the older protocol: ISO 8601 with milliseconds, in UTC.

/** Where a JSON-RPC request says its time inside of what is signed, in `params._meta`. */
export const MCP_TIME = "interven/ts";

/** Milliseconds since 1970 of a time in exactly that form. */
export function parseTime(text: string | undefined): number | undefined {
  if (text === undefined || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text)) return undefined;
  const ms = Date.parse(text);
  // A day that there is not, such as the 30th of February, would be read as another.
  return Number.isFinite(ms) && new Date(ms).toISOString() === text ? ms : undefined;
}
