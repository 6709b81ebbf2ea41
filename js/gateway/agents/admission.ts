/** What is asked about an agent before its call is looked at: may it act at all, does its key last, is the call in its scope. */
import type { Report } from "../../types.js";
import type { Call, Outcome } from "../call.js";
import type { Gatekeeper } from "../gatekeeper.js";
import type { AgentKey, KeyScope } from "../store/keys.js";
import type { Store } from "../store/store.js";
import type { AgentKeys } from "./agent-keys.js";

/** Reason of whatever a stopped agent asks for. */
export const AGENT_STOPPED = "AGENT_STOPPED";

/** Admits calls. Whom a key is for is settled before. */
export class Admission {
  constructor(
    private readonly gatekeeper: Gatekeeper,
    private readonly keys: AgentKeys,
    private readonly store: Store,
  ) {}

  /** The recorded refusal of a call; none where it goes on. Throws a 401 for a key that is used up. */
  async refusal(call: Call, key: AgentKey | undefined): Promise<Outcome | undefined> {
    if (await this.store.agents.isStopped(call.agentLabel)) return this.gatekeeper.refuse(call, AGENT_STOPPED);
    if (!key) return undefined;
    await this.keys.use(key);
    if (!key.scope.tools && !key.scope.verbs) return undefined;
    const report = this.gatekeeper.foresee(call);
    const violations = scopeViolations(key.scope, report);
    if (violations.length === 0) return undefined;
    const reason = key.kind === "ephemeral" ? "EPHEMERAL_SCOPE_VIOLATION" : "KEY_SCOPE_VIOLATION";
    return { ...(await this.gatekeeper.refuse(call, reason, report)), violations };
  }
}

/** In what a call leaves the scope: `tool:github`, `verb:WRITE`. */
function scopeViolations({ tools, verbs }: KeyScope, { tool_name: tool, verb }: Report): string[] {
  return [
    ...(tools && !tools.includes(tool) ? [`tool:${tool}`] : []),
    ...(verbs && !verbs.includes(verb) ? [`verb:${verb}`] : []),
  ];
}
