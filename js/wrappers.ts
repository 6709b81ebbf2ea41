// The wrappers as functions, with this entry's client.

import { IntervenClient } from "./client.js";
import { standalone } from "./standalone.js";

const functions = standalone(IntervenClient);

/** `client.guard` as a function: with `{ client }`, or with the options of a client, which are then those of its own. */
export const guard = functions.guard;
/** `client.gate` as a function. */
export const gate = functions.gate;
/** `client.scanToolCalls` as a function. */
export const scanToolCalls = functions.scanToolCalls;
/** `client.scanToolUse` as a function. */
export const scanToolUse = functions.scanToolUse;
