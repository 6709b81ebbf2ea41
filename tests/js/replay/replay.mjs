// Runs on every runtime: replays the corpus through the public entry and runs the portable behaviour.

import { ok } from "../portable/assert.mjs";
import { portable } from "../portable/index.mjs";

/** The shortest module with a vector in it. */
const VECTOR = Uint8Array.of(
  ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 5, 1, 0x60, 0, 1, 0x7b, 3, 2, 1, 0],
  ...[0x0a, 8, 1, 6, 0, 0x41, 0, 0xfd, 0x0f, 0x0b],
);

/** @returns counts, and what failed. */
export async function run(interven, { cases, server, otherServer, browser = false, scalar = false }) {
  const failures = [];
  let passed = 0;
  const attempt = async (name, action) => {
    try {
      await action();
      passed += 1;
    } catch (error) {
      failures.push(`${name}: ${error?.stack ?? error}`);
    }
  };
  if (scalar) await attempt("this engine has no vector instructions", () => ok(!WebAssembly.validate(VECTOR), "it has"));
  for (const item of cases) await attempt(item.name, () => replayCase(interven, item));
  for (const [name, behave] of Object.entries(portable)) {
    // What only computes lets no socket of the runtime hear that its server has closed it.
    await new Promise((resume) => setTimeout(resume, 10));
    await attempt(name, () => behave({ interven, server, otherServer, browser, scalar }));
  }
  return { cases: cases.length, passed, failed: failures.length, failures: failures.slice(0, 20) };
}

function replayCase(interven, { options, request, context, expected, forward }) {
  const verdict = new interven.Engine(options ?? {}).scan(decoded(request), context ?? {});
  same("report", verdict.reportText, expected);
  same("forward", JSON.stringify(verdict.forward ? encoded(verdict.forward) : null), JSON.stringify(forward));
}

function same(what, got, want) {
  if (got !== want) throw new Error(`${what} differs\n  got  ${got.slice(0, 2_000)}\n  want ${want.slice(0, 2_000)}`);
}

function decoded({ method, url, headers, body_base64 }) {
  return { method, url, headers, body: Uint8Array.from(atob(body_base64), (character) => character.charCodeAt(0)) };
}

function encoded({ method, url, headers, body }) {
  let text = "";
  for (let at = 0; at < body.length; at += 8_192) text += String.fromCharCode(...body.subarray(at, at + 8_192));
  return { method, url, headers, body_base64: btoa(text) };
}
