/** Inbound routes as they are kept: where each leads, for whom, and what the gateway adds, sealed. */
import type { AuditEvent } from "../audit/bodies.js";
import type { Access, Row, Value } from "./database.js";

/** How the agent behind a request is known. Ranges are addresses of peers that need no key. */
export type RouteAgent =
  /** By its key, as everywhere. */
  | { by: "key" }
  /** Peers without a key are this agent. */
  | { by: "fixed"; agentId: string; allowFrom: string[] }
  /** Peers without a key name themselves in a header. */
  | { by: "header"; header: string; allowFrom: string[] };

/** One route. Times are milliseconds since the epoch. */
export interface InboundRoute {
  /** First segment behind `/inbound/`. */
  prefix: string;
  /** What the rest of the path is appended to; no slash at its end. */
  upstreamUrl: string;
  /** Names of the headers that the gateway adds, in lower case. */
  headerNames: string[];
  /** Their names and values as JSON, sealed; null where there are none. */
  sealedHeaders: string | null;
  /** Tool whose API the upstream speaks, where its host does not tell. */
  tool: string | null;
  agent: RouteAgent;
  createdAt: number;
  updatedAt: number;
}

/** Every method is atomic. */
export interface InboundRouteStore {
  /** False when there is one with this prefix. */
  add(route: InboundRoute): Promise<boolean>;
  find(prefix: string): Promise<InboundRoute | undefined>;
  /** By prefix. */
  list(limit: number): Promise<InboundRoute[]>;
  /** Replaces the route of the same prefix, if it is still the one that was read; false when it is not. */
  update(route: InboundRoute, readAt: number): Promise<boolean>;
  /** The route that was removed; `undefined` when there is none. */
  remove(prefix: string, now: number): Promise<InboundRoute | undefined>;
}

/** The table. */
export const INBOUND_ROUTES_SCHEMA = `CREATE TABLE inbound_routes (
  prefix TEXT PRIMARY KEY,
  upstream_url TEXT NOT NULL,
  header_names TEXT NOT NULL,
  sealed_headers TEXT,
  tool TEXT,
  agent TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;`;

/** Routes in SQLite. */
export class SqliteInboundRoutes implements InboundRouteStore {
  constructor(private readonly access: Access) {}

  async add(route: InboundRoute): Promise<boolean> {
    return this.access.transaction(route.createdAt, (database, record) => {
      const sql = "INSERT INTO inbound_routes VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING prefix";
      if (database.all(sql, values(route)).length === 0) return false;
      record(routeEvent("created", route));
      return true;
    });
  }

  async find(prefix: string): Promise<InboundRoute | undefined> {
    const [row] = this.access.run((database) => database.all("SELECT * FROM inbound_routes WHERE prefix = ?", [prefix]));
    return row && routeFrom(row);
  }

  async list(limit: number): Promise<InboundRoute[]> {
    return this.access
      .run((database) => database.all("SELECT * FROM inbound_routes ORDER BY prefix LIMIT ?", [limit]))
      .map(routeFrom);
  }

  async update(route: InboundRoute, readAt: number): Promise<boolean> {
    return this.access.transaction(route.updatedAt, (database, record) => {
      const changed = database.all(
        `UPDATE inbound_routes SET (prefix, upstream_url, header_names, sealed_headers, tool, agent, created_at, updated_at)
           = (?, ?, ?, ?, ?, ?, ?, ?) WHERE prefix = ? AND updated_at = ? RETURNING prefix`,
        [...values(route), route.prefix, readAt],
      );
      if (changed.length === 0) return false;
      record(routeEvent("updated", route));
      return true;
    });
  }

  async remove(prefix: string, now: number): Promise<InboundRoute | undefined> {
    return this.access.transaction(now, (database, record) => {
      const [row] = database.all("DELETE FROM inbound_routes WHERE prefix = ? RETURNING *", [prefix]);
      if (!row) return undefined;
      const route = routeFrom(row);
      record(routeEvent("removed", route));
      return route;
    });
  }
}

/** What the record says of a route: names of headers, and no value. */
function routeEvent(kind: "created" | "updated" | "removed", route: InboundRoute): AuditEvent {
  const { prefix, upstreamUrl, headerNames, tool, agent } = route;
  return {
    kind: `admin.inbound_route_${kind}`,
    body: { actor: "administrator", prefix, upstream_url: upstreamUrl, header_names: headerNames, tool, identified: agent },
  };
}

function values(route: InboundRoute): Value[] {
  const { prefix, upstreamUrl, headerNames, sealedHeaders, tool, agent, createdAt, updatedAt } = route;
  return [prefix, upstreamUrl, JSON.stringify(headerNames), sealedHeaders, tool, JSON.stringify(agent), createdAt, updatedAt];
}

function routeFrom(row: Row): InboundRoute {
  return {
    prefix: String(row.prefix),
    upstreamUrl: String(row.upstream_url),
    headerNames: JSON.parse(String(row.header_names)) as string[],
    sealedHeaders: row.sealed_headers as string | null,
    tool: row.tool as string | null,
    agent: JSON.parse(String(row.agent)) as RouteAgent,
    createdAt: Number(row.created_at),
    updatedAt: Number(row.updated_at),
  };
}
