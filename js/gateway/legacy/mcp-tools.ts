/** Operations of tools under the names that MCP clients call them by: `github_create_pull_request`. */
import type { WireRequest } from "../../types.js";
import { type Catalogue, type Tool, vendorUrlOf } from "../tools/catalogue.js";
import type { Operation } from "../tools/operation.js";
import type { Params } from "../tools/params.js";
import { requestOf } from "../tools/request.js";

/** An operation that can be called. */
export interface McpOperation {
  tool: string;
  request(params: Params): WireRequest & { vendorUrl?: string };
}

/** What can be called by name. A tool whose place nobody has told is left out. */
export class McpTools {
  readonly #operations = new Map<string, { tool: Tool; operation: Operation }>();

  constructor(catalogue: Catalogue) {
    for (const tool of catalogue.list()) {
      if (tool.service.base === undefined) continue;
      for (const [name, operation] of Object.entries(tool.table?.operations ?? {}))
        this.#operations.set(`${tool.name}_${name}`, { tool, operation });
    }
  }

  /** The operation of this name; `undefined` where there is none. */
  find(name: string): McpOperation | undefined {
    const found = this.#operations.get(name);
    if (!found) return undefined;
    const { tool, operation } = found;
    const { name: toolName, service, table = { operations: {} } } = tool;
    return {
      tool: toolName,
      request(params) {
        const request = requestOf(service.base ?? "", table, operation, params);
        const vendorUrl = vendorUrlOf(tool, request.url);
        return vendorUrl === undefined ? request : { ...request, vendorUrl };
      },
    };
  }

  /** The answer to `tools/list`. */
  list(): object[] {
    return [...this.#operations].map(([name, { tool, operation }]) => {
      const places = [...operation.path.matchAll(/\{(\w+)\*?\}/g)].map(([, place = ""]) => place);
      const required = [...new Set([...places, ...Object.values(operation.headers ?? {})])];
      return {
        name,
        description: `${operation.method} ${operation.path} of ${tool.name}, made by the gateway.`,
        inputSchema: { type: "object", properties: Object.fromEntries(required.map((one) => [one, {}])), required },
      };
    });
  }
}
