/**
 * The firewall, small: credentials, card numbers, US social security numbers, IBANs, e-mail addresses and policies, on the
 * values of a request, and in what is escaped, percent-encoded or base64 in them. It reads no other encoding, finds no other
 * personal data and no prompt injection, reads no streams, and asks no gateway. What it leaves out it does not find; compressed
 * bodies it denies.
 *
 * @packageDocumentation
 */

export * from "../surface.js";
export { IntervenClient } from "./client.js";
export { Engine, type RedactOptions, redactText } from "./engine.js";
