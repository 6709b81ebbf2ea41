// Patches node:http and node:https: not their functions, of which code may have taken a reference, but the classes behind them.

import { guarding } from "./guards.js";
import { HeldRequest, type Methods } from "./held-request.js";
import { placeOf } from "./http-target.js";
import type { Agent, ClientRequest, HttpModule } from "./http-types.js";
import { builtin, runtimeName } from "./runtime.js";

type Method = (...given: unknown[]) => unknown;
type Owner = Record<string, Method>;

interface Patch {
  owner: Owner;
  name: string;
  /** Nothing where the method was inherited. */
  original: Method | undefined;
  hook: Method;
}

let patches: Patch[] = [];
const hooks = new WeakSet<Method>();
const held = new WeakMap<ClientRequest, HeldRequest>();

/** Guards every request that is made from now on. */
export function guardHttp(): void {
  const http = usable(builtin<HttpModule>("node:http"));
  if (http === undefined || httpGuarded()) return;
  const requests = http.ClientRequest.prototype;
  const agents = http.Agent.prototype;
  const { write, end, flushHeaders, addTrailers, destroy, onSocket } = requests;
  const { addRequest } = agents;
  const methods: Methods = { end, destroy };
  const on = (name: string, hook: (this: ClientRequest, ...given: unknown[]) => unknown) => patch(requests, name, hook);

  on("write", function (...given) {
    const hold = holding(this, methods);
    return hold === undefined ? write.apply(this, given) : hold.write(...(given as [unknown]));
  });
  on("end", function (...given) {
    const hold = holding(this, methods);
    if (hold === undefined) return end.apply(this, given);
    hold.end(...given);
    return this;
  });
  on("flushHeaders", function () {
    if (holding(this, methods) === undefined) flushHeaders.call(this);
  });
  on("addTrailers", function (headers) {
    const hold = holding(this, methods);
    if (hold === undefined) addTrailers.call(this, headers);
    else hold.refuseTrailers();
  });
  on("destroy", function (error) {
    const wasDestroyed = this.destroyed;
    const result = destroy.call(this, error);
    const hold = held.get(this);
    if (!wasDestroyed && hold !== undefined && !hold.isReleased) hold.destroyed(error);
    return result;
  });
  // Who needs no agent, or one that is not of this class, arrives here with a connection.
  on("onSocket", function (socket, error) {
    const pass = (error?: unknown) => onSocket.call(this, socket, error);
    const hold = error ? undefined : holding(this, methods);
    if (hold === undefined) pass(error);
    else hold.connectBy({ place: undefined, connect: pass, fail: (reason) => pass(reason) });
  });
  patch(agents, "addRequest", function (this: Agent, ...given) {
    const [request, options, ...more] = given as [ClientRequest, ...unknown[]];
    const hold = holding(request, methods);
    const connect = () => addRequest.call(this, request, options, ...more);
    if (hold === undefined) return connect();
    const place = () => placeOf(options, this.options, more[0]);
    hold.connectBy({ place, connect, fail: (error) => onSocket.call(request, null, error) });
  });
}

/** Whether the requests that are made now are held. */
export const httpGuarded = (): boolean =>
  patches.length > 0 && patches.every(({ owner, name }) => hooks.has(owner[name] as Method));

/** Undoes what nobody else has patched since; what is left lets everything pass. */
export function releaseHttp(): void {
  for (const { owner, name, original, hook } of patches) {
    if (owner[name] !== hook) continue;
    if (original === undefined) delete owner[name];
    else owner[name] = original;
  }
  patches = [];
}

function patch(prototype: object, name: string, hook: (this: never, ...given: unknown[]) => unknown): void {
  const owner = prototype as Owner;
  if (hooks.has(owner[name] as Method)) return;
  hooks.add(hook as Method);
  const original = Object.hasOwn(owner, name) ? owner[name] : undefined;
  Object.defineProperty(owner, name, { value: hook, writable: true, configurable: true, enumerable: false });
  patches.push({ owner, name, original, hook: hook as Method });
}

/** The hold on a request; nothing for one that is released, was begun before, or that nobody guards. */
function holding(request: ClientRequest, methods: Methods): HeldRequest | undefined {
  const known = held.get(request);
  if (known !== undefined) return known.isReleased ? undefined : known;
  if (!guarding() || (request.socket !== null && request.socket !== undefined)) return undefined;
  const hold = new HeldRequest(request, methods);
  held.set(request, hold);
  return hold;
}

/** The module, where its requests get their connections as those of Node.js do. */
function usable(http: HttpModule | undefined): HttpModule | undefined {
  const { ClientRequest, Agent } = http ?? {};
  const requests = ["write", "end", "flushHeaders", "addTrailers", "destroy", "onSocket", "getHeaderNames"] as const;
  const has = requests.every((name) => typeof ClientRequest?.prototype?.[name] === "function");
  const known = has && typeof Agent?.prototype?.addRequest === "function" && runtimeName() !== "workerd";
  return known ? http : undefined;
}
