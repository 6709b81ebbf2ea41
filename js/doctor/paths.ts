// The paths that are tried: each sends a text in the form of a key, and says whether it was stopped.

import { IntervenError } from "../errors.js";
import type { ClientRequest } from "../install/http-types.js";
import { builtin, runtimeName } from "../install/runtime.js";
import { loadedCopies } from "../install/undici.js";
import { type Dispatcher, globalDispatcher, isDispatcher } from "../install/undici-types.js";
import { type Destination, listen } from "./listener.js";

/** A path that the doctor tries. */
export type DoctorPathName = "client.fetch" | "fetch" | "undici" | "undici.Pool" | "http" | "https";

/** What became of a made-up secret on one path. */
export interface DoctorPath {
  path: DoctorPathName;
  /** `blocked`: the client refused it, for what it is. `reached`: it left. `unclear`: it failed for another reason. */
  verdict: "blocked" | "reached" | "unclear";
  /** Why it was refused. */
  reasonCodes: readonly string[];
}

type Send = (authority: string, secret: string) => Promise<unknown>;

/** What every try may take, in milliseconds. */
const TIME = 5_000;

/** Tries every path that this runtime has. */
export async function tryPaths(clientFetch: typeof globalThis.fetch): Promise<DoctorPath[]> {
  const destination = await listen();
  try {
    const results: DoctorPath[] = [];
    // One after the other: what arrives belongs to the path that is tried.
    for (const [path, send] of ways(clientFetch)) results.push(await tryPath(path, send, destination));
    return results;
  } finally {
    destination.close();
  }
}

async function tryPath(path: DoctorPathName, send: Send, destination: Destination): Promise<DoctorPath> {
  const before = destination.arrived();
  let refused: readonly string[] | undefined;
  let failed = false;
  try {
    await send(destination.authority, madeUpKey());
  } catch (error) {
    failed = true;
    refused = refusalIn(error);
  }
  // A connection is heard of a moment later than it is made.
  if (before !== undefined && refused === undefined) await new Promise((resolve) => setTimeout(resolve, 50));
  const arrived = before !== undefined && destination.arrived() !== before;
  const left = arrived || (before === undefined && refused === undefined) || !failed;
  const verdict = left ? "reached" : refused?.includes("SECRET_DETECTED") ? "blocked" : "unclear";
  return { path, verdict, reasonCodes: refused ?? [] };
}

/** The reasons of a refusal by this package, also where a runtime has wrapped it. */
function refusalIn(error: unknown): readonly string[] | undefined {
  for (let at = error, depth = 0; at !== undefined && depth < 4; at = (at as Error | undefined)?.cause, depth++)
    if (IntervenError.isInstance(at)) return (at as { reasonCodes?: readonly string[] }).reasonCodes ?? [];
  return undefined;
}

/** Random text in the form of an access key: nobody has it, and it stands nowhere. */
function madeUpKey(): string {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const random = crypto.getRandomValues(new Uint8Array(16));
  return ["AK", "IA", ...Array.from(random, (byte) => letters.charAt(byte % 32))].join("");
}

function ways(clientFetch: typeof globalThis.fetch): [DoctorPathName, Send][] {
  const found: [DoctorPathName, Send][] = [
    ["client.fetch", (authority, body) => clientFetch(`https://${authority}/`, posting(body))],
    ["fetch", (authority, body) => globalThis.fetch(`https://${authority}/`, posting(body))],
  ];
  if (runtimeName() === "node" && globalDispatcher() !== undefined)
    found.push(["undici", (authority, body) => dispatched(globalDispatcher(), authority, body)]);
  const Pool = runtimeName() === "bun" ? undefined : loadedCopies().flatMap(poolOf)[0];
  if (Pool !== undefined) found.push(["undici.Pool", (authority, body) => pooled(Pool, authority, body)]);
  for (const path of ["http", "https"] as const) {
    const module = runtimeName() === "workerd" ? undefined : builtin<Http>(`node:${path}`);
    if (module !== undefined) found.push([path, (authority, body) => requested(module, `${path}://${authority}/`, body)]);
  }
  return found;
}

const posting = (body: string): RequestInit => ({ method: "POST", body, signal: AbortSignal.timeout(TIME) });

type Pool = new (origin: string) => Dispatcher & { destroy(): Promise<void> };

function poolOf(module: unknown): Pool[] {
  const { Pool } = (module ?? {}) as { Pool?: Pool };
  return isDispatcher(Pool?.prototype) ? [Pool as Pool] : [];
}

async function pooled(Pool: Pool, authority: string, body: string): Promise<void> {
  const pool = new Pool(`https://${authority}`);
  try {
    await dispatched(pool, authority, body);
  } finally {
    pool.destroy().catch(() => {});
  }
}

function dispatched(dispatcher: Dispatcher | undefined, authority: string, body: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const handler = {
      onConnect: (abort: (reason?: unknown) => void) => {
        const timer = setTimeout(() => abort(), TIME);
        (timer as { unref?: () => void }).unref?.();
      },
      onError: reject,
      onHeaders: () => true,
      onData: () => true,
      onComplete: () => resolve(),
    };
    dispatcher?.dispatch({ origin: `https://${authority}`, path: "/", method: "POST", headers: [], body }, handler);
  });
}

interface Http {
  request(url: string, options: object): ClientRequest & { on(event: string, heard: (value: unknown) => void): void };
}

function requested(module: Http, url: string, body: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = module.request(url, { method: "POST", timeout: TIME });
    request.on("error", reject);
    request.on("timeout", () => request.destroy());
    request.on("response", () => resolve());
    request.end(body);
  });
}
