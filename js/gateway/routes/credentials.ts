/** Routes by which the administrator sets, lists and removes the credentials of tools, and looks at the tools. */

import type { Hono } from "hono";
import { iso } from "../iso-time.js";
import { json } from "../reply.js";
import type { ToolCredential } from "../store/credentials.js";
import { type GatewayEnv, requireJson } from "../surface.js";
import { type Catalogue, HTTP, operationNames, REQUEST } from "../tools/catalogue.js";
import type { Credentials } from "../tools/credentials.js";
import type { AdminGuard } from "./admin-guard.js";
import { newCredential } from "./new-credential.js";
import { readObject } from "./read-object.js";

/** Adds the routes. */
export function credentialRoutes(app: Hono<GatewayEnv>, catalogue: Catalogue, credentials: Credentials, admin: AdminGuard): void {
  app.on(["PUT", "POST"], "/v1/credentials/:tool", admin, requireJson, async (context) => {
    const wanted = newCredential(catalogue, context.req.param("tool"), await readObject(context.req.raw));
    const { credential, replaced } = await credentials.set(wanted);
    return json(replaced ? 200 : 201, credentialView(credential));
  });

  app.get("/v1/credentials", admin, async () =>
    json(200, { credentials: (await credentials.list()).map((credential) => credentialView(credential)) }),
  );

  app.delete("/v1/credentials/:tool", admin, async (context) => {
    const tool = context.req.param("tool");
    await credentials.remove(tool);
    return json(200, { tool, removed: true });
  });

  app.get("/v1/tools", admin, async () => {
    const held = new Map((await credentials.list()).map((credential) => [credential.tool, credential]));
    const tools = catalogue.list().map((tool) => {
      const { base = null } = tool.service;
      return { tool: tool.name, base, operations: operationNames(tool), ...usage(held.get(tool.name), base) };
    });
    const hosts = [...held.values()].filter(({ tool }) => tool.startsWith(`${HTTP}:`));
    const http = hosts.map((one) => ({
      tool: one.tool,
      base: one.origins[0] ?? null,
      operations: [REQUEST],
      ...usage(one, one.origins[0]),
    }));
    return json(200, { tools: [...tools, ...http] });
  });
}

/** Whether a tool can be called, and how often it was with the credential that it has now. */
function usage(credential: ToolCredential | undefined, base: string | null | undefined) {
  return {
    credential: credential !== undefined,
    // One that was set for another host is not sent.
    usable: credential !== undefined && !!base && credential.origins.includes(new URL(base).origin),
    calls: credential?.calls ?? 0,
    last_used_at: iso(credential?.lastUsedAt ?? null),
  };
}

/** A credential as the administrator sees it: never its text. */
function credentialView({ tool, header, prefix, origins, lastFour, ...rest }: ToolCredential) {
  const { createdAt, updatedAt, lastUsedAt, calls } = rest;
  return {
    ...{ tool, header, prefix, origins, last_four: lastFour, calls },
    created_at: iso(createdAt),
    updated_at: iso(updatedAt),
    last_used_at: iso(lastUsedAt),
  };
}
