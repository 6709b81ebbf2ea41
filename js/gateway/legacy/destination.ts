/** Where a call of the older protocol goes: at the tool's host, which the agent names, never one that it writes. */
import { settleUpstreams } from "../../aif/upstreams.js";
import { parseTarget } from "../proxy/target.js";
import { Refusal } from "../reply.js";
import { invalid } from "../routes/scan-request.js";
import type { ToolUrls } from "../services.js";

/** Finds URLs. */
export class Destinations {
  /** The table that the client scans with, so that both sides decide about one call. */
  readonly #bases: Map<string, string>;

  constructor(urls: ToolUrls = {}) {
    this.#bases = settleUpstreams(urls);
  }

  /** The URL of a path of a tool; throws a 400 for a tool that is nowhere, and a path that could lead elsewhere. */
  urlOf(tool: string, path: string): string {
    const base = this.#bases.get(tool.toLowerCase());
    if (base === undefined) {
      throw new Refusal(
        400,
        "TOOL_WITHOUT_URL",
        "The gateway does not know where the API of this tool is. Start it with --tool-url TOOL=URL.",
      );
    }
    if (!/^\/(?![/\\])/.test(path)) throw wrongPath();
    try {
      return parseTarget(`/proxy/${base}${path}`).url.href;
    } catch {
      throw wrongPath();
    }
  }
}

function wrongPath(): Refusal {
  return invalid(
    "upstream_request.url_path",
    "must be a path, and a query if there is one: one '/' at the beginning, no '.' or '..' segment in any encoding, no backslash, no fragment, everything beyond ASCII percent-encoded",
  );
}
