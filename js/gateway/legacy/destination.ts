/** Where a call of the older protocol goes: at the tool's host, which the agent names, never one that it writes. */
import { settleUpstreams } from "../../aif/upstreams.js";
import { upstreamUrl } from "../proxy/target.js";
import { invalid, Refusal } from "../reply.js";
import { serviceOf, type ToolUrls } from "../services.js";

/** Where a call goes, and where it would at the tool's vendor, if that is elsewhere. */
export interface Destination {
  url: string;
  vendorUrl?: string;
}

/** Hosts of the vendors: the table that the client scans with, so that both sides decide about one call. */
const VENDORS = settleUpstreams(undefined);

/** Finds URLs. */
export class Destinations {
  constructor(private readonly urls: ToolUrls = {}) {}

  /** The URL of a path of a tool; throws a 400 for a tool that is nowhere, and a path that could lead elsewhere. */
  of(tool: string, path: string): Destination {
    if (!/^\/(?![/\\])/.test(path)) throw wrongPath();
    const vendor = VENDORS.get(tool);
    const own = Object.hasOwn(this.urls, tool) ? this.urls[tool] : undefined;
    if (own === undefined && vendor === undefined) {
      throw new Refusal(
        400,
        "TOOL_WITHOUT_URL",
        "The gateway does not know where the API of this tool is. Start it with --tool-url TOOL=URL.",
      );
    }
    if (vendor === undefined) return { url: at(`${own}${path}`) };
    const vendorUrl = at(`${vendor}${path}`);
    if (own === undefined) return { url: vendorUrl };
    // What is set instead of the vendor's base stands for that base, which may have a path.
    const base = serviceOf(tool).base ?? vendor;
    if (!vendorUrl.startsWith(`${base}/`)) throw wrongPath();
    return { url: at(`${own}${vendorUrl.slice(base.length)}`), vendorUrl };
  }
}

function at(url: string): string {
  try {
    return upstreamUrl(url).href;
  } catch {
    throw wrongPath();
  }
}

function wrongPath(): Refusal {
  return invalid(
    "upstream_request.url_path",
    "must be a path of the tool's API, and a query if there is one: one '/' at the beginning, no '.' or '..' segment in any encoding, no backslash, no fragment, everything beyond ASCII percent-encoded",
  );
}
