/** Which messages in Slack show an approval, so that they can be brought up to date, also by the next gateway. */
import type { Access } from "./database.js";

/** A step of the schema. */
export const SLACK_TABLES = `
  CREATE TABLE slack_cards (
    approval_id TEXT NOT NULL,
    channel TEXT NOT NULL,
    ts TEXT NOT NULL,
    PRIMARY KEY (approval_id, channel, ts)
  ) STRICT;
  CREATE TRIGGER slack_cards_end AFTER DELETE ON approvals
    BEGIN DELETE FROM slack_cards WHERE approval_id = OLD.id; END;`;

/** Cards of one approval. There is one; a second where Slack's answer to the first was lost. */
const MOST_CARDS = 5;

/** One message. */
export interface SlackCard {
  channel: string;
  /** Slack's name for a message of a channel. */
  ts: string;
}

/** Every method is atomic. */
export interface SlackCardStore {
  add(approvalId: string, card: SlackCard): Promise<void>;
  of(approvalId: string): Promise<SlackCard[]>;
}

/** Cards in SQLite. */
export class SqliteSlackCards implements SlackCardStore {
  constructor(private readonly access: Access) {}

  async add(approvalId: string, { channel, ts }: SlackCard): Promise<void> {
    this.access.write(
      `INSERT INTO slack_cards SELECT ?1, ?2, ?3
         WHERE (SELECT count(*) FROM slack_cards WHERE approval_id = ?1) < ${MOST_CARDS} ON CONFLICT DO NOTHING`,
      [approvalId, channel, ts],
    );
  }

  async of(approvalId: string): Promise<SlackCard[]> {
    const sql = "SELECT channel, ts FROM slack_cards WHERE approval_id = ?";
    const rows = this.access.run((database) => database.all(sql, [approvalId]));
    return rows.map((row) => ({ channel: String(row.channel), ts: String(row.ts) }));
  }
}
