/** Takes a credential out of what a service answers: some of them send back what they were sent. */
import type { OpenCredential } from "./credentials.js";

const MARK = "[credential]";
/** Pieces of a credential that are shorter would be found everywhere. */
const LEAST_PIECE = 8;

/** Makes texts without the credential; `complete` tells that a text was not cut at its end. */
export function redactorOf(credential: OpenCredential | undefined): (text: string, complete: boolean) => string {
  const forms = credential ? formsOf(credential) : [];
  if (forms.length === 0) return (text) => text;
  const longest = Math.max(...forms.map((form) => form.length));
  const pattern = new RegExp(forms.map(literal).join("|"), "g");
  return (text, complete) => {
    // Of a text that was cut, as many characters go as could be the beginning of a credential: always as many, so that
    // nobody learns from the length whether they were one.
    const end = complete ? text.length : Math.max(0, text.length - (longest - 1));
    let [out, from] = ["", 0];
    for (const { index, 0: found } of text.matchAll(pattern)) {
      if (index >= end) break;
      out += text.slice(from, index) + MARK;
      from = index + found.length;
    }
    return out + text.slice(from, Math.max(from, end));
  };
}

const literal = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");

/** The credential as services write it: as it is, percent-encoded, in base64; and what a Basic credential holds. Longest first. */
function formsOf({ text, prefix }: OpenCredential): string[] {
  const inside = /^basic /i.test(prefix) ? basicParts(text) : [];
  const forms = [text, ...inside].flatMap((form) => {
    const base64 = toBase64(form).replace(/=+$/, "");
    const percent = encodeURIComponent(form);
    const lower = percent.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase());
    return [form, JSON.stringify(form).slice(1, -1), percent, lower, base64, base64.replaceAll("+", "-").replaceAll("/", "_")];
  });
  return [...new Set(forms)].filter((form) => form.length >= LEAST_PIECE).sort((one, other) => other.length - one.length);
}

function basicParts(text: string): string[] {
  try {
    const whole = new TextDecoder().decode(Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0)));
    return [whole, whole.slice(whole.indexOf(":") + 1)];
  } catch {
    return [];
  }
}

function toBase64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
