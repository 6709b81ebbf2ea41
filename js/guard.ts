// A function whose arguments are scanned before it runs, and that runs with exactly what was scanned.

import { executed } from "./approvals/executed.js";
import { type Arguments, callTargets, type TargetOptions } from "./call-target.js";
import { knownOptions } from "./checks.js";
import { CALL_OPTIONS, type CallOptions, callOptions, decideCall } from "./decide-call.js";
import { ConfigurationError, EngineError, GatewayError } from "./errors.js";
import type { Inside } from "./guarding-client.js";
import { NotPlain, plainCopy, sameShape } from "./plain-copy.js";
import { isRecord } from "./record.js";
import { invalidRequest, refusal } from "./refusal.js";

/**
 * How a function is guarded. Without `tool` and `url` its name stands for what it does, and what the name suggests (Slack,
 * GitHub, Google Drive, the URL among the arguments) is scanned as well: it can only make the verdict stricter.
 */
export interface GuardOptions extends TargetOptions, CallOptions {}

/** The names of the options above. */
export const GUARD_OPTIONS = [...CALL_OPTIONS, "tool", "operation", "url", "method"] as const;

/** A guarded function: takes what the function takes. */
export type Guarded<Parameters extends unknown[], Result> = (...args: Parameters) => Promise<Awaited<Result>>;

/** Wraps a function for the client. */
export function guard<Parameters extends unknown[], Result>(
  inside: Inside,
  fn: (...args: Parameters) => Result,
  options: GuardOptions,
): Guarded<Parameters, Result> {
  if (typeof fn !== "function") throw new ConfigurationError("guard takes a function.");
  knownOptions(options, GUARD_OPTIONS);
  const targets = callTargets(options, "custom", fn.name || "anonymous");
  const own = callOptions(options);

  const guarded = async function (this: unknown, ...args: Parameters): Promise<Awaited<Result>> {
    const given = snapshot(args);
    const call = { body: given.text, targets: (body: string) => targets(namedArguments(JSON.parse(body))) };
    const outcome = await decideCall(inside, inside.decide, call, { ...own, wait: true });
    if (!outcome.forward || outcome.request === undefined) throw refusal(outcome, "", "The guarded function was not called");
    const restored = given.restored(outcome.request.body) as Parameters;
    return await executed(outcome, () => fn.apply(this, restored));
  };
  return Object.defineProperty(guarded, "name", { value: fn.name });
}

/** The arguments as they were when the function was called. */
interface ArgumentsSnapshot {
  /** What is scanned: the only argument where it is an object, else `{"args": […]}`. */
  text: string;
  /** The arguments that such a text stands for. */
  restored(body: Uint8Array): unknown[];
}

function snapshot(args: unknown[]): ArgumentsSnapshot {
  const copies = args.map((argument, index) => (argument === undefined ? null : copied(argument, index)));
  const alone = copies.length === 1 && isRecord(copies[0]);
  const given = alone ? copies[0] : copies.length === 0 ? {} : { args: copies };
  return {
    text: JSON.stringify(given),
    restored: (body) => {
      const value = parsed(body);
      // A gateway can answer anything: the function gets as many arguments as it was given, each made as it was.
      if (!sameShape(given, value)) throw reshaped();
      const all = alone ? [value] : copies.length === 0 ? [] : (value as { args: unknown[] }).args;
      return all.map((argument, index) => (args[index] === undefined && argument === null ? undefined : argument));
    },
  };
}

function copied(argument: unknown, index: number): unknown {
  try {
    return plainCopy(argument);
  } catch (error) {
    // A getter's own error may quote what it failed on.
    const why = error instanceof NotPlain ? error.message : "something that cannot be read";
    throw invalidRequest(
      `Argument ${index + 1} cannot be scanned, so the function was not called: it is or holds ${why}. ` +
        "Only what JSON can say in full is scanned; pass the rest in by a function around it.",
    );
  }
}

function parsed(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { ignoreBOM: true }).decode(body));
  } catch {
    throw new EngineError("The redacted arguments are no JSON; the function was not called.");
  }
}

const reshaped = () =>
  new GatewayError("The redacted arguments are not in the shape that they had; the function was not called.", {
    decision: "DENY",
    reasonCodes: ["GATEWAY_ANSWER_INVALID"],
  });

/** What a name may suggest a target from: the members of the first argument that has any. */
function namedArguments(body: unknown): Arguments {
  const { args } = body as { args?: unknown };
  const all: unknown[] = Array.isArray(args) ? args : [body];
  const named = (all.find(isRecord) ?? {}) as Arguments;
  // `fetchPage("https://…")`: the URL may stand alone.
  const url = named.url ?? all.find((argument) => typeof argument === "string" && /^[a-z][a-z0-9+.-]*:\/\//i.test(argument));
  return { ...named, url };
}
