// Patches the dispatchers of undici: of the copy inside Node.js, which its fetch sends with, and of those that are loaded.

import { guarding } from "./guards.js";
import { letOptionsPass, mayPass } from "./passing.js";
import { builtin } from "./runtime.js";
import { sendGuarded } from "./undici-dispatch.js";
import { type Dispatch, type DispatchOptions, GLOBAL_DISPATCHERS, globalDispatcher, isDispatcher } from "./undici-types.js";

/** A patched `dispatch`, and how it was before. */
interface Patch {
  owner: { dispatch: Dispatch };
  original: Dispatch;
  hook: Dispatch;
}

const hooks = new WeakSet<Dispatch>();
let patches: Patch[] = [];
/** Global dispatchers that are no instances of a class that could be patched. */
let standIns: { symbol: symbol; original: unknown; standIn: unknown }[] = [];

/** Guards every dispatcher that can be found. `modules`: namespaces of undici that are not found by themselves. */
export function guardUndici(modules: readonly unknown[]): void {
  // Node.js loads its undici on first use.
  void globalThis.Response;
  const found = GLOBAL_DISPATCHERS.flatMap((symbol) => globalDispatcher(symbol) ?? []);
  const prototypes = [...loadedCopies(), ...modules].flatMap(prototypesOf);
  for (const dispatcher of [...found, ...found.flatMap(heldBy), ...prototypes]) guardOwner(dispatcher);
  for (const symbol of GLOBAL_DISPATCHERS) guardInstance(symbol);
}

/** Whether what is dispatched by default is scanned. */
export function undiciGuarded(): boolean {
  const dispatcher = globalDispatcher();
  return dispatcher !== undefined && hooks.has(dispatcher.dispatch);
}

/** Undoes what nobody else has patched since; what is left lets everything pass. */
export function releaseUndici(): void {
  for (const { owner, original, hook } of patches) if (owner.dispatch === hook) setDispatch(owner, original);
  for (const { symbol, original, standIn } of standIns)
    if ((globalThis as Record<symbol, unknown>)[symbol] === standIn) (globalThis as Record<symbol, unknown>)[symbol] = original;
  patches = patches.filter(({ owner, hook }) => owner.dispatch === hook);
  standIns = [];
}

/** The copies that CommonJS has loaded, also when they were imported. */
export function loadedCopies(): unknown[] {
  const module = builtin<{ createRequire(path: string): { cache?: Record<string, { exports?: unknown } | undefined> } }>(
    "node:module",
  );
  try {
    const cache = module?.createRequire("/").cache ?? {};
    return Object.entries(cache).flatMap(([path, loaded]) => (/undici[\\/]index\.js$/.test(path) ? [loaded?.exports] : []));
  } catch {
    return [];
  }
}

const CLASSES = ["Agent", "Pool", "Client", "BalancedPool", "ProxyAgent", "EnvHttpProxyAgent"];

function prototypesOf(module: unknown): { dispatch: Dispatch }[] {
  return CLASSES.flatMap((name) => {
    const prototype: unknown = (module as Record<string, { prototype?: unknown } | undefined> | undefined)?.[name]?.prototype;
    return isDispatcher(prototype) ? [prototype] : [];
  });
}

/** The dispatchers that a dispatcher hands calls to, such as the proxy agents of one that reads the environment. */
function heldBy(dispatcher: object): object[] {
  const held = Object.getOwnPropertySymbols(dispatcher).map((key) => (dispatcher as Record<symbol, unknown>)[key]);
  return held.filter(isDispatcher);
}

/** Patches the nearest object of the chain that has a `dispatch` of its own. */
function guardOwner(dispatcher: object): void {
  let owner: object | null = dispatcher;
  while (owner !== null && !Object.hasOwn(owner, "dispatch")) owner = Object.getPrototypeOf(owner);
  if (!isDispatcher(owner) || hooks.has(owner.dispatch)) return;
  const original = owner.dispatch;
  const hook = owner.constructor?.name === "ProxyAgent" ? proxied(original) : guarded(original);
  hooks.add(hook);
  setDispatch(owner, hook);
  patches.push({ owner, original, hook });
}

/** A composed dispatcher, or one of somebody's own, keeps its `dispatch` where no class has it. */
function guardInstance(symbol: symbol): void {
  const original = globalDispatcher(symbol);
  if (original === undefined || hooks.has(original.dispatch)) return;
  const hook = guarded(original.dispatch.bind(original));
  hooks.add(hook);
  const standIn = new Proxy(original, { get: (of, key) => (key === "dispatch" ? hook : Reflect.get(of, key, of)) });
  (globalThis as Record<symbol, unknown>)[symbol] = standIn;
  standIns.push({ symbol, original, standIn });
}

function setDispatch(owner: object, dispatch: Dispatch): void {
  Object.defineProperty(owner, "dispatch", { value: dispatch, writable: true, configurable: true, enumerable: false });
}

/** The clients by which proxy agents make their tunnels. */
const tunnelling = new WeakSet<object>();

function guarded(original: Dispatch): Dispatch {
  return function dispatch(this: unknown, options, handler) {
    const unusable = typeof options !== "object" || options === null || typeof handler !== "object" || handler === null;
    if (!guarding() || unusable || mayPass(options)) return original.call(this, options, handler);
    if (options.method === "CONNECT" && tunnelling.has(this as object))
      return original.call(this, letOptionsPass(options), handler);
    sendGuarded({ options, handler, ownOrigin: ownOrigin(this), send: (next) => original.call(this, next, handler) });
    return true;
  };
}

/** A proxy agent asks for its tunnel with a client of its own. */
function proxied(original: Dispatch): Dispatch {
  return function dispatch(this: unknown, options: DispatchOptions, handler) {
    for (const key of Object.getOwnPropertySymbols(this as object)) {
      const held: unknown = (this as Record<symbol, unknown>)[key];
      if (/client/.test(key.description ?? "") && typeof held === "object" && held !== null) tunnelling.add(held);
    }
    return original.call(this, options, handler);
  };
}

/** Where a client or pool connects to, whatever the call says. */
function ownOrigin(dispatcher: unknown): unknown {
  const key = Object.getOwnPropertySymbols(dispatcher as object).find(({ description }) => description === "url");
  return key === undefined ? undefined : (dispatcher as Record<symbol, unknown>)[key];
}
