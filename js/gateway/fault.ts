/** What a request is answered with on which the gateway itself has failed, whichever way it came in. */
import { decisionHeaders, Refusal } from "./reply.js";
import { StoreError } from "./store/store.js";

/** An error as the refusal that answers it. Of one that was not foreseen nothing is told. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof StoreError)
    return denial(
      503,
      "AUDIT_UNAVAILABLE",
      "The decision could not be recorded, so the call was refused. Check the disk of the data directory.",
    );
  return denial(500, "GATEWAY_INTERNAL_ERROR", "The gateway failed on this request and refused it.");
}

function denial(status: number, code: string, message: string): Refusal {
  return new Refusal(status, code, message, decisionHeaders("DENY", crypto.randomUUID(), [code]));
}
