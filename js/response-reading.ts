// How an answer is read, by what it says it is, and by its first bytes where that is not said.

import type { RedactorSetup } from "./core/redactor-handle.js";

/** How an answer is read; `unsure` where its first bytes tell whether it is text. */
export type Reading = RedactorSetup["reading"] | "unsure";

/** So many bytes tell whether something is text. */
export const SNIFFED = 512;

const LINES = /^application\/(x-ndjson|ndjson|jsonl|x-jsonl|jsonlines|json-lines|x-json-stream|stream\+json|json-seq)$/;
const DOCUMENT = /^(application\/(json|x-www-form-urlencoded|graphql-response\+json)|text\/json|[^;]+\+json)$/;
const TEXT =
  /^(text\/.*|multipart\/.*|application\/(javascript|x-javascript|ecmascript|xml|yaml|x-yaml|toml|graphql|sql)|[^;]+\+(xml|yaml))$/;

/** How an answer of this content type is read. */
export function readingOf(contentType: string | null): Reading {
  const [type = ""] = (contentType ?? "").toLowerCase().split(";", 1);
  const name = type.trim();
  if (name === "text/event-stream") return "events";
  if (LINES.test(name)) return "lines";
  if (DOCUMENT.test(name)) return "document";
  return TEXT.test(name) ? "text" : "unsure";
}

/** Whether what begins like this is text: UTF-8 without zeros. `ends`: there is no more. */
export function looksLikeText(bytes: Uint8Array, ends: boolean): boolean {
  if (bytes.includes(0)) return false;
  try {
    // A character may be cut off at the end.
    new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: !ends });
    return true;
  } catch {
    return false;
  }
}

/** Whether what should have been decompressed by the runtime was not: gzip, zstd, zlib. */
export function isCompressed(bytes: Uint8Array): boolean {
  const [first, second, third, fourth] = bytes;
  return (
    (first === 0x1f && second === 0x8b) ||
    (first === 0x28 && second === 0xb5 && third === 0x2f && fourth === 0xfd) ||
    (first === 0x78 && second !== undefined && ((0x78 << 8) | second) % 31 === 0 && bytes.includes(0))
  );
}
