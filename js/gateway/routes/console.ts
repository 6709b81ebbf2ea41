/** The console's own files: a page, a style sheet, a few modules. */
import type { Hono } from "hono";
import type { GatewayOptions } from "../options.js";
import type { GatewayEnv } from "../surface.js";

/** Adds the routes. */
export function consoleRoutes(app: Hono<GatewayEnv>, consoleFile: GatewayOptions["consoleFile"]): void {
  app.get("/", async (context) => (await answer(consoleFile, "index.html")) ?? context.notFound());
  app.get("/console/:folder/:name", async (context) => {
    const { folder, name } = context.req.param();
    return (await answer(consoleFile, `${folder}/${name}`)) ?? context.notFound();
  });
  app.get("/console/:name", async (context) => (await answer(consoleFile, context.req.param("name"))) ?? context.notFound());
}

async function answer(consoleFile: GatewayOptions["consoleFile"], name: string): Promise<Response | undefined> {
  const file = await consoleFile(name);
  return file && new Response(file.body, { headers: { "content-type": file.type, "cache-control": "no-cache" } });
}
