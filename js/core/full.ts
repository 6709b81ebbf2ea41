// The build of the default entry: everything but regular expressions of one's own.

import source from "#wasm";
import * as glue from "./core_bg.js";
import { Core } from "./instance.js";

export const core = new Core(source, glue, "./core_bg.js");
