/**
 * What runs in Cloudflare Workers only: approvals in Durable Objects.
 *
 * @packageDocumentation
 */

export {
  type ApprovalNamespace,
  ApprovalObject,
  type ApprovalObjectState,
  DurableObjectApprovalStore,
} from "../approvals/durable-object-store.js";
