/**
 * For engines without WebAssembly's vector instructions: imported before the first engine is made, it lets the default entry
 * run on a build that does without them. Where the engine has them, nothing changes.
 *
 * @packageDocumentation
 */

import { fallback } from "../core/fallback.js";
import text from "../core/scalar_text.js";

/** One function that returns `i8x16.splat(0)` lane 0: valid only with vector instructions. */
const PROBE = Uint8Array.of(
  ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
  ...[0x01, 0x05, 0x01, 0x60, 0x00, 0x01, 0x7f],
  ...[0x03, 0x02, 0x01, 0x00],
  ...[0x0a, 0x0b, 0x01, 0x09, 0x00, 0x41, 0x00, 0xfd, 0x0f, 0xfd, 0x16, 0x00, 0x0b],
);

if (!WebAssembly.validate(PROBE)) fallback.text = text;
