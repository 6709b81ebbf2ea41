// What the full clients have beyond `fetch`, `scan` and `redact`. Each part stands in a module of its own.

import { type DoctorReport, doctor } from "./doctor/doctor.js";
import { GuardingClient, insideOf } from "./guarding-client.js";
import { type Installation, type InstallOptions, install } from "./install/install.js";

/** The client of the entries that hold everything. */
export class AgentClient extends GuardingClient {
  /**
   * Guards the calls of code that never heard of this client: `globalThis.fetch`, and where there are such undici, `node:http`
   * and `node:https`. Call it before other code runs. `coverage` says what is guarded and what is not.
   *
   * Several clients may be installed; each of them must release a call. Refused calls fail as calls fail there: `fetch` rejects
   * with the error of the refusal, a request of `node:http` emits it.
   *
   * @throws {ConfigurationError} for an option that is unknown or cannot be used.
   */
  install(options: InstallOptions = {}): Installation {
    return install(insideOf(this), options);
  }

  /**
   * Sends a made-up secret down every path that the runtime has, to a port of this process or to a name that leads nowhere, and
   * says for each whether it was really blocked; and what the client runs on. `text` is the report for people.
   */
  doctor(): Promise<DoctorReport> {
    return doctor(insideOf(this), this.fetch);
  }
}
