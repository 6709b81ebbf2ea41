/** Tells of each finished request; what is told holds no content. */
import type { MiddlewareHandler } from "hono";
import type { RequestLogEntry } from "./options.js";
import { recordedLabel } from "./recorded.js";
import type { GatewayEnv } from "./surface.js";

/** Reports every request but the console's own. */
export function requestLog(onRequest: (entry: RequestLogEntry) => void, now: () => number): MiddlewareHandler<GatewayEnv> {
  return async (context, next) => {
    const started = performance.now();
    await next();
    const route = routeOf(context.req.path);
    if (!route) return;
    const { headers, status } = context.res;
    onRequest({
      at: now(),
      route,
      method: recordedLabel(context.req.raw.method),
      host: context.get("host") ?? null,
      agentId: context.get("agentId") ?? null,
      status,
      decision: headers.get("x-interven-decision"),
      reasons: (headers.get("x-interven-reasons") ?? "").split(",").filter(Boolean),
      traceId: headers.get("x-interven-trace-id"),
      durationMs: Math.round((performance.now() - started) * 10) / 10,
    });
  };
}

function routeOf(path: string): string | undefined {
  if (path.startsWith("/proxy")) return "proxy";
  if (path === "/inbound" || path.startsWith("/inbound/")) return "inbound";
  return /^\/v1\/(scan|a2a|approvals|tools)(?=\/|$)/.exec(path)?.[1] ?? /^\/(invoke|mcp|approvals)(?=\/|$)/.exec(path)?.[1];
}
