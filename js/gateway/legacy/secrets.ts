/** The secrets of agents: made for an administrator, told once, and read again only to check a signature. */
import { base64url } from "../../encoding.js";
import { recordedLabel } from "../recorded.js";
import { invalid, Refusal } from "../reply.js";
import type { HmacSecret } from "../store/hmac-secrets.js";
import type { Store } from "../store/store.js";
import type { Vault } from "../vault/vault.js";

/** What published clients take for the id of an agent. */
const AGENT_ID = /^[\w.:-]{1,128}$/;

/** Secrets as the routes use them. */
export class HmacSecrets {
  constructor(
    private readonly store: Store,
    private readonly vault: Vault,
    private readonly now: () => number,
  ) {}

  /** Makes the secret of an agent; the one that it had is good for nothing from then on. `text` is told this once. */
  async create(agentId: string): Promise<{ secret: HmacSecret; text: string }> {
    if (!AGENT_ID.test(agentId) || recordedLabel(agentId) !== agentId)
      throw invalid("id", "must be 1 to 128 letters, digits, '-', '_', '.' and ':', without personal data");
    const text = `iv_hmac_${base64url(crypto.getRandomValues(new Uint8Array(32)))}`;
    const [id, createdAt] = [crypto.randomUUID(), this.now()];
    const secret: HmacSecret = { id, agentId, sealed: await this.vault.seal(text, placeOf(id)), createdAt, revokedAt: null };
    await this.store.legacy.secrets.set(secret);
    await this.store.agents.addActivity([{ id: agentId, at: createdAt, calls: 0, denied: 0 }]);
    return { secret, text };
  }

  /** Revokes for good; throws a 404 where there is nothing to revoke. */
  async revoke(agentId: string): Promise<HmacSecret> {
    const revoked = await this.store.legacy.secrets.revoke(agentId, this.now());
    if (!revoked) throw new Refusal(404, "SECRET_NOT_FOUND", "This agent has no HMAC secret on this gateway.");
    return revoked;
  }

  /** The secret that an agent signs with now. */
  async textOf(agentId: string): Promise<string | undefined> {
    const secret = await this.store.legacy.secrets.find(agentId);
    return secret && this.vault.open(secret.sealed, placeOf(secret.id));
  }
}

const placeOf = (id: string) => `hmac_secrets/${id}/sealed`;
