/** What a tool has answered, as a client of the older protocol gets it: inside of JSON. */
import { strictJson } from "../../strict-json.js";
import { readBody } from "../body.js";
import type { UpstreamAnswer } from "../proxy/upstream.js";

/** Largest body of an answer that is passed on, in bytes. */
const MAX_ANSWER_BYTES = 8 * 1024 * 1024;

/** An answer that was read. */
export interface ReadAnswer {
  status: number;
  /** JSON source of the body: JSON as it came, text as a JSON text, `null` for none. */
  body: string;
  /** What is wrong with the body, where the call was made and its answer cannot be passed on. */
  problem?: string;
}

/** Reads an answer to its end. The call was made, so nothing that is wrong with its answer makes it fail. */
export async function readAnswer({ status, body }: UpstreamAnswer): Promise<ReadAnswer> {
  let bytes: Uint8Array;
  try {
    bytes = await readBody(body, null, MAX_ANSWER_BYTES);
  } catch {
    body.destroy();
    return { status, body: "null", problem: "The call was made; its answer broke off, or is longer than 8 MiB." };
  }
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return { status, body: text === "" ? "null" : jsonSource(text) };
  } catch {
    return { status, body: "null", problem: "The call was made; its answer is not text." };
  }
}

/** Numbers keep the digits that they came with. JSON that can be read in two ways is passed on as the text that it is. */
function jsonSource(text: string): string {
  try {
    strictJson(text);
    return text;
  } catch {
    return JSON.stringify(text);
  }
}
