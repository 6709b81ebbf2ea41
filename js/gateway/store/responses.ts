/** What was found in the responses that agents have read: kinds and counts, by trace. */
import type { DataClass } from "../../types.js";
import type { Access, Row } from "./database.js";

/** One response. */
export interface ScannedResponse {
  /** Of the scan that it answers. */
  traceId: string;
  /** Milliseconds since the epoch. */
  at: number;
  /** Status that the service answered with, when the client says. */
  status: number | null;
  dataClasses: DataClass[];
  /** Findings that a redaction would replace. */
  redactable: number;
  fingerprint: string | null;
}

/** Responses that are kept; the oldest go first. */
const MOST_RESPONSES = 100_000;

/** Every method is atomic. */
export interface ResponseStore {
  add(response: ScannedResponse): Promise<void>;
  /** Whether a call of this agent, or without one of anybody, was recorded under this trace. */
  isTraceOf(traceId: string, agentId: string | undefined): Promise<boolean>;
  /** In order. */
  ofTrace(traceId: string): Promise<ScannedResponse[]>;
}

/** Responses in SQLite. */
export class SqliteResponses implements ResponseStore {
  constructor(private readonly access: Access) {}

  async add({ traceId, at, status, dataClasses, redactable, fingerprint }: ScannedResponse): Promise<void> {
    this.access.transaction((database) => {
      const [row] = database.all(
        `INSERT INTO responses (trace_id, at, status, data_classes, redactable, fingerprint) VALUES (?, ?, ?, ?, ?, ?)
         RETURNING seq`,
        [traceId, at, status, JSON.stringify(dataClasses), redactable, fingerprint],
      );
      database.all("DELETE FROM responses WHERE seq <= ?", [Number(row?.seq) - MOST_RESPONSES]);
    });
  }

  async isTraceOf(traceId: string, agentId: string | undefined): Promise<boolean> {
    const sql = "SELECT 1 FROM decisions WHERE trace_id = ?1 AND (?2 IS NULL OR agent_id = ?2) LIMIT 1";
    return this.access.run((database) => database.all(sql, [traceId, agentId ?? null]).length > 0);
  }

  async ofTrace(traceId: string): Promise<ScannedResponse[]> {
    const sql = "SELECT * FROM responses WHERE trace_id = ? ORDER BY seq";
    return this.access.run((database) => database.all(sql, [traceId])).map(responseFrom);
  }
}

function responseFrom(row: Row): ScannedResponse {
  return {
    traceId: String(row.trace_id),
    at: Number(row.at),
    status: row.status as number | null,
    dataClasses: JSON.parse(String(row.data_classes)) as DataClass[],
    redactable: Number(row.redactable),
    fingerprint: row.fingerprint as string | null,
  };
}
