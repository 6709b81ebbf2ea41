/** The bodies by which keys are asked for, checked field by field. */

import { isAddressRange } from "../agents/address-range.js";
import type { NewKey } from "../agents/agent-keys.js";
import { type Fields, onlyKnown, shownText } from "../json-object.js";
import { invalid } from "../reply.js";
import type { KeyScope } from "../store/keys.js";
import { whole } from "./fields.js";

const SHARED = ["agent_id", "agent_name", "description", "env_name", "ip_allowlist", "scope"];
const VERBS: readonly string[] = ["READ", "WRITE", "ADMIN"];
const MAX_TEXT_LENGTH = 200;
const MAX_LIST_LENGTH = 100;
const DEFAULT_TTL_SECONDS = 600;
const LONGEST_TTL_SECONDS = 86_400;
const MOST_USES = 1000;

/** A key that is good until it is revoked; throws a 400 that names the field. */
export function liveKey(fields: Fields): NewKey {
  onlyKnown(fields, SHARED);
  return { kind: "live", ...shared(fields), maxUses: null, ttlMs: null };
}

/** A key for few calls and a short time; throws a 400 that names the field. */
export function ephemeralKey(fields: Fields): NewKey {
  onlyKnown(fields, [...SHARED, "ttl_seconds", "max_uses"]);
  const ttl = whole(fields, "ttl_seconds", 1, LONGEST_TTL_SECONDS, DEFAULT_TTL_SECONDS);
  return { kind: "ephemeral", ...shared(fields), maxUses: whole(fields, "max_uses", 1, MOST_USES, 1), ttlMs: ttl * 1000 };
}

function shared(fields: Fields): Omit<NewKey, "kind" | "maxUses" | "ttlMs"> {
  const agentName = text(fields, "agent_name");
  return {
    agentId: text(fields, "agent_id") ?? agentName ?? crypto.randomUUID(),
    agentName,
    description: text(fields, "description"),
    envName: text(fields, "env_name"),
    ipAllowlist: allowlist(fields.ip_allowlist),
    scope: scope(fields.scope),
  };
}

function text(fields: Fields, name: string): string | null {
  const value = fields[name] ?? null;
  return value === null ? null : shownText(value, name, MAX_TEXT_LENGTH);
}

function allowlist(value: unknown): string[] {
  if (value === undefined || value === null) return [];
  const list = texts("ip_allowlist", value);
  const wrong = list.some((range) => !isAddressRange(range));
  if (wrong) throw invalid("ip_allowlist", "must be a list of addresses and ranges, such as 10.0.0.0/8");
  return list;
}

function scope(value: unknown): KeyScope {
  if (value === undefined || value === null) return {};
  if (typeof value !== "object" || Array.isArray(value)) throw invalid("scope", "must be an object with 'tools' and 'verbs'");
  onlyKnown(value as Fields, ["tools", "verbs"]);
  const { tools, verbs } = value as Fields;
  const named = verbs === undefined ? undefined : texts("scope.verbs", verbs);
  if (named?.some((verb) => !VERBS.includes(verb))) throw invalid("scope.verbs", `must be of ${VERBS.join(", ")}`);
  return {
    ...(tools === undefined ? {} : { tools: texts("scope.tools", tools) }),
    ...(named === undefined ? {} : { verbs: named as NonNullable<KeyScope["verbs"]> }),
  };
}

/** A list that allows something: whoever means everything leaves it out. */
function texts(name: string, value: unknown): string[] {
  const usable = (item: unknown) => typeof item === "string" && item !== "" && item.length <= MAX_TEXT_LENGTH;
  if (Array.isArray(value) && value.length > 0 && value.length <= MAX_LIST_LENGTH && value.every(usable))
    return value as string[];
  throw invalid(name, `must be a list of 1 to ${MAX_LIST_LENGTH} texts; leave it out to allow everything`);
}
