/** What a person makes of the body of a held request: another call, which the policies look at as well. */
import type { LocalVerdict, WireRequest } from "../types.js";
import type { GatewayOptions } from "./options.js";
import { Refusal } from "./reply.js";
import type { Approval, Preview } from "./store/store.js";

/**
 * The preview with another body, redacted where the engine redacts it.
 *
 * @throws {Refusal} where the body cannot be changed, is of another kind, or is denied.
 */
export function editedPreview(engine: GatewayOptions["engine"], approval: Approval, body: unknown): Preview {
  const { preview } = approval;
  if (preview.body_kind === undefined || preview.body_encoding !== "utf8" || preview.omitted_bytes > 0)
    throw new Refusal(409, "EDIT_UNSUPPORTED", "The body of this call cannot be changed here. Deny it, and say why in the note.");
  const text = checked(preview, body);
  const request = { method: preview.method, url: preview.url, headers: preview.headers, body: new TextEncoder().encode(text) };
  const verdict = engine.scan(request, {
    agentId: approval.agentId,
    floor: "REQUIRE_APPROVAL",
    claimed: approval.report.classifications,
  });
  if (verdict.decision !== "REQUIRE_APPROVAL")
    throw new Refusal(409, "EDIT_DENIED", `The call would be denied with this body: ${verdict.report.reason_codes.join(", ")}.`);
  const redacted = new TextDecoder().decode((verdict.preview ?? request).body);
  if (changesMore(verdict, request))
    throw new Refusal(409, "EDIT_DENIED", "With this body something outside of it would have to be redacted.");
  const bytes = new TextEncoder().encode(redacted).length;
  return { ...preview, body: redacted, body_bytes: bytes, edited_version: crypto.randomUUID() };
}

/** The text of the body. A client takes back the kind of value that it gave. */
function checked(preview: Preview, body: unknown): string {
  if (typeof body !== "string") throw new Refusal(400, "INVALID_REQUEST", "'body' must be the text of the new body.");
  if (preview.body_kind === "text") return body;
  const [before, after] = [kindOf(preview.body), kindOf(body)];
  if (after !== undefined && after === before) return body;
  throw new Refusal(
    400,
    "INVALID_REQUEST",
    `'body' must be the text of JSON, and of the kind that the body of this call is: ${before}.`,
  );
}

/** The kind of value that a JSON text holds. */
function kindOf(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return value === null ? "null" : Array.isArray(value) ? "array" : typeof value;
  } catch {
    return undefined;
  }
}

function changesMore({ preview }: LocalVerdict, request: WireRequest): boolean {
  return (
    preview !== undefined && JSON.stringify([preview.url, preview.headers]) !== JSON.stringify([request.url, request.headers])
  );
}
