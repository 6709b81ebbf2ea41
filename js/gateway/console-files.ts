/** Reads the console's files from the installed package. */
import { readFile } from "node:fs/promises";

const TYPES: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  svg: "image/svg+xml",
};

/** A file of the console, `NAME` or `FOLDER/NAME`; `undefined` when there is none by that name. */
export async function readConsoleFile(name: string): Promise<{ type: string; body: Uint8Array<ArrayBuffer> } | undefined> {
  const extension = /^(?:[a-z]+\/)?[a-z][a-z0-9-]*\.([a-z]+)$/.exec(name)?.[1] ?? "";
  const type = TYPES[extension];
  if (!type) return undefined;
  try {
    return { type, body: new Uint8Array(await readFile(new URL(`./console/${name}`, import.meta.url))) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
