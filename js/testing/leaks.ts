// Whether a value is somewhere in a text, in any form that is no more than writing it differently.

import { hexadecimal } from "../encoding.js";

/** A value that was found where it should not be. The value itself is not in it. */
export interface Leak {
  /** Which of the values that were asked for, counted from 0. */
  index: number;
  form: "plain" | "escaped" | "percent" | "hex" | "base64";
  /** Where: `POST /v1/scan body`, `GET /v1/approvals/a/status path`. */
  where: string;
}

/** The forms in which a text holds a value. */
export function formsOf(value: string, text: string): Leak["form"][] {
  if (value === "") return [];
  const forms: Leak["form"][] = [];
  if (text.includes(value)) forms.push("plain");
  if (unescaped(text).includes(value)) forms.push("escaped");
  if (unpercented(text).some((read) => read.includes(value))) forms.push("percent");
  const bytes = new TextEncoder().encode(value);
  if (text.toLowerCase().includes(hexadecimal(bytes))) forms.push("hex");
  const letters = text.replaceAll("-", "+").replaceAll("_", "/");
  if (base64(bytes).some((form) => letters.includes(form))) forms.push("base64");
  // What is there as it is reads the same after every decoding.
  return forms[0] === "plain" ? ["plain"] : forms;
}

const ESCAPES: Record<string, string> = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" };

/** Without JSON's escapes. */
function unescaped(text: string): string {
  return text.replace(/\\(?:u([0-9a-fA-F]{4})|(.))/g, (_, code: string | undefined, letter: string) =>
    code === undefined ? (ESCAPES[letter] ?? letter) : String.fromCharCode(Number.parseInt(code, 16)),
  );
}

/** Without one and two layers of percent escapes, a `+` read as itself and as a space. */
function unpercented(text: string): string[] {
  const once = percentDecoded(text);
  const twice = percentDecoded(once);
  return [once, twice].flatMap((read) => [read, read.replaceAll("+", " ")]);
}

function percentDecoded(text: string): string {
  return text.replace(/(?:%[0-9a-fA-F]{2})+/g, (run) => {
    const bytes = Uint8Array.from(run.slice(1).split("%"), (pair) => Number.parseInt(pair, 16));
    return new TextDecoder().decode(bytes);
  });
}

/** As base64 writes it after 0, 1 and 2 bytes of something else; the letters that its neighbours have a part in are left out. */
function base64(bytes: Uint8Array): string[] {
  return [0, 1, 2].map((before) => {
    const length = before + bytes.length;
    const text = btoa(`${"\0".repeat(before)}${Array.from(bytes, (byte) => String.fromCharCode(byte)).join("")}`);
    const whole = Math.floor((length * 8) / 6);
    return text.slice(Math.ceil((before * 8) / 6), whole);
  });
}
