/** Reads the console's files from the installed package. */
import { readFile } from "node:fs/promises";

const TYPES: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  svg: "image/svg+xml",
  json: "application/json; charset=utf-8",
};

interface ConsoleFile {
  type: string;
  body: Uint8Array<ArrayBuffer>;
}

/** A file of the console, `NAME` or `FOLDER/NAME`; `undefined` when there is none by that name. */
export async function readConsoleFile(name: string): Promise<ConsoleFile | undefined> {
  // The package has the schema of policies once, for editors of all kinds.
  if (name === "policy.schema.json") return read(new URL("../../docs/policy.schema.json", import.meta.url), "json");
  const extension = /^(?:[a-z]+\/)?[a-z][a-z0-9-]*\.([a-z]+)$/.exec(name)?.[1] ?? "";
  return read(new URL(`./console/${name}`, import.meta.url), extension);
}

async function read(url: URL, extension: string): Promise<ConsoleFile | undefined> {
  const type = TYPES[extension];
  if (!type) return undefined;
  try {
    return { type, body: new Uint8Array(await readFile(url)) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
