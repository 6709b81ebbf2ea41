/** Who an agent is: by its key, or without any key by being on this machine. */
import type { Connection } from "../options.js";
import { Refusal } from "../reply.js";
import type { AgentKey } from "../store/keys.js";
import type { Store } from "../store/store.js";
import { isLocalPeer } from "../surface.js";
import { isInRange } from "./address-range.js";
import { createKeyText, isKeyText, isTextOf, prefixOf } from "./key-text.js";

/** What a key is made for. */
export type NewKey = Pick<
  AgentKey,
  "kind" | "agentId" | "agentName" | "description" | "envName" | "ipAllowlist" | "scope" | "maxUses"
> & {
  ttlMs: number | null;
};

/** Where a key stands. */
export type KeyStatus = "active" | "expired" | "exhausted" | "revoked";

/** Keys as the routes use them. */
export class AgentKeys {
  constructor(
    private readonly store: Store,
    private readonly now: () => number,
  ) {}

  /** Makes a key; `text` is told this once. */
  async create({ ttlMs, ...made }: NewKey): Promise<{ key: AgentKey; text: string }> {
    const { text, prefix, hash } = await createKeyText(made.kind);
    const createdAt = this.now();
    const expiresAt = ttlMs === null ? null : createdAt + ttlMs;
    const key: AgentKey = { ...made, id: crypto.randomUUID(), prefix, hash, createdAt, expiresAt, revokedAt: null, uses: 0 };
    await this.store.keys.add(key);
    return { key, text };
  }

  /** Revokes a key for good; throws a 404 when there is none. */
  async revoke(id: string): Promise<AgentKey> {
    const key = await this.store.keys.revoke(id, this.now());
    if (!key) throw new Refusal(404, "KEY_NOT_FOUND", "There is no key with this id on this gateway.");
    return key;
  }

  /**
   * The key that a caller has presented; none for an agent on this machine while there have never been keys.
   *
   * @throws {Refusal} 401 without a good key, 403 from an address that it may not be used from.
   */
  async identify(presented: string | undefined, peerAddress: Connection["peerAddress"]): Promise<AgentKey | undefined> {
    if (!(await this.store.keys.anyExists())) {
      requireLoopback({ ...(peerAddress === undefined ? {} : { peerAddress }) });
      return undefined;
    }
    if (presented === undefined) throw unauthorised("KEY_REQUIRED", "This gateway asks agents for a key.");
    const key = isKeyText(presented) ? await this.store.keys.findByPrefix(prefixOf(presented)) : undefined;
    if (!key || !(await isTextOf(presented, key))) throw unauthorised("KEY_INVALID", "This gateway does not know the key.");
    const status = keyStatus(key, this.now());
    // What a used-up key has asked for may still be waited for.
    if (status === "revoked" || status === "expired") throw unusable(status);
    const { ipAllowlist } = key;
    if (ipAllowlist.length > 0 && !ipAllowlist.some((range) => isInRange(peerAddress ?? "", range))) {
      throw new Refusal(403, "IP_NOT_ALLOWED", "The key may not be used from this address.");
    }
    return key;
  }

  /** Counts one call of a key that is good for a number of them; throws a 401 when it is used up. */
  async use(key: AgentKey): Promise<void> {
    if (key.maxUses === null || (await this.store.keys.use(key.id, this.now()))) return;
    const current = await this.store.keys.findByPrefix(key.prefix);
    const status = current ? keyStatus(current, this.now()) : "revoked";
    throw unusable(status === "active" ? "exhausted" : status);
  }
}

/** Where a key stands now. */
export function keyStatus(key: AgentKey, now: number): KeyStatus {
  if (key.revokedAt !== null) return "revoked";
  if (key.expiresAt !== null && key.expiresAt <= now) return "expired";
  return key.maxUses !== null && key.uses >= key.maxUses ? "exhausted" : "active";
}

function requireLoopback(connection: Connection): void {
  if (!isLocalPeer(connection)) {
    throw new Refusal(
      401,
      "LOCAL_ONLY",
      "Without agent keys the gateway serves agents on its own machine only. Make a key for this agent: POST /v1/keys.",
    );
  }
}

function unusable(status: Exclude<KeyStatus, "active">): Refusal {
  const problem = { revoked: "was revoked", expired: "has expired", exhausted: "is used up" }[status];
  return unauthorised(`KEY_${status.toUpperCase()}`, `The key ${problem}.`);
}

function unauthorised(code: string, problem: string): Refusal {
  return new Refusal(
    401,
    code,
    `${problem} Ask the administrator for one, and send it as 'Authorization: Bearer <key>', to /proxy/ as 'X-Interven-Key: <key>'.`,
    { "www-authenticate": "Bearer" },
  );
}
