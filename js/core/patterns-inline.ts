// The bytes as text, for every runtime that may compile them itself.
import { decoded } from "./decoded.js";
import text from "./patterns_text.js";

export default () => decoded(text);
