// Behaviour that must be the same on every runtime. Each case gets the package, an `assert`, and a loopback server.

import detection from "./detection.mjs";
import entries from "./entries.mjs";
import fetching from "./fetching.mjs";
import hostile from "./hostile.mjs";
import inputs from "./inputs.mjs";
import redirects from "./redirects.mjs";
import remembering from "./remembering.mjs";
import requests from "./requests.mjs";
import scanning from "./scanning.mjs";
import streaming from "./streaming.mjs";
import testing from "./testing.mjs";

/** Name → `async ({ interven, assert, server, browser }) => void`. */
export const portable = {
  ...{ ...scanning, ...detection, ...fetching, ...redirects },
  ...testing,
  ...{ ...hostile, ...inputs, ...remembering, ...requests, ...streaming, ...entries },
};
