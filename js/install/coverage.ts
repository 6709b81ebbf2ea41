// What an installed client sees and what it does not, runtime by runtime. `install()` reports these rows and docs/coverage.md
// is written from them.

import type { RuntimeName } from "./runtime.js";

/**
 * `guarded`: scanned before it leaves. `refused`: cannot be scanned, so it is not let through. `open`: goes past the client.
 * `absent`: the runtime has no such thing.
 */
export type CoverageStatus = "guarded" | "refused" | "open" | "absent";

/** A way out of a process. */
export type CoveragePath =
  | "fetch"
  | "fetch-taken-before"
  | "undici"
  | "undici-loaded-later"
  | "http"
  | "https"
  | "http-begun-before"
  | "tunnels"
  | "websocket"
  | "eventsource"
  | "http2"
  | "sockets"
  | "dns"
  | "own-connections"
  | "child-processes"
  | "other-threads"
  | "native"
  | "runtime-clients"
  | "remote-modules"
  | "page";

/** One way out of this process, and whether the client stands in it. */
export interface Coverage {
  readonly path: CoveragePath;
  readonly status: CoverageStatus;
  /** What it is. */
  readonly what: string;
}

type Cells = readonly [
  node: CoverageStatus,
  deno: CoverageStatus,
  bun: CoverageStatus,
  workerd: CoverageStatus,
  browser: CoverageStatus,
];

/** The runtimes of the table, in the order of its columns. */
export const COLUMNS = ["node", "deno", "bun", "workerd", "browser"] as const satisfies readonly RuntimeName[];

const row = (path: CoveragePath, what: string, ...statuses: Cells) => ({ path, what, statuses });

/** Every way out. */
export const TABLE: readonly { path: CoveragePath; what: string; statuses: Cells }[] = [
  row("fetch", "`globalThis.fetch`, every hop of a redirect included", "guarded", "guarded", "guarded", "guarded", "guarded"),
  row(
    "fetch-taken-before",
    "the runtime's `fetch`, of which code took a reference before",
    "guarded",
    "open",
    "open",
    "open",
    "open",
  ),
  row(
    "undici",
    "undici: what its global dispatcher sends, and the dispatchers of copies that are loaded or named in `undici`",
    ...(["guarded", "guarded", "open", "absent", "absent"] as const),
  ),
  row(
    "undici-loaded-later",
    "dispatchers of a copy of undici that is loaded later, or bundled into another package",
    ...(["open", "open", "open", "absent", "absent"] as const),
  ),
  row("http", "`node:http`, however its functions were imported", "guarded", "guarded", "guarded", "open", "absent"),
  row("https", "`node:https`, however its functions were imported", "guarded", "guarded", "guarded", "open", "absent"),
  row(
    "http-begun-before",
    "requests of `node:http` that have a connection already",
    ...(["open", "open", "open", "open", "absent"] as const),
  ),
  row(
    "tunnels",
    "CONNECT and Upgrade through `node:http` and undici, unless `dangerouslyAllowTunnels` is set",
    ...(["refused", "refused", "refused", "open", "absent"] as const),
  ),
  row("websocket", "the global `WebSocket`", "refused", "open", "open", "open", "open"),
  row("eventsource", "the global `EventSource`", "guarded", "open", "absent", "open", "open"),
  row("http2", "`node:http2`", "open", "open", "open", "open", "absent"),
  row(
    "sockets",
    "sockets: `node:net`, `node:tls`, `node:dgram`, `Deno.connect`, `Bun.connect`, `cloudflare:sockets`; so also the drivers of databases",
    ...(["open", "open", "open", "open", "absent"] as const),
  ),
  row("dns", "names that code looks up by itself", "open", "open", "open", "open", "absent"),
  row(
    "own-connections",
    "where an agent, a dispatcher, a `lookup` or a `createConnection` of one's own really connects to: the call is scanned as what it says it is",
    ...(["open", "open", "open", "open", "absent"] as const),
  ),
  row("child-processes", "child processes", "open", "open", "open", "absent", "absent"),
  row(
    "other-threads",
    "worker threads, service workers, frames and contexts of `node:vm`: install in each",
    ...(["open", "open", "open", "open", "open"] as const),
  ),
  row("native", "native code: addons and foreign functions", "open", "open", "open", "absent", "absent"),
  row(
    "runtime-clients",
    "clients inside the runtime: `Deno.openKv`, `Bun.sql`, `Bun.redis`, `Bun.s3`, the bindings of a Worker",
    ...(["absent", "open", "open", "open", "absent"] as const),
  ),
  row("remote-modules", "modules imported from a URL", "absent", "open", "open", "absent", "open"),
  row(
    "page",
    "what a page loads or sends without `fetch`: `XMLHttpRequest`, beacons, forms, images, WebRTC, WebTransport",
    ...(["absent", "absent", "absent", "absent", "open"] as const),
  ),
];

/** The rows of one runtime. What could not be patched is `open`, whatever the table says. */
export function coverageOf(runtime: RuntimeName, patched: { fetch: boolean; undici: boolean; http: boolean }): Coverage[] {
  const column = COLUMNS.indexOf(runtime as (typeof COLUMNS)[number]);
  return TABLE.map(({ path, what, statuses }) => {
    const planned = column < 0 ? otherwise(path) : (statuses[column] as CoverageStatus);
    const stands = planned === "open" || planned === "absent" || NEEDS[path]?.every((need) => patched[need]) !== false;
    return { path, what, status: stands ? planned : "open" };
  });
}

/** In a runtime that nobody has measured only `fetch` counts. */
const otherwise = (path: CoveragePath): CoverageStatus => (path === "fetch" ? "guarded" : "open");

/** What has to be patched for a row to hold. */
const NEEDS: Partial<Record<CoveragePath, readonly ("fetch" | "undici" | "http")[]>> = {
  fetch: ["fetch"],
  "fetch-taken-before": ["undici"],
  undici: ["undici"],
  http: ["http"],
  https: ["http"],
  tunnels: ["http"],
  websocket: ["undici"],
  eventsource: ["undici"],
};
