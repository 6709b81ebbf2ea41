// Behaviour that must be the same on every runtime. Each case gets the package, an `assert`, and a loopback server.

import approvals from "./approvals.mjs";
import detection from "./detection.mjs";
import entries from "./entries.mjs";
import fetching from "./fetching.mjs";
import hostile from "./hostile.mjs";
import inputs from "./inputs.mjs";
import installing from "./installing.mjs";
import plainCalls from "./plain-calls.mjs";
import receiving from "./receiving.mjs";
import redirects from "./redirects.mjs";
import remembering from "./remembering.mjs";
import requests from "./requests.mjs";
import scanning from "./scanning.mjs";
import signing from "./signing.mjs";
import streaming from "./streaming.mjs";
import telling from "./telling.mjs";
import testing from "./testing.mjs";
import wrapping from "./wrapping.mjs";

/** Name → `async ({ interven, assert, server, browser }) => void`. */
export const portable = {
  ...{ ...approvals, ...scanning, ...detection, ...fetching, ...redirects },
  ...{ ...hostile, ...inputs, ...installing, ...plainCalls, ...remembering, ...requests, ...streaming, ...receiving, ...entries },
  ...{ ...signing, ...telling, ...testing, ...wrapping },
};
