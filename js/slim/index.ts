/**
 * The firewall, small: credentials, card numbers, US social security numbers, IBANs, e-mail addresses and policies, on the
 * values of a request, and in what is escaped, percent-encoded, base64, base32 or hexadecimal in them. It undoes no
 * quoted-printable and no look-alike characters, finds no other personal data and no prompt injection, reads no streams, and
 * asks no gateway. What it leaves out it does not find; compressed bodies and UTF-16 it denies.
 *
 * @packageDocumentation
 */

export * from "../surface.js";
export { IntervenClient } from "./client.js";
export { Engine, type RedactOptions, redactText } from "./engine.js";
