// One build at a time: `npm start` in one terminal and `npm test` in another write the same files.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** Does the work while no other process that locks the same file does its own. */
export async function locked(file, work) {
  await lock(file);
  const unlock = () => rmSync(file, { force: true });
  // A step that fails ends the process.
  process.on("exit", unlock);
  try {
    return await work();
  } finally {
    process.off("exit", unlock);
    unlock();
  }
}

async function lock(file) {
  mkdirSync(dirname(file), { recursive: true });
  for (let told = false; ; ) {
    try {
      return writeFileSync(file, String(process.pid), { flag: "wx" });
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
    const holder = Number(read(file));
    // Whoever was killed could not unlock.
    if (holder > 0 && !runs(holder)) rmSync(file, { force: true });
    else if (!told) console.log(`Waiting for another build (process ${holder}). If it is not one, remove ${file}.`);
    told = true;
    await sleep(100);
  }
}

function read(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

function runs(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}
