/** `interven/node`: approvals in a folder, for processes of one machine. */
import { randomUUID } from "node:crypto";
import { link, mkdir, open, readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { ConfigurationError, IntervenError } from "../errors.js";
import { readRecord } from "./record-shape.js";
import type { ApprovalRecord, ApprovalStore, StoredApproval } from "./store.js";

const NAME = /^[A-Za-z0-9_-]{1,128}$/;
/** The end of what is being removed: no approval's name has it. */
const GONE = ".gone";
const VERSION = /^(\d{1,6})\.json$/;

/**
 * Keeps approvals as files: a folder for each approval, a file for each version. A version is written in full, synced, and then
 * linked to its name, which fails if the name is taken; so of several processes exactly one writes it, and none reads a half.
 *
 * Versions are never removed one by one, for a name that became free could be taken twice: `forget` removes whole approvals.
 */
export class FileApprovalStore implements ApprovalStore {
  readonly #folder: string;

  /** @throws {ConfigurationError} for what is no path. The folder is made when it is needed. */
  constructor(folder: string) {
    if (typeof folder !== "string" || folder === "") throw new ConfigurationError("The folder of approvals must be a path.");
    this.#folder = folder;
  }

  /** @throws {IntervenError} `ERR_INTERVEN_APPROVAL_STORE` where a file is not what this class has written. */
  async read(approvalId: string): Promise<StoredApproval | undefined> {
    const folder = this.#of(approvalId);
    const version = Math.max(0, ...(await versions(folder)));
    if (version === 0) return undefined;
    const record = parsed(await readFile(join(folder, `${version}.json`), "utf8"));
    if (record === undefined)
      throw new IntervenError("ERR_INTERVEN_APPROVAL_STORE", `An approval cannot be read: ${join(folder, `${version}.json`)}`);
    return { record, version };
  }

  async compareAndSwap(approvalId: string, expected: number, record: ApprovalRecord): Promise<boolean> {
    const folder = this.#of(approvalId);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    if (Math.max(0, ...(await versions(folder))) !== expected) return false;
    const draft = join(folder, `${randomUUID()}.draft`);
    try {
      await written(draft, JSON.stringify(record));
      await link(draft, join(folder, `${expected + 1}.json`));
      await synced(folder);
      if (expected === 0) await synced(this.#folder);
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
      throw error;
    } finally {
      await rm(draft, { force: true });
    }
  }

  /** Removes approvals that expired before a time, in milliseconds since 1970. Resolves with how many. */
  async forget(beforeMs: number): Promise<number> {
    let removed = 0;
    const names = await entries(this.#folder);
    for (const name of names.filter((one) => one.endsWith(GONE)))
      await rm(join(this.#folder, name), { recursive: true, force: true });
    for (const approvalId of names.filter((one) => NAME.test(one))) {
      const stored = await this.read(approvalId);
      if (stored === undefined || stored.record.expiresAtMs >= beforeMs) continue;
      // Out of sight at once: with versions gone one by one, an older one could be taken for the newest.
      const gone = join(this.#folder, `${approvalId}${GONE}`);
      await rename(this.#of(approvalId), gone);
      await synced(this.#folder);
      await rm(gone, { recursive: true, force: true });
      removed += 1;
    }
    return removed;
  }

  #of(approvalId: string): string {
    if (!NAME.test(approvalId)) throw new ConfigurationError("An approval id is letters, digits, `-` and `_`.");
    return join(this.#folder, approvalId);
  }
}

async function entries(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

async function versions(folder: string): Promise<number[]> {
  return (await entries(folder)).map((name) => Number(VERSION.exec(name)?.[1] ?? 0));
}

function parsed(text: string): ApprovalRecord | undefined {
  try {
    return readRecord(JSON.parse(text));
  } catch {
    return undefined;
  }
}

async function written(path: string, text: string): Promise<void> {
  const file = await open(path, "wx", 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** The names in a folder outlive a loss of power only when the folder is synced as well. */
async function synced(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
