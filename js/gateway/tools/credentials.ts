/** The credentials that the gateway holds: sealed when they are set, opened only for a call to where they may go. */
import type { Call } from "../call.js";
import { Refusal } from "../reply.js";
import type { CredentialStore, ToolCredential } from "../store/credentials.js";
import { SealBrokenError, type Vault } from "../vault/vault.js";

/** A credential as the administrator sets it. */
export interface NewCredential extends Pick<ToolCredential, "tool" | "header" | "prefix" | "origins"> {
  text: string;
}

/** A credential in the hand of the gateway. */
export interface OpenCredential extends Pick<ToolCredential, "tool" | "header" | "prefix"> {
  text: string;
}

/** A shorter one is not told by its end: that would be too much of it. */
const LEAST_LENGTH_TOLD = 24;

/** Credentials by the name of the tool. */
export class Credentials {
  constructor(
    private readonly store: CredentialStore,
    private readonly vault: Vault | undefined,
    private readonly now: () => number,
  ) {}

  /** Seals and keeps it. Throws a 501 without a vault. */
  async set({ text, ...about }: NewCredential): Promise<{ credential: ToolCredential; replaced: boolean }> {
    const now = this.now();
    const sealed = await this.#vault().seal(text, placeOf(about));
    const lastFour = text.length < LEAST_LENGTH_TOLD ? null : text.slice(-4);
    const times = { createdAt: now, updatedAt: now, lastUsedAt: null, calls: 0 };
    const replaced = await this.store.set({ ...about, sealed, lastFour, ...times });
    return { credential: (await this.store.find(about.tool)) ?? { ...about, sealed, lastFour, ...times }, replaced };
  }

  list(): Promise<ToolCredential[]> {
    return this.store.list();
  }

  /** Throws a 404 where there is none. */
  async remove(tool: string): Promise<void> {
    if (await this.store.remove(tool, this.now())) return;
    throw new Refusal(404, "CREDENTIAL_NOT_FOUND", "There is no credential for this tool.");
  }

  /**
   * The credential for a call of a tool to an origin; `undefined` where there is none. Throws a 409 where there is one that
   * is not for that origin, and a 500 where it cannot be opened.
   */
  async open(tool: string, origin: string): Promise<OpenCredential | undefined> {
    const kept = await this.store.find(tool);
    if (!kept) return undefined;
    if (!kept.origins.includes(origin)) {
      throw new Refusal(
        409,
        "CREDENTIAL_FOR_ANOTHER_HOST",
        `The credential of this tool is not for ${origin}, where its calls go. The administrator must set it again.`,
      );
    }
    try {
      return { tool, header: kept.header, prefix: kept.prefix, text: await this.#vault().open(kept.sealed, placeOf(kept)) };
    } catch (error) {
      if (!(error instanceof SealBrokenError)) throw error;
      throw new Refusal(
        500,
        "CREDENTIAL_UNREADABLE",
        "The credential of this tool does not open with the vault's key. Start with the key that it was set under, or set it again.",
      );
    }
  }

  /** Counts a call that was made with it. Never rejects. */
  async used(tool: string): Promise<void> {
    try {
      await this.store.used(tool, this.now());
    } catch {
      // A count for people to look at, of something that has happened whether or not it is written down.
    }
  }

  #vault(): Vault {
    if (this.vault) return this.vault;
    throw new Refusal(501, "VAULT_MISSING", "This gateway was started without a vault, so it can hold no credentials.");
  }
}

/** The headers that a call gets for a credential. */
export function addedBy(credential: OpenCredential | undefined): [string, string][] {
  return credential ? [[credential.header, credential.prefix + credential.text]] : [];
}

/** What a call says of the credential that the gateway adds to it: nobody has approved one that was not shown. */
export function heldBy(credential: OpenCredential | undefined): Pick<Call, "held" | "approvedFor"> {
  if (!credential) return {};
  const { tool, header } = credential;
  return { held: { tool, header }, approvedFor: `held:${tool}` };
}

/** All that says where a credential goes is part of the seal: who changes it in the database cannot send it elsewhere. */
function placeOf({ tool, header, prefix, origins }: Pick<ToolCredential, "tool" | "header" | "prefix" | "origins">): string {
  return `tool_credentials/${JSON.stringify([tool, header, prefix, origins])}`;
}
