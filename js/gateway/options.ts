/** What a gateway is made from. Everything that touches the outside is passed in. */
import type { EventEmitter } from "node:events";
import type { Readable } from "node:stream";
import type { Memory } from "../memory.js";
import type { SlackOptions, WebhookOptions } from "./notify/notifications.js";
import type { PolicyText } from "./policies/document.js";
import type { GatewayEngine, PolicyEngine } from "./policies/live-engine.js";
import type { UpstreamConnector } from "./proxy/upstream.js";
import type { RemoteGateway } from "./remote/remote-gateway.js";
import type { ToolUrls } from "./services.js";
import type { Store } from "./store/store.js";
import type { TunnelLimits } from "./tunnel/tunnels.js";
import type { Vault } from "./vault/vault.js";

/** `enforce` acts on verdicts; `monitor` forwards what `/proxy/` would stop, and records what it would have done. */
export type Mode = "enforce" | "monitor";

/** Emits `abort`, once, and is `aborted` from then on. */
export interface Departure extends EventEmitter {
  aborted?: boolean;
}

/** Facts about one connection that a `Request` cannot carry. */
export interface Connection {
  /** The request target as it stood on the wire, before any URL parser saw it. */
  target?: string;
  /** IP address of the peer. Without it nothing that needs a loopback peer is served. */
  peerAddress?: string;
  /** The body as it arrives, where that is cheaper than the stream of the `Request`; of a GET or HEAD it is the only one. */
  body?: AsyncIterable<Uint8Array>;
  /** Tells when the agent has gone before it was answered; cheaper than the signal of the `Request`. */
  departure?: Departure;
  /** Takes over the body that a response without one is the head of, and sends it behind that head. */
  carry?: (response: Response, body: Readable) => void;
}

/** How long approvals live; all in milliseconds. */
export interface Lifetimes {
  /** Undecided approvals expire after this. Default 60 minutes. */
  pendingMs: number;
  /** An approval is good for one identical call within this time. Default 10 minutes. */
  grantMs: number;
  /** The same call stays denied for this time after a person denied it. Default 10 minutes. */
  denialMs: number;
}

/** Where the gateway itself listens, so that it can refuse to be its own upstream. */
export interface SelfAddress {
  /** TCP port. */
  port: number;
  /** Host that the listener was bound to. */
  host: string;
  /** Every address of this machine. */
  addresses: readonly string[];
}

/** One line of the request log. Holds no URL path, query, header or body. */
export interface RequestLogEntry {
  at: number;
  route: string;
  method: string;
  host: string | null;
  agentId: string | null;
  status: number;
  decision: string | null;
  reasons: string[];
  traceId: string | null;
  durationMs: number;
}

