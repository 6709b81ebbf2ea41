/** The tools that this gateway knows: operations, bases, and where a vendor has what lies at an address of one's own. */
import { ConfigurationError } from "../../errors.js";
import { Refusal } from "../reply.js";
import { type Service, serviceNames, serviceOf, type ToolUrls } from "../services.js";
import type { ToolTable } from "./operation.js";
import { TABLES } from "./table/index.js";

/** The tool that stands for any host. */
export const HTTP = "http";
/** The operation that every tool has: a method and a path. */
export const REQUEST = "request";

/** One tool. */
export interface Tool {
  name: string;
  service: Service;
  /** Absent for tools without a table: they have `request` alone. */
  table: ToolTable | undefined;
  /** The vendor's own base, where calls go elsewhere. */
  vendor: string | undefined;
}

/** Tools by their names. */
export class Catalogue {
  readonly #tools: ReadonlyMap<string, Tool>;

  /** Throws a `ConfigurationError` for a base that is none. */
  constructor(urls: ToolUrls = {}) {
    for (const [name, base] of Object.entries(urls)) {
      const url = URL.canParse(base) ? new URL(base) : undefined;
      const plain = url && /^https?:$/.test(url.protocol) && url.href.replace(/\/+$/, "") === base;
      if (!plain || `${url.search}${url.hash}${url.username}${url.password}` !== "" || name === HTTP)
        throw new ConfigurationError(
          `toolUrls: '${name}' must be a tool with an http: or https: URL as \`new URL(…).href\` writes it, without a slash at its end.`,
        );
    }
    const names = [...new Set([...TABLES.keys(), ...serviceNames(), ...Object.keys(urls)])].sort();
    this.#tools = new Map(names.map((name) => [name, toolOf(name, urls)]));
  }

  /** The tool; throws a 404 that lists the known ones. */
  find(name: string): Tool {
    const tool = this.#tools.get(name);
    if (tool) return tool;
    throw new Refusal(404, "UNKNOWN_TOOL", `There is no such tool here. There are: ${[...this.#tools.keys(), HTTP].join(", ")}.`);
  }

  /** Every tool but `http`, by name. */
  list(): Tool[] {
    return [...this.#tools.values()];
  }
}

function toolOf(name: string, urls: ToolUrls): Tool {
  const service = serviceOf(name, urls);
  const table = TABLES.get(name);
  const vendor = serviceOf(name).base ?? table?.example;
  return { name, service, table, vendor: vendor === service.base ? undefined : vendor };
}

/** A call of a tool as it would be at the tool's vendor, where it goes elsewhere. The URL begins with the tool's base. */
export function vendorUrlOf({ service, vendor }: Tool, url: string): string | undefined {
  return vendor === undefined ? undefined : vendor + url.slice(service.base?.length ?? 0);
}

/** Names of a tool's operations. */
export function operationNames({ table }: Tool): string[] {
  return [...Object.keys(table?.operations ?? {}), REQUEST];
}
