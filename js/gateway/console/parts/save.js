// Saves what the gateway answers as a file: a plain link could not carry the credential.
import { request } from "../shell/api.js";
import { element } from "./dom.js";

/** Fetches and saves; throws an error with the gateway's message. */
export async function saveAnswer(path, name) {
  const response = await request(path);
  if (!response.ok) {
    const { error } = await response.json().catch(() => ({}));
    throw new Error(error?.message ?? `The gateway answered ${response.status}.`);
  }
  saveBlob(await response.blob(), name);
}

/** Saves a text of JSON. */
export const saveText = (text, name) => saveBlob(new Blob([text], { type: "application/json" }), name);

function saveBlob(blob, name) {
  const href = URL.createObjectURL(blob);
  const link = element("a", { href, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}
