// What is public of the older protocol beside its clients.

export type { AifClientOptions, ExecuteParams } from "./aif-client.js";
export type { ApprovalStatus as AifApprovalStatus, InvokeResponse } from "./answers.js";
export type { InvokeParams } from "./invocation.js";
export type { McpResponse } from "./mcp-answers.js";
export type { AifMcpOptions, McpRequest, McpTool } from "./mcp-middleware.js";
export { MemoryNonces, type MemoryNoncesOptions, type NonceStore } from "./nonces.js";
export type { AifOptions } from "./options.js";
export type { Upstreams } from "./upstreams.js";
export type { SignedRequest } from "./verify.js";
export type { WaitOptions as AifWaitOptions } from "./waiting.js";
