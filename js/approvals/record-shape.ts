// What is read from a store that others can write to, believed only if it is a record.

import type { ApprovalRecord, StoredApproval } from "./store.js";

const STATES: readonly unknown[] = ["pending", "approved", "denied", "expired", "using", "sending", "sent", "unknown"];

/** The record, or nothing when it is none. */
export function readRecord(value: unknown): ApprovalRecord | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const {
    approvalId,
    digest,
    agentId,
    state,
    method,
    host,
    reasonCodes,
    createdAtMs,
    expiresAtMs,
    sentDigest,
    holder,
    note,
    keyed,
  } = value as Record<string, unknown>;
  const texts = [approvalId, digest, agentId, method, host].every((text) => typeof text === "string");
  const optional = [sentDigest, holder, note].every((text) => text === undefined || typeof text === "string");
  const flag = keyed === undefined || typeof keyed === "boolean";
  const codes = Array.isArray(reasonCodes) && reasonCodes.every((code) => typeof code === "string");
  const times = [createdAtMs, expiresAtMs].every((time) => Number.isFinite(time));
  return texts && optional && flag && codes && times && STATES.includes(state) ? (value as ApprovalRecord) : undefined;
}

/** The record with its version, or nothing when it is none. */
export function readStored(value: unknown): StoredApproval | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { record, version } = value as Record<string, unknown>;
  const read = readRecord(record);
  return read !== undefined && Number.isInteger(version) && (version as number) > 0
    ? { record: read, version: version as number }
    : undefined;
}
