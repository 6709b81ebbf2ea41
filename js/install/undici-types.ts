// What is used of undici, whose copies differ: Node.js has one inside, packages bring theirs.

/** Options of a dispatch. */
export interface DispatchOptions {
  origin?: unknown;
  path?: unknown;
  query?: unknown;
  method?: unknown;
  headers?: unknown;
  body?: unknown;
  upgrade?: unknown;
  maxRedirections?: unknown;
}

/** Callbacks of a dispatch: those of undici 6, or those of undici 7. */
export interface Handler {
  onConnect?(abort: (reason?: unknown) => void, context: unknown): void;
  onError?(error: unknown): void;
  onRequestStart?(controller: unknown, context: unknown): void;
  onResponseError?(controller: unknown, error: unknown): void;
}

export type Dispatch = (this: unknown, options: DispatchOptions, handler: Handler) => boolean;

export interface Dispatcher {
  dispatch: Dispatch;
}

/** Where every copy of undici keeps the dispatcher that is used when a call names none. */
export const GLOBAL_DISPATCHERS = [Symbol.for("undici.globalDispatcher.1"), Symbol.for("undici.globalDispatcher.2")];

export function globalDispatcher(symbol = GLOBAL_DISPATCHERS[0] as symbol): Dispatcher | undefined {
  const held = (globalThis as Record<symbol, unknown>)[symbol];
  return isDispatcher(held) ? held : undefined;
}

export function isDispatcher(value: unknown): value is Dispatcher {
  return typeof value === "object" && value !== null && typeof (value as Partial<Dispatcher>).dispatch === "function";
}
