/** Ids of approvals as they stand in paths and bodies. */
import { Refusal } from "../reply.js";

/** The id; throws a 400 for anything that is none, so that nothing else of a path or a payload reaches the store. */
export function approvalId(value: unknown): string {
  if (typeof value === "string" && /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(value))
    return value;
  throw new Refusal(400, "INVALID_APPROVAL_ID", "The approval id must be the UUID that the scan answered with.");
}
