/**
 * The policies of a gateway: those of its start, which no route can take away, and on top of them those that were applied. A
 * change is compiled, then written down with its record, then in force: whatever fails leaves the engine as it was.
 */
import { redactText } from "../../engine.js";
import { ConfigurationError } from "../../errors.js";
import type { Approvals } from "../approvals.js";
import { Refusal } from "../reply.js";
import type { PolicyVersion, StoredPolicy } from "../store/policies.js";
import type { Store } from "../store/store.js";
import { type PolicyHead, type PolicyText, policyHead, saysTheSame, unusable } from "./document.js";
import type { LiveEngine, PolicyEngine } from "./live-engine.js";

/** What policies are applied with. */
export interface PoliciesParts {
  store: Store;
  live: LiveEngine;
  approvals: Approvals;
  /** The environment that this gateway runs. */
  environment: string;
  /** Policies of the start. */
  files: readonly PolicyText[];
  /** Makes an engine with these policies beside those of the start. */
  engineWith: ((applied: readonly PolicyText[]) => PolicyEngine) | undefined;
  now: () => number;
}

/** A policy and its newest text. */
export interface AppliedPolicy {
  policy: StoredPolicy;
  text: string;
}

/** What became of a wish. */
export interface Applied {
  policy: StoredPolicy;
  changed: boolean;
}

/** Most policies that count at a time. */
const MOST_ACTIVE = 200;

/** Policies as the routes use them. */
export class Policies {
  #opened: Promise<void> | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(private readonly parts: PoliciesParts) {}

  get environment(): string {
    return this.parts.environment;
  }

  get files(): readonly PolicyText[] {
    return this.parts.files;
  }

