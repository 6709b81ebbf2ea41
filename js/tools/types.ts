// What the gateway's tools take and give.

import type { CallOptions } from "../decide-call.js";
import type { Report } from "../types.js";

/** How a tool is called. */
export type ToolOptions = CallOptions;

/** What became of a call that the gateway made. */
export interface ToolResult {
  /** `SANITIZE`: made with something redacted, by this client or by the gateway. */
  decision: "ALLOW" | "SANITIZE";
  riskScore: number;
  riskBand: Report["risk_band"];
  reasonCodes: string[];
  classifications: string[];
  signals: string[];
  toolName: string;
  operation: string;
  traceId: string | undefined;
  /** What the service answered. A status of 400 and more is its own refusal: nothing was thrown for it. */
  upstream: { status: number; body: unknown };
  /** Whether a person was waited for. */
  approvalWaited: boolean;
}

/** A message to a channel, or to the one that the gateway's credential is for. */
export interface SlackMessage {
  text: string;
  channel?: string | undefined;
  /** Slack's Block Kit. */
  blocks?: unknown[] | undefined;
}

export interface GithubPullRequest {
  owner: string;
  repo: string;
  title: string;
  /** The branch that has the changes. */
  head: string;
  /** Default `main`. */
  base?: string | undefined;
  body?: string | undefined;
}

export interface GithubFile {
  owner: string;
  repo: string;
  path: string;
  /** Of the commit. */
  message: string;
  /** Base64. */
  content: string;
  /** Of the file that is replaced. */
  sha?: string | undefined;
  branch?: string | undefined;
}

export interface GdriveShare {
  fileId: string;
  /** `reader`, `commenter`, `writer`, … */
  role: string;
  /** `user`, `group`, `domain`, `anyone`. */
  type: string;
  emailAddress?: string | undefined;
}

/** Credentials belong to the gateway: one among these headers or in this body is a DENY, as in any body. */
export interface HttpCall {
  url: string;
  /** Default `GET`. */
  method?: string | undefined;
  body?: unknown;
  headers?: Record<string, string> | undefined;
}

/** Calls that the gateway makes, with credentials that it holds and this process never sees. */
export interface Tools {
  readonly slack: { postMessage(message: SlackMessage, options?: ToolOptions): Promise<ToolResult> };
  readonly github: {
    createPullRequest(pull: GithubPullRequest, options?: ToolOptions): Promise<ToolResult>;
    updateFile(file: GithubFile, options?: ToolOptions): Promise<ToolResult>;
  };
  readonly gdrive: { shareFile(share: GdriveShare, options?: ToolOptions): Promise<ToolResult> };
  readonly http: { request(call: HttpCall, options?: ToolOptions): Promise<ToolResult> };
  /** Any other operation, by its names on the wire. */
  call(tool: string, operation: string, params?: Record<string, unknown>, options?: ToolOptions): Promise<ToolResult>;
}
