// One line drawing for each page.
import { drawn } from "../parts/dom.js";

const PATHS = {
  decisions: ["M4 6h16", "M4 12h16", "M4 18h10"],
  approvals: ["M12 3l7 3v5c0 4.5-3 8-7 10-4-2-7-5.5-7-10V6z", "M9 11.5l2.2 2.2L15 10"],
  agents: ["M12 4v3", "M6 8h12v10H6z", "M10 12v2", "M14 12v2", "M3 12v3", "M21 12v3"],
  keys: ["M8 15a4 4 0 1 1 3.5-2L20 13v3h-3v2h-3v-3"],
  audit: ["M7 4h10v16l-2.5-1.8L12 20l-2.500-1.8L7 20z", "M10 9h4", "M10 13h4"],
  policies: ["M6 4h9l3 3v13H6z", "M9 11h6", "M9 15h6"],
  tools: ["M14 6a4 4 0 0 1 5 5l-8 8-4-4 8-8", "M5 21l3-3"],
  inbound: ["M13 5h6v14h-6", "M4 12h10", "M10.5 8.5L14 12l-3.500 3.5"],
  settings: ["M4 8h9", "M17 8h3", "M15 6v4", "M4 16h3", "M11 16h9", "M9 14v4"],
};

export const icon = (name) =>
  drawn(
    "svg",
    { viewBox: "0 0 24 24", "aria-hidden": "true", focusable: "false" },
    ...PATHS[name].map((d) => drawn("path", { d })),
  );