  /** Puts what was applied before in force, once. Rejects where that cannot be: nothing may be decided then. */
  open(): Promise<void> {
    this.#opened ??= this.#open().catch((error: unknown) => {
      this.#opened = undefined;
      throw error;
    });
    return this.#opened;
  }

  async #open(): Promise<void> {
    const here = await this.inForce();
    if (here.length === 0) return;
    const { live } = this.parts;
    try {
      live.replace(this.engineWith(here.map(appliedText)));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      throw new ConfigurationError(
        `A policy that was applied to this gateway can no longer be used: ${error.message} It was made with another version, or options have changed.`,
      );
    }
  }

  /** Policies that count here, with their texts, by name. */
  async inForce(): Promise<AppliedPolicy[]> {
    const { store, environment } = this.parts;
    const active = (await store.policies.list(false)).filter(({ envName }) => envName === environment);
    const named = inOrder(active);
    return Promise.all(named.map(async (policy) => ({ policy, text: (await this.textOf(policy.id, policy.version)).text })));
  }

  /** An engine with these beside those of the start. Throws the answer for a policy that cannot be used. */
  engineWith(applied: readonly PolicyText[]): PolicyEngine {
    const { engineWith } = this.parts;
    if (!engineWith) {
      throw new Refusal(
        503,
        "POLICIES_UNAVAILABLE",
        "This gateway was made without a way to change its policies (`engineWith`).",
      );
    }
    try {
      return engineWith(applied);
    } catch (error) {
      if (error instanceof ConfigurationError) throw new Refusal(400, "POLICY_INVALID", redactText(error.message));
      throw unusable(error);
    }
  }

  /** The policies that would be in force if this one were applied, or were gone. */
  async withChange(name: string, change: PolicyText | undefined): Promise<PolicyText[]> {
    const others = (await this.inForce()).filter(({ policy }) => policy.name !== name);
    const all = others.map((applied) => ({ name: applied.policy.name, given: appliedText(applied) }));
    if (change) all.push({ name, given: change });
    return inOrder(all).map(({ given }) => given);
  }

  async list(all: boolean): Promise<StoredPolicy[]> {
    return this.parts.store.policies.list(all);
  }

  /** Throws a 404 when there is none. */
  async find(id: string): Promise<StoredPolicy> {
    const policy = await this.parts.store.policies.find(id);
    if (!policy) throw notFound();
    return policy;
  }

  /** Throws a 404 when there is none, or it counts no more. */
  async findByName(name: string, envName: string): Promise<StoredPolicy> {
    const policy = await this.parts.store.policies.findByName(name, envName);
    if (!policy?.active) throw notFound();
    return policy;
  }

  /** Throws a 404 when there is no such version. */
  async textOf(id: string, version: number): Promise<PolicyVersion> {
    const found = await this.parts.store.policies.version(id, version);
    if (!found) throw new Refusal(404, "POLICY_VERSION_NOT_FOUND", "This policy has no version with this number.");
    return found;
  }

  /** Newest first. */
  async versions(id: string): Promise<Omit<PolicyVersion, "text">[]> {
    return this.parts.store.policies.versions((await this.find(id)).id, 1000);
  }

  /** Makes a policy say this, under its name in an environment; the same text changes nothing. */
  apply(given: PolicyText, envName: string | undefined): Promise<Applied> {
    return this.#inTurn(async () => {
      const { head } = this.check(given);
      const target = this.environmentOf(head, envName);
      const standing = await this.parts.store.policies.findByName(head.name, target);
      return this.#change(given, head, target, standing, null);
    });
  }

  /** Makes an older version the newest. */
  rollback(id: string, version: number): Promise<Applied> {
    return this.#inTurn(async () => {
      const policy = await this.find(id);
      const { text } = await this.textOf(id, version);
      const given = { source: `${policy.name} version ${version}`, text };
      return this.#change(given, this.check(given).head, policy.envName, policy, version);
    });
  }

  /** Makes a policy count no more; its versions stay. */
  deactivate(id: string): Promise<Applied> {
    return this.#inTurn(async () => {
      const standing = await this.find(id);
      if (!standing.active) return { policy: standing, changed: false };
      const { store, approvals, live, now } = this.parts;
      const here = standing.envName === this.environment;
      const engine = here ? this.engineWith(await this.withChange(standing.name, undefined)) : undefined;
      const inForce = { policyVersion: (engine ?? live).policyVersion, here };
      const { policy, expired } = await store.policies.deactivate(id, inForce, now());
      if (engine) live.replace(engine);
      approvals.announce(expired);
      return { policy, changed: true };
    });
  }

  /**
   * What a policy says of itself, and the engine that it makes beside the policies of the start. Throws the answer for one that
   * cannot be used.
   */
  check(given: PolicyText): { head: PolicyHead; engine: PolicyEngine } {
    const engine = this.engineWith([given]);
    return { head: policyHead(given), engine };
  }

  /** The environment that a policy is applied to: the one that is asked for, its own, or that of the gateway. */
  environmentOf({ environments }: PolicyHead, asked: string | undefined): string {
    const [own] = environments;
    const target = asked ?? (own === undefined || environments.includes(this.environment) ? this.environment : own);
    if (own === undefined || environments.includes(target)) return target;
    throw new Refusal(
      400,
      "ENVIRONMENT_MISMATCH",
      `The policy says that it is for ${environments.join(", ")}, and not for ${target}. Change its env_name, or apply it there.`,
    );
  }

  async #change(
    given: PolicyText,
    head: PolicyHead,
    envName: string,
    standing: StoredPolicy | undefined,
    restoredFrom: number | null,
  ): Promise<Applied> {
    const { store, approvals, live, now } = this.parts;
    if (standing?.active && saysTheSame((await this.textOf(standing.id, standing.version)).text, given.text)) {
      return { policy: standing, changed: false };
    }
    if (!standing?.active && (await store.policies.list(false)).length >= MOST_ACTIVE)
      throw new Refusal(409, "TOO_MANY_POLICIES", `There are ${MOST_ACTIVE} policies already. Deactivate one first.`);
    const here = envName === this.environment;
    const engine = here ? this.engineWith(await this.withChange(head.name, given)) : undefined;
    const id = standing?.id ?? crypto.randomUUID();
    const change = { id, name: head.name, envName, text: given.text, rules: head.rules, restoredFrom };
    const inForce = { policyVersion: (engine ?? live).policyVersion, here };
    const { policy, expired } = await store.policies.apply(change, inForce, now());
    if (engine) live.replace(engine);
    approvals.announce(expired);
    return { policy, changed: true };
  }

  /** One change after the other: each is compiled with what the one before has left. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => {});
    return turn;
  }
}

/** By name: the order is part of the engine's version, and must be the same after a restart. */
function inOrder<T extends { name: string }>(named: T[]): T[] {
  return [...named].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** An applied policy as it is given to an engine. */
function appliedText({ policy, text }: AppliedPolicy): PolicyText {
  return { source: `${policy.name} version ${policy.version}`, text };
}

function notFound(): Refusal {
  return new Refusal(404, "POLICY_NOT_FOUND", "No policy was applied to this gateway under this name or id.");
}