/** Options of {@link createGateway}. */
export interface GatewayOptions {
  /** With the policies of the start. */
  engine: GatewayEngine;
  /**
   * Makes an engine with these policies beside those of `engine`, and with the same memory. Without it no policies can be
   * applied by `/v1/policies/`, and those that were applied before are an error.
   */
  engineWith?: (applied: readonly PolicyText[]) => PolicyEngine;
  /** The policies of `engine`, for whoever asks what is in force. Default none. */
  policyFiles?: readonly PolicyText[];
  /** Which of the applied policies are in force: those of this environment. Default `"production"`. */
  environment?: string;
  store: Store;
  /** What the engine remembers with, from `openGatewayMemory`. Without it there is no trust in agents. */
  memory?: Memory;
  /** SHA-256 of the administrator's credential, 64 hex digits. */
  adminHash: string;
  /** Read on every request: the port is only known once the listener is up. */
  self: () => SelfAddress;
  /** Serves a file of the console; `undefined` when there is none by that name. */
  consoleFile: (name: string) => Promise<{ type: string; body: Uint8Array<ArrayBuffer> } | undefined>;
  /** Version of the package, for people to see. `startGateway` knows it. */
  version?: string;
  /** Default `"enforce"`. */
  mode?: Mode;
  /** `HOST:PORT` pairs of private upstreams that may be reached. Default none. */
  allowPrivate?: readonly string[];
  /** Names beside localhost under which the gateway is reached, `HOST` or `HOST:PORT`. Default none. */
  publicHosts?: readonly string[];
  /**
   * Where people reach the console, such as `https://gateway.example.com` of a proxy with TLS; links to approvals begin with
   * it, and its host is one of `publicHosts`. An origin, without a path. Default: `http:`, the first of `publicHosts` or
   * localhost, and the port.
   */
  publicUrl?: string;
  /** Largest body on `/proxy/`, in bytes; the engine denies beyond its own limit. Default 1 MiB, at most 64 MiB. */
  maxBodyBytes?: number;
  /** Longest wait for the headers of an upstream answer, in milliseconds. Default 5 minutes. */
  upstreamTimeoutMs?: number;
  lifetimes?: Partial<Lifetimes>;
  /** Another gateway that is asked about every call as well; the stricter decision holds. */
  remote?: RemoteGateway;
  /** Seals what the gateway has to keep and read again. Without it no route that needs that can be used. */
  vault?: Vault;
  /** Bases of the tools' APIs by the tool's name, instead of the vendors' own. */
  toolUrls?: ToolUrls;
  /** A channel of Slack in which people are asked. Default none. */
  slack?: SlackOptions;
  /** Servers that are told of approvals and denials. Default none. */
  webhooks?: WebhookOptions;
  /** Serves the older protocol, whose requests are signed with the agent's secret. Needs a `vault`. Default false. */
  legacyHmac?: boolean;
  /** Scans that `/v1/scan` decides in a minute, and as many responses that are looked at, from 1 to 1,000,000. Default 60. */
  rateLimit?: number;
  /** Approvals that one agent may open in a minute while nobody decides them, from 1 to 1,000. Default 10. */
  promptLimit?: number;
  /** Entries of the record and ended approvals are dropped when they are this old. Default: kept for ever. At least a day. */
  retainMs?: number;
  /** Whether decisions are recorded with the redacted body. Default `"none"`. */
  storeBodies?: "none" | "redacted";
  /** Milliseconds since the epoch. Default `Date.now`. */
  now?: () => number;
  /** Resolves a host name to all of its addresses. Default: the operating system's resolver. */
  resolve?: (hostname: string) => Promise<string[]>;
  /** Opens the socket to a checked address. Default: undici's connector. */
  connect?: UpstreamConnector;
  /** Hosts that `CONNECT` may reach: `HOST`, `HOST:PORT`, `.DOMAIN`, `.DOMAIN:PORT`; 443 without a port. Default none. */
  tunnelHosts?: readonly string[];
  tunnelLimits?: Partial<TunnelLimits>;
  onRequest?: (entry: RequestLogEntry) => void;
}

/** Default of `maxBodyBytes`: 1 MiB. */
export const DEFAULT_MAX_BODY_BYTES = 1024 * 1024;
/** Default of `upstreamTimeoutMs`: 5 minutes. */
export const DEFAULT_UPSTREAM_TIMEOUT_MS = 300_000;
/** Default of `rateLimit`. */
export const DEFAULT_RATE_LIMIT = 60;
/** Default of `promptLimit`. */
export const DEFAULT_PROMPT_LIMIT = 10;
/** Upper bound of `maxBodyBytes`: 64 MiB. */
export const LARGEST_MAX_BODY_BYTES = 64 * 1024 * 1024;

/** Default of `environment`. */
export const DEFAULT_ENVIRONMENT = "production";

/** Least of `retainMs`: a day. */
export const LEAST_RETAIN_MS = 86_400_000;

/** Defaults of {@link Lifetimes}. */
export const DEFAULT_LIFETIMES: Lifetimes = { pendingMs: 3_600_000, grantMs: 600_000, denialMs: 600_000 };
