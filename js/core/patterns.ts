// The build of `interven/patterns`.

import source from "#wasm-patterns";
import { Core } from "./instance.js";
import * as glue from "./patterns_bg.js";

export const core = new Core(source, glue, "./patterns_bg.js");
