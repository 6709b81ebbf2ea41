// Puts a client in front of calls of code that never heard of it.

import { knownOptions, list } from "../checks.js";
import { ConfigurationError } from "../errors.js";
import type { Inside } from "../guarding-client.js";
import { type Coverage, coverageOf } from "./coverage.js";
import { fetchGuarded, guardFetch, releaseFetch } from "./global-fetch.js";
import { addGuard, type Guard, guarding, removeGuard } from "./guards.js";
import { guardHttp, httpGuarded, releaseHttp } from "./node-http.js";
import { sendPast } from "./own-sending.js";
import { type RuntimeName, runtimeName } from "./runtime.js";
import { sendOwnBy } from "./sending.js";
import { guardUndici, releaseUndici, undiciGuarded } from "./undici.js";

/** Options of `client.install()`. */
export interface InstallOptions {
  /**
   * The namespace of a copy of undici that is not found by itself, such as one that a bundler has renamed; or several. Copies
   * that were loaded as packages are found.
   */
  undici?: object | object[];
  /**
   * Lets CONNECT and Upgrade through after a scan of their heads, and so WebSockets and tunnels, whose content nobody scans.
   * Default false: they are refused.
   */
  dangerouslyAllowTunnels?: boolean;
}

/** A client that stands in front of the process's calls. */
export interface Installation {
  readonly runtime: RuntimeName;
  /** Every way out of the process, and whether the client stands in it. As it is now: it may be patched over later. */
  readonly coverage: readonly Coverage[];
  /** Takes this client away. In any order, and as often as one likes. */
  uninstall(): void;
}

/**
 * Installs a client.
 *
 * @throws {ConfigurationError} for an option that is unknown or cannot be used.
 */
export function install(inside: Inside, options: InstallOptions): Installation {
  knownOptions(options, ["undici", "dangerouslyAllowTunnels"]);
  const { dangerouslyAllowTunnels = false } = options;
  if (typeof dangerouslyAllowTunnels !== "boolean")
    throw new ConfigurationError("dangerouslyAllowTunnels must be true or false.");
  const modules = list<unknown>(options.undici);
  if (!modules.every((module) => typeof module === "object" && module !== null && "Agent" in module))
    throw new ConfigurationError("undici must be the namespace of the package undici, or a list of such.");
  const guard: Guard = { inside, allowTunnels: dangerouslyAllowTunnels };
  sendOwnBy(sendPast);
  addGuard(guard);
  guardFetch();
  const runtime = runtimeName();
  if (runtime === "node" || runtime === "deno") guardUndici(modules);
  guardHttp();
  return {
    runtime,
    get coverage() {
      return coverageNow();
    },
    uninstall() {
      removeGuard(guard);
      if (guarding()) return;
      releaseFetch();
      releaseUndici();
      releaseHttp();
    },
  };
}

/** Every way out of the process as it is now. */
export function coverageNow(): Coverage[] {
  const stands = guarding();
  return coverageOf(runtimeName(), {
    fetch: stands && fetchGuarded(),
    undici: stands && undiciGuarded(),
    http: stands && httpGuarded(),
  });
}
