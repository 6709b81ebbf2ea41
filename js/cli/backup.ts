/** `interven gateway backup`: a consistent copy, while the gateway runs or not. */
import { copyFileSync, existsSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { requireRecord } from "../gateway/audit/schema.js";
import { verifyRecord } from "../gateway/audit/verify.js";
import { writeBackup } from "../gateway/store/backup.js";
import { DataDirectoryInUseError } from "../gateway/store/data-directory.js";
import { type OpenRecord, openBackup, openDirectory } from "../gateway/store/open.js";
import { parseArguments, wrongUsage } from "./arguments.js";
import { CommandError } from "./command-error.js";
import { gatewayAddress } from "./gateway-address.js";
import { GATEWAY_BACKUP_HELP } from "./help/gateway-backup.js";
import type { Env } from "./secret-input.js";

const OPTIONS = {
  to: { type: "string" },
  "data-dir": { type: "string" },
  "gateway-url": { type: "string" },
  help: { type: "boolean", short: "h" },
} as const;

/** Makes the copy, looks whether the record in it is whole, and says what to do with it. */
export async function runBackup(argv: readonly string[], env: Env): Promise<void> {
  const { values } = parseArguments("gateway backup", argv, OPTIONS, false);
  if (values.help) {
    process.stdout.write(GATEWAY_BACKUP_HELP);
    return;
  }
  const { to, "data-dir": dataDir = ".interven", "gateway-url": url } = values;
  if (to === undefined) throw wrongUsage("gateway backup", "say where the copy goes: --to FILE");
  if (existsSync(to)) throw new CommandError(1, `${to} exists already. A backup never overwrites a file: name another one.`);
  const record = await openUnlessHeld(dataDir, env);
  if (record) {
    try {
      writeBackup(record.database, to);
    } finally {
      record.close();
    }
  } else move(join(dataDir, await askGateway(url, env)), to);
  await report(to);
}

/** Nothing when a gateway keeps the database for itself and can be asked instead. */
async function openUnlessHeld(dataDir: string, env: Env): Promise<OpenRecord | undefined> {
  try {
    return await openDirectory(dataDir);
  } catch (error) {
    if (!(error instanceof DataDirectoryInUseError)) throw error;
    if (env.INTERVEN_ADMIN_TOKEN) return undefined;
    throw new CommandError(
      1,
      `${error.message}\nA gateway that keeps its database for itself makes the copy: set INTERVEN_ADMIN_TOKEN, and --gateway-url if it is not at http://localhost:4100.`,
      { cause: error },
    );
  }
}

async function askGateway(url: string | undefined, env: Env): Promise<string> {
  const base = gatewayAddress("gateway backup", url, env);
  const headers = { authorization: `Bearer ${env.INTERVEN_ADMIN_TOKEN}`, "content-type": "application/json" };
  const answer = await fetch(`${base}/v1/backup`, { method: "POST", headers, body: "{}", redirect: "error" }).catch(
    (error: unknown) => {
      throw new CommandError(1, `no gateway answers at ${base}. Say where it is with --gateway-url.`, { cause: error });
    },
  );
  const told = (await answer.json().catch(() => ({}))) as { file?: string; error?: { message: string } };
  if (answer.status === 201 && /^backups\/[\w.-]+$/.test(told.file ?? "")) return String(told.file);
  throw new CommandError(1, `the gateway made no backup (${answer.status}): ${told.error?.message ?? "see its log"}`);
}

function move(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "EXDEV") {
      throw new CommandError(1, `the copy is at ${from}, and could not be moved to ${to} (${code})`, { cause: error });
    }
    copyFileSync(from, to);
    rmSync(from);
  }
}

async function report(path: string): Promise<void> {
  const copy = await openBackup(path);
  try {
    requireRecord(copy.database);
    const { problem, entries, last, hash } = verifyRecord(copy.database);
    if (problem)
      throw new CommandError(1, `${path} was written, but its record is not whole: entry ${problem.seq}: ${problem.message}`);
    process.stdout.write(
      `${path}: ${entries} entries, head ${last} ${hash}\nKeep audit.key as well, elsewhere: it is not in the copy.\n`,
    );
  } finally {
    copy.close();
  }
}
