// What a client can be told about approvals.

import { optional } from "../checks.js";
import { ConfigurationError } from "../errors.js";
import type { Report, WireRequest } from "../types.js";
import { DigestKey } from "./digest-key.js";
import type { PendingApproval } from "./pending.js";
import type { ApprovalStore } from "./store.js";
import { TokenKey } from "./token.js";

/** What a person is asked in this process. */
export interface ApprovalQuestion {
  approvalId: string;
  /** Exactly what would be sent, redactions made. */
  request: WireRequest;
  report: Report;
  /** Aborts when the caller gives up. */
  signal: AbortSignal | undefined;
}

/** What the person said: yes or no, and if they have changed the body, the new one. It is decided like any other. */
export type ApprovalReply = boolean | { approved: boolean; body?: string | Uint8Array; note?: string };

/** Options about calls that need a person. */
export interface ApprovalOptions {
  /**
   * Whether calls wait for the person. `false`, for where nothing may wait for long: they throw an `ApprovalPendingError`, whose
   * `pending` makes a token for `resume`. Default true.
   */
  waitForApprovals?: boolean;
  /** How long to wait for a person. Default 3,600,000. */
  approvalTimeoutMs?: number;
  /** Between two questions about an approval. Default 5,000; of a gateway at least 2,500, of a store of one's own at least 1. */
  pollIntervalMs?: number;
  /** Called when a call begins to wait for a person. What it throws ends the call. */
  onPending?: (pending: PendingApproval) => unknown;
  /**
   * Asks a person in this process, where no gateway is configured. What it throws, and anything that is not an
   * `ApprovalReply`, is a no.
   */
  onApproval?: (question: ApprovalQuestion) => ApprovalReply | Promise<ApprovalReply>;
  /**
   * Where approvals are kept over the end of a process. With a gateway, it knows which calls were about to be sent; without
   * one, `client.approvals` decides what is in it.
   */
  approvalStore?: ApprovalStore;
  /**
   * Signs tokens of waiting calls, and keys the digests of calls that a gateway does not see in full: at least 32 bytes, the same
   * in every process, and unknown to the gateway. Env `INTERVEN_TOKEN_KEY`. Default: tokens are signed with the `apiKey`, and
   * digests are keyed with a random number, so that another process that makes the same call asks for an approval of its own.
   */
  tokenKey?: string | Uint8Array;
  /** Hosts of your own (`host` or `host:port`) that run a request once for each `Idempotency-Key`. */
  idempotentHosts?: string[];
}

/** The same, with nothing left open. */
export interface ApprovalSettings {
  waitForApprovals: boolean;
  onPending: ((pending: PendingApproval) => unknown) | undefined;
  onApproval: ((question: ApprovalQuestion) => unknown) | undefined;
  approvalStore: ApprovalStore | undefined;
  tokenKey: TokenKey | undefined;
  digestKey: DigestKey;
  idempotentHosts: readonly string[];
}

/** Names of these options, but for those with a time. */
export const APPROVAL_OPTIONS = [
  ...["waitForApprovals", "onPending", "onApproval", "approvalStore", "tokenKey", "idempotentHosts"],
] as const;

/** @throws {ConfigurationError} for a value that cannot be used. */
export function approvalSettings(
  options: ApprovalOptions,
  apiKey: string | undefined,
  envKey: string | undefined,
): ApprovalSettings {
  const { waitForApprovals = true, idempotentHosts = [], approvalStore, tokenKey } = options;
  if (typeof waitForApprovals !== "boolean") throw new ConfigurationError("waitForApprovals must be true or false.");
  if (!Array.isArray(idempotentHosts) || !idempotentHosts.every((host) => typeof host === "string"))
    throw new ConfigurationError("idempotentHosts must be a list of strings.");
  const isStore = typeof approvalStore?.read === "function" && typeof approvalStore.compareAndSwap === "function";
  if (approvalStore !== undefined && !isStore)
    throw new ConfigurationError("approvalStore must have the methods `read` and `compareAndSwap`.");
  if (tokenKey !== undefined && typeof tokenKey !== "string" && !(tokenKey instanceof Uint8Array))
    throw new ConfigurationError("tokenKey must be a string or a Uint8Array.");
  const key = TokenKey.from(tokenKey ?? envKey, apiKey);
  return {
    waitForApprovals,
    onPending: optional("onPending", options.onPending, "function"),
    onApproval: optional("onApproval", options.onApproval, "function"),
    approvalStore,
    tokenKey: key,
    digestKey: new DigestKey(key),
    idempotentHosts,
  };
}
