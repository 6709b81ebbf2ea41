/** A moment as the API writes it: UTC, ISO 8601 with milliseconds; nothing for nothing. */
export function iso(time: number): string;
export function iso(time: number | null): string | null;
export function iso(time: number | null): string | null {
  return time === null ? null : new Date(time).toISOString();
}
