/** `GET /v1/decisions/export`: the decisions as files that other tools read. */
import type { Context } from "hono";
import { EXPORT_FORMATS, WRITERS } from "../export/formats.js";
import { exportStream, exportText } from "../export/stream.js";
import type { Store } from "../store/store.js";
import type { GatewayEnv } from "../surface.js";
import { Query } from "./query.js";

/** Makes the route. Oldest first. */
export function exportRoute(store: Store) {
  return async (context: Context<GatewayEnv>): Promise<Response> => {
    const query = new Query(context.req.url, ["format", "since", "until"]);
    const format = query.oneOf("format", EXPORT_FORMATS, "ndjson");
    const range = { kind: "decision", since: query.time("since"), until: query.time("until") };
    const { lastSeq } = await store.statistics();
    const { type, extension } = WRITERS[format];
    return new Response(exportStream(exportText((filter) => store.readEntries(filter), format, range, lastSeq)), {
      headers: {
        "content-type": type,
        "content-disposition": `attachment; filename="interven-decisions.${extension}"`,
      },
    });
  };
}
