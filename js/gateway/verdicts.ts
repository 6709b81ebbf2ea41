/** What is thought of a call: by the engine, by a second reading of it, and by another gateway. Nothing is recorded yet. */
import type { LocalVerdict, Report, ScanContext } from "../types.js";
import { type Call, sends } from "./call.js";
import type { GatewayEngine } from "./policies/live-engine.js";
import type { RemoteGateway, RemoteVerdict } from "./remote/remote-gateway.js";
import { deniedVerdict, faultReport } from "./reports.js";
import { gateOf, joined, readTwice } from "./second-reading.js";

/** What verdicts are made with. */
export interface VerdictParts {
  engine: GatewayEngine;
  /** Asked about every call as well. */
  remote: RemoteGateway | undefined;
  now: () => number;
}

/** Makes verdicts. */
export class Verdicts {
  readonly #parts: VerdictParts;

  constructor({ engine, remote, now }: VerdictParts) {
    this.#parts = { engine, remote, now };
  }

  /** The engine's verdict, which its memory takes into account; nothing is recorded yet. A fault of the engine is a DENY. */
  scan(call: Call, grant?: string): LocalVerdict {
    const { engine } = this.#parts;
    try {
      const context = { ...this.#context(call), ...(grant === undefined ? {} : { grant }) };
      const { request, vendorUrl } = call;
      if (vendorUrl !== undefined) return readTwice((...asked) => engine.scan(...asked), request, vendorUrl, context);
      const verdict = engine.scan(request, context);
      return call.source === "connect" ? unseen(verdict) : verdict;
    } catch {
      return deniedVerdict(faultReport(engine.policyVersion));
    }
  }

  /** The same with the word of another gateway in it, where there is one to ask. */
  async decide(call: Call, signal?: AbortSignal): Promise<RemoteVerdict> {
    const { remote } = this.#parts;
    // In monitor mode the call goes anyway: no person should be asked about it.
    if (!remote || (call.mode === "monitor" && sends(call))) return this.scan(call);
    const verdict = await this.#decideWith(remote, call, signal);
    return call.source === "connect" ? unseen(verdict) : verdict;
  }

  async #decideWith(remote: RemoteGateway, call: Call, signal: AbortSignal | undefined): Promise<RemoteVerdict> {
    const { now, engine } = this.#parts;
    // The other gateway reads the call once, so what the second reading makes of it goes along.
    const twice = call.vendorUrl === undefined ? undefined : this.scan(call);
    if (twice?.decision === "DENY") return twice;
    try {
      return await remote.decide(engine, twice ? asDecided(call, twice) : call, now(), signal);
    } catch (error) {
      if (signal?.aborted) throw error;
      return deniedVerdict(faultReport(engine.policyVersion));
    }
  }

  /** What the engine would say, without remembering that it was asked. */
  foresee(call: Call): Report {
    const { engine } = this.#parts;
    try {
      const { vendorUrl, request } = call;
      const own = engine.explain(request, this.#context(call)).report;
      if (vendorUrl === undefined) return own;
      return joined(engine.explain({ ...request, url: vendorUrl }, this.#context(call)).report, own);
    } catch {
      return faultReport(engine.policyVersion);
    }
  }

  #context(call: Call): ScanContext {
    return { agentId: call.agentId, timeMs: this.#parts.now(), facts: true, ...call.context };
  }
}

/** The verdict on a tunnel, which says that nothing of what will be in it was looked at. */
function unseen({ report: seen, ...verdict }: RemoteVerdict): RemoteVerdict {
  const report = { ...seen, reason_codes: [...seen.reason_codes, "TUNNEL_NOT_INSPECTED"] };
  return { ...verdict, report, reportText: JSON.stringify(report) };
}

/** The call with what a verdict makes of it: its redactions made, its gate for a floor. */
function asDecided(call: Call, verdict: LocalVerdict): Call {
  const context = { ...call.context, floor: gateOf(verdict), claimed: verdict.report.classifications };
  return { ...call, request: verdict.forward ?? verdict.preview ?? call.request, context };
}
