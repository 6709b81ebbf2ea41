// Who and what an agent may reach: the options as the core reads them.

import { knownOptions } from "./checks.js";
import { ConfigurationError } from "./errors.js";

/** Whose agents these are. */
export interface Organisation {
  /** Domains, their subdomains included. */
  domains?: string[];
  /** Users, addresses, groups and accounts that are inside wherever their domain is. */
  principals?: string[];
}

/** Options about who and what an agent may reach. */
export interface ReachOptions {
  /**
   * Hosts (`host` or `host:port`, such as `localhost:8080`) that may be reached although they are private, loopback,
   * link-local, metadata or reserved addresses. Default none: such a call is DENY `PRIVATE_DESTINATION`.
   */
  allowPrivate?: string[] | undefined;
  /** Who is inside; everybody else is an external principal. Default: nobody is inside. */
  organisation?: Organisation | undefined;
}

/** @throws {ConfigurationError} for what is no list of texts. */
export function reachDocument({ allowPrivate, organisation }: ReachOptions): {
  allow_private?: string[];
  organisation?: Organisation;
} {
  return {
    ...(allowPrivate !== undefined && { allow_private: texts("allowPrivate", allowPrivate) }),
    ...(organisation !== undefined && { organisation: checked(organisation) }),
  };
}

function checked(given: Organisation): Organisation {
  if (typeof given !== "object" || given === null || Array.isArray(given))
    throw new ConfigurationError("organisation must be an object with `domains` and `principals`.");
  knownOptions(given, ["domains", "principals"]);
  const { domains, principals } = given;
  return {
    ...(domains !== undefined && { domains: texts("organisation.domains", domains) }),
    ...(principals !== undefined && { principals: texts("organisation.principals", principals) }),
  };
}

function texts(name: string, given: unknown): string[] {
  if (!Array.isArray(given) || !given.every((text) => typeof text === "string"))
    throw new ConfigurationError(`${name} must be a list of strings.`);
  return [...given];
}
