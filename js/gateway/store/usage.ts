/** How much the gateway was used, by the hour. */
import type { Access } from "./database.js";

/** Counts of one hour. */
export interface HourOfUse {
  /** Hours since 1970. */
  hour: number;
  scans: number;
  /** Scans that were refused because there were too many. */
  limited: number;
}

/** Every method is atomic. */
export interface UsageStore {
  add(hours: readonly HourOfUse[]): Promise<void>;
  /** Sums of the hours from this one on. */
  since(hour: number): Promise<Omit<HourOfUse, "hour">>;
}

/** Hours that are kept: a month and more. */
const MOST_HOURS = 24 * 40;

/** Use in SQLite. */
export class SqliteUsage implements UsageStore {
  constructor(private readonly access: Access) {}

  async add(hours: readonly HourOfUse[]): Promise<void> {
    this.access.transaction((hours[0]?.hour ?? 0) * 3_600_000, (database) => {
      for (const { hour, scans, limited } of hours) {
        database.all(
          `INSERT INTO usage (hour, scans, limited) VALUES (?1, ?2, ?3)
           ON CONFLICT (hour) DO UPDATE SET scans = scans + ?2, limited = limited + ?3`,
          [hour, scans, limited],
        );
      }
      database.all("DELETE FROM usage WHERE hour < (SELECT max(hour) FROM usage) - ?", [MOST_HOURS]);
    });
  }

  async since(hour: number): Promise<Omit<HourOfUse, "hour">> {
    const sql = "SELECT coalesce(sum(scans), 0) AS scans, coalesce(sum(limited), 0) AS limited FROM usage WHERE hour >= ?";
    const [row] = this.access.run((database) => database.all(sql, [hour]));
    return { scans: Number(row?.scans), limited: Number(row?.limited) };
  }
}
