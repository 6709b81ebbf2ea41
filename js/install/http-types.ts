// What is used of node:http. Node.js, Deno and Bun have it in the same shape; elsewhere it is left alone.

export interface Emitter {
  emit(event: string, ...values: unknown[]): boolean;
}

/** A `ClientRequest`, with the members of its base that say whether anything was written. */
export interface ClientRequest extends Emitter {
  method: string;
  path: string;
  host: string;
  protocol: string;
  destroyed: boolean;
  finished: boolean;
  socket: unknown;
  upgradeOrConnect?: boolean;
  /** The head as text, once it was made. */
  _header: string | null;
  _headerSent: boolean;
  _last: boolean;
  _contentLength: number | null;
  chunkedEncoding: boolean;
  outputData: unknown[];
  outputSize: number;
  getHeaders(): Record<string, unknown>;
  getHeader(name: string): unknown;
  getHeaderNames(): string[];
  getRawHeaderNames?(): string[];
  setHeader(name: string, value: string | readonly string[]): void;
  removeHeader(name: string): void;
  write(...given: unknown[]): boolean;
  end(...given: unknown[]): ClientRequest;
  flushHeaders(): void;
  addTrailers(headers: unknown): void;
  destroy(error?: unknown): ClientRequest;
  onSocket(socket: unknown, error?: unknown): void;
}

export interface Agent {
  options?: Record<string, unknown>;
  addRequest(request: ClientRequest, options: unknown, ...more: unknown[]): void;
}

export interface HttpModule {
  ClientRequest: { prototype: ClientRequest };
  Agent: { prototype: Agent };
}
