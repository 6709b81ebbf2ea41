// What the full clients have beyond `fetch`, `scan` and `redact`. Each part stands in a module of its own.

import { GuardingClient } from "./guarding-client.js";

/** The client of the entries that hold everything. */
export class AgentClient extends GuardingClient {}
