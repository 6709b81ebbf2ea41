// Times, amounts and names as people read them.

const LABELS = { ALLOW: "Allowed", SANITIZE: "Redacted", REQUIRE_APPROVAL: "Held", DENY: "Denied" };

export const DECISIONS = Object.keys(LABELS);

export const decisionLabel = (decision) => LABELS[decision] ?? decision;

export const clockTime = (iso) =>
  new Date(iso).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false });

/** Day and time; today's without the day. */
export function dayTime(iso) {
  const date = new Date(iso);
  if (date.toDateString() === new Date().toDateString()) return clockTime(iso);
  return `${date.toLocaleDateString([], { day: "numeric", month: "short" })} ${clockTime(iso)}`;
}

export const fullTime = (iso) => new Date(iso).toLocaleString([], { dateStyle: "medium", timeStyle: "medium", hour12: false });

export function remaining(seconds) {
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const rest = String(Math.floor(seconds % 60)).padStart(2, "0");
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, "0")}:${rest}` : `${minutes}:${rest}`;
}

/** A time span in its largest unit that is not too coarse. */
export function span(seconds) {
  if (seconds < 1) return `${Math.round(seconds * 1000)} ms`;
  if (seconds < 90) return `${Math.round(seconds * 10) / 10} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  return seconds < 172_800 ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86_400)} days`;
}

export const bytes = (count) => (count === 1 ? "1 byte" : `${count.toLocaleString("en")} bytes`);

export const whole = (count) => count.toLocaleString("en");

export const plural = (count, one, many = `${one}s`) => `${whole(count)} ${count === 1 ? one : many}`;

/** The tool and its operation. */
export const toolName = ({ tool_name: tool, operation }) =>
  tool === "custom_proxy" ? "unknown service" : `${tool} ${operation}`;
