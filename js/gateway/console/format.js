// Times and names as people read them.

const LABELS = { ALLOW: "Allowed", SANITIZE: "Redacted", REQUIRE_APPROVAL: "Held", DENY: "Denied" };

export const DECISIONS = Object.keys(LABELS);

export const decisionLabel = (decision) => LABELS[decision] ?? decision;

export const clockTime = (iso) =>
  new Date(iso).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false });

export function remaining(seconds) {
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const rest = String(Math.floor(seconds % 60)).padStart(2, "0");
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, "0")}:${rest}` : `${minutes}:${rest}`;
}

export const bytes = (count) => (count === 1 ? "1 byte" : `${count.toLocaleString("en")} bytes`);
