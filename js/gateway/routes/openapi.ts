/** `GET /openapi.json`: the description of the API. */
import { openApiDocument } from "../openapi/document.js";
import { jsonText } from "../reply.js";

/** Makes the route. The document is the same for every gateway of a version, and is written once. */
export function openApiRoute() {
  let text: string | undefined;
  return (): Response => {
    text ??= JSON.stringify(openApiDocument());
    return jsonText(200, text);
  };
}
