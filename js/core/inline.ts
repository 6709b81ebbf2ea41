// The bytes as text, for every runtime that may compile them itself.
import text from "./core_text.js";
import { decoded } from "./decoded.js";
import { fallback } from "./fallback.js";

export default () => decoded(fallback.text ?? text);
