// Made-up secrets of many kinds, and the search for them in whatever a gateway leaves behind.

import { redactText } from "../../../dist/engine.js";
import { ruleExamples } from "../replay/consumer.mjs";

/** Kinds that are no secrets, and go where nobody has said otherwise. */
const PUBLIC = /address|iccid|imei|phone|email|injection/;

/**
 * `{ rule, value, text, bare }`: what a rule takes for a secret, in the words that make it one, and with as few of them as make
 * it one; one of every `step` rules.
 */
export function madeSecrets(step) {
  const found = new Map();
  for (const { rule, text } of ruleExamples()) {
    const value = redactedPart(text);
    if (PUBLIC.test(rule) || found.has(rule) || value === undefined) continue;
    found.set(rule, { rule, value, text, bare: redactedPart(value) === value ? value : text });
  }
  return [...found.values()].filter((_, index) => index % step === 0);
}

/** The one part that redaction takes out, where it can be searched for. */
function redactedPart(text) {
  const redacted = redactText(text);
  let [before, after] = [0, 0];
  while (before < redacted.length && text[before] === redacted[before]) before += 1;
  while (after < redacted.length - before && text.at(-1 - after) === redacted.at(-1 - after)) after += 1;
  const value = text.slice(before, text.length - after);
  const whole = /^\[[^[\]]*\]$/.test(redacted.slice(before, redacted.length - after));
  return whole && /^[\x21-\x7e]{16,}$/.test(value) && /^[\x20-\x7e]+$/.test(text) ? value : undefined;
}

/** What gives a value away: itself, and what it is written as by whoever hides it. */
function writings(value) {
  const bytes = Buffer.from(value);
  // Within other bytes a text has three forms in base64.
  const within = [0, 1, 2].map((shift) => Buffer.concat([Buffer.alloc(shift, "x"), bytes]).toString("base64"));
  const base64 = within.map((text, shift) => text.slice(shift === 0 ? 0 : 4, -4));
  const hex = bytes.toString("hex");
  return [
    value,
    // More than the few characters by which a key is recognised.
    value.slice(-16),
    JSON.stringify(value).slice(1, -1),
    encodeURIComponent(value),
    hex.replaceAll(/../g, "%$&"),
    hex,
    ...base64.flatMap((text) => [text, text.replaceAll("+", "-").replaceAll("/", "_")]),
  ];
}

/** A search for many values at once; tells the names of those that a text holds. */
export function searchFor(values) {
  const sought = values.map(([name, value]) => [name, [...new Set(writings(value).map((text) => text.toLowerCase()))]]);
  return (text) => {
    const lower = text.toLowerCase();
    return sought.filter(([, forms]) => forms.some((form) => lower.includes(form))).map(([name]) => name);
  };
}
