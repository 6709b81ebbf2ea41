/** The gateway as one web-standard application: a request in, a response out. */
import { Hono } from "hono";
import { refusalOf } from "./fault.js";
import type { Connection, GatewayOptions, RequestLogEntry } from "./options.js";
import { assemble } from "./parts.js";
import { Refusal } from "./reply.js";
import { requestLog } from "./request-log.js";
import { addRoutes } from "./routes/all.js";
import { settledOptions } from "./settled.js";
import { type GatewayEnv, securityHeaders, surfaceGuard } from "./surface.js";
import type { Tunnel, TunnelRequest } from "./tunnel/tunnels.js";

/** A running gateway, without its listener. */
export interface Gateway {
  /** Answers one request. Never throws. Without a peer address in `connection` only the console and the administrator are served. */
  fetch(request: Request, connection?: Connection): Promise<Response>;
  /** Decides a `CONNECT`; rejects with a `Refusal` that is its answer. */
  tunnel(request: TunnelRequest): Promise<Tunnel>;
  /** Puts the policies in force that were applied before; the first request does as well. Rejects where they cannot be used. */
  open(): Promise<void>;
  /** Expires overdue approvals, tells live listeners, drops what is too old to be kept; call it every few seconds. */
  sweep(): Promise<void>;
  /** Writes down counts and what the engine remembers; call it now and then, and once after the last request. */
  keep(): Promise<void>;
  /** Ends live streams and tunnels now, and upstream connections once their answers have ended. The store stays open. */
  close(): Promise<void>;
}

/**
 * Makes the application. Throws a `RangeError` for a number out of range, and a `ConfigurationError` for a memory that is not
 * the engine's, a tool's URL that is none, Slack or webhooks that cannot be used, and `legacyHmac` without a vault.
 */
export function createGateway(given: GatewayOptions): Gateway {
  const options = settledOptions(given);
  const parts = assemble(options);
  const { approvals, policies, notifications, tunnels } = parts;
  const onRequest = (entry: RequestLogEntry) => {
    parts.metrics.request(entry);
    options.onRequest?.(entry);
  };

  const app = new Hono<GatewayEnv>();
  app.use("*", securityHeaders, requestLog(onRequest, options.now), surfaceGuard(options));
  addRoutes(app, parts);
  app.notFound(() =>
    new Refusal(
      404,
      "NOT_FOUND",
      "There is no such route. The console is at /, the API below /v1/, the proxy below /proxy/.",
    ).toResponse(),
  );
  app.onError((error) => refusalOf(error).toResponse());

  return {
    tunnel: async (request) => {
      await policies.open();
      return tunnels.request(request);
    },
    fetch: async (request, connection = {}) => {
      try {
        await policies.open();
      } catch (error) {
        return refusalOf(error).toResponse();
      }
      return app.fetch(request, connection);
    },
    open: () => policies.open(),
    sweep: async () => {
      await approvals.expireOverdue();
      notifications.wake();
      await parts.retention.sweep();
      await tunnels.sweep();
    },
    keep: async () => {
      await parts.activity.keep();
      await parts.recollection.keep();
    },
    close: async () => {
      parts.hub.close();
      await notifications.close();
      tunnels.close();
      await parts.upstreams.close();
    },
  };
}
