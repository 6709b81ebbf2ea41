/** Looks at what an agent has read and records what was found, so that a later call that carries it away is noticed. */
import type { GatewayOptions } from "./options.js";
import type { Store } from "./store/store.js";

/** What was read. */
export interface ReadResponse {
  traceId: string;
  /** As it is recorded. */
  agentId: string;
  status: number | null;
  headers: [string, string][];
  body: string;
}

/** Responses as the gateway looks at them. */
export class Responses {
  constructor(
    private readonly engine: Pick<GatewayOptions["engine"], "scanResponse">,
    private readonly store: Store,
    private readonly now: () => number,
  ) {}

  /** Resolves once it is recorded. */
  async read({ traceId, agentId, status, headers, body }: ReadResponse) {
    const report = this.engine.scanResponse({ traceId, headers, body, timeMs: this.now() });
    const { data_classes, fields_redacted_count, content_fingerprint } = report;
    const found = { response_status: status, data_classes, fields_redacted_count, content_fingerprint };
    const event = { kind: "response", body: { actor: "agent" as const, trace_id: traceId, agent_id: agentId, ...found } };
    await this.store.recordEvent(event, this.now());
    return { data_classes, fields_redacted_count, content_fingerprint, signals: report.signals };
  }
}
