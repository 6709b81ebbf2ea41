// Runs on every runtime: replays the corpus through the public entry and runs the portable behaviour.

import { portable } from "../portable/index.mjs";

/** @returns counts, and what failed. */
export async function replay(interven, { cases, server, otherServer, browser = false }) {
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
  for (const item of cases) await attempt(item.name, () => replayCase(interven, item));
  for (const [name, behave] of Object.entries(portable))
    await attempt(name, () => behave({ interven, server, otherServer, browser }));
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
