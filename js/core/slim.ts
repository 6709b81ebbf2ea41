// The build of `interven/slim`.

import source from "#wasm-slim";
import { Core } from "./instance.js";
import * as glue from "./slim_bg.js";

export const core = new Core(source, glue, "./slim_bg.js");
