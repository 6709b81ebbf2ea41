// A gateway that holds credentials, and upstreams that stand for the services.

import { randomBytes } from "node:crypto";
import { Vault } from "../../../dist/gateway/index.js";
import { startRunning, startUpstream } from "./running.mjs";

/** A made-up credential: no detector knows its form. */
export const madeCredential = () => `held ${randomBytes(18).toString("hex")}`.replace(" ", "-");

/** A gateway whose tools all lead to one upstream, with a credential for each of `tools`. */
export async function startHolding(t, { tools = ["slack"], answer, allow = [], ...options } = {}) {
  const upstream = await startUpstream(t, answer ?? ((_incoming, response) => response.end('{"ok":true}')));
  const vault = await Vault.of(Uint8Array.from(randomBytes(32)));
  const gateway = await startRunning(t, {
    vault,
    toolUrls: Object.fromEntries(tools.map((tool) => [tool, `${upstream.url}/${tool}`])),
    allowPrivate: [upstream.host, ...allow],
    ...options,
  });
  const credentials = {};
  for (const tool of tools) {
    credentials[tool] = madeCredential();
    const set = await gateway.admin("PUT", `/v1/credentials/${tool}`, { credential: credentials[tool] });
    if (set.status !== 201) throw new Error(`${tool}: ${set.text}`);
  }
  const tool = (path, params = {}, key) => gateway.post(`/v1/tools/${path}`, params, key);
  return { ...gateway, upstream, vault, credentials, tool };
}
