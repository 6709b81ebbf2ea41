// Where the call of a function leads: what its author says, or what its name suggests. A suggestion is scanned in addition to
// the plain name, never instead of it, so it can only make a verdict stricter.

import { ConfigurationError } from "./errors.js";

/** Where calls of a function lead, as its author knows it. */
export interface TargetOptions {
  /** The service that it reaches, such as `slack`. */
  tool?: string | undefined;
  /** What it does there, such as `post_message`. Default: the name of the function. */
  operation?: string | undefined;
  /** The URL that it calls. */
  url?: string | undefined;
  /** Default `POST`. */
  method?: string | undefined;
}

/** One reading of a call. */
export interface CallTarget {
  method: string;
  url: string;
}

/** Arguments by name. */
export type Arguments = Record<string, unknown>;

/** The readings of a call with given arguments: always as many, in the same order, for the same arguments but for redactions. */
export type Targets = (args: Arguments) => CallTarget[];

/**
 * The readings of the calls of a function. What its author says holds; without a tool and a URL its name stands for it, and what
 * the name suggests beside it.
 *
 * @throws {ConfigurationError} for a tool, an operation, a URL or a method that cannot stand in a call.
 */
export function callTargets(stated: TargetOptions, framework: string, name: string): Targets {
  const { operation = name, method = "POST" } = stated;
  const own = statedTargets(stated, name);
  if (own.length > 0) return () => own;
  return (args) => [{ method, url: toolUrl(framework, operation) }, ...suggestedTargets(operation, args)];
}

/** What an author says about a call. */
export function statedTargets({ tool, operation, url, method = "POST" }: TargetOptions, name: string): CallTarget[] {
  if (typeof method !== "string" || !/^[A-Za-z-]{1,32}$/.test(method))
    throw new ConfigurationError("method must be the name of an HTTP method.");
  if (tool !== undefined && !(typeof tool === "string" && /^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/.test(tool)))
    throw new ConfigurationError("tool must be a name of letters, digits, dots, hyphens and underscores.");
  if (operation !== undefined && !(typeof operation === "string" && isName(operation)))
    throw new ConfigurationError("operation must be a name.");
  if (url !== undefined && !(typeof url === "string" && URL.canParse(url)))
    throw new ConfigurationError("url must be an absolute URL.");
  const targets: CallTarget[] = [];
  if (tool !== undefined) targets.push({ method, url: toolUrl(tool, operation ?? name) });
  if (url !== undefined) targets.push({ method, url });
  return targets;
}

/** Whether a text can be the last piece of a URL's path. */
export const isName = (name: string): boolean => name.length <= 256 && /[^.]/.test(name) && !/\p{Surrogate}/u.test(name);

/** The URL that stands for a function of a framework. */
export const toolUrl = (framework: string, name: string): string =>
  `tool://${framework}/${encodeURIComponent(isName(name) ? name : "unnamed")}`;

const READS = /get|fetch|read|list|search/;

/** What the name of a function suggests, together with its arguments. */
export function suggestedTargets(name: string, args: Arguments): CallTarget[] {
  const words = name.replace(/([a-z0-9])([A-Z])/g, "$1_$2").toLowerCase();
  const has = (...parts: string[]) => parts.some((part) => words.includes(part));
  const urls: string[] = [];
  if (has("slack", "post_message", "webhook")) urls.push("https://slack.com/api/chat.postMessage");
  if (has("github", "pull_request", "commit")) urls.push(githubUrl(words, args));
  if (has("drive", "share_file")) urls.push(driveUrl(words, args));
  if (has("fetch", "http", "request") && typeof args.url === "string" && URL.canParse(args.url)) urls.push(args.url);
  const byName = READS.test(words) ? "GET" : "POST";
  const stated = typeof args.method === "string" && /^[A-Za-z]{1,16}$/.test(args.method) ? args.method.toUpperCase() : byName;
  return urls.flatMap((url) => [...new Set([stated, byName])].map((method) => ({ method, url })));
}

function githubUrl(words: string, { owner, repo }: Arguments): string {
  if (!isText(owner) || !isText(repo)) return "https://api.github.com/";
  const kind = words.includes("pull_request") ? "/pulls" : words.includes("commit") ? "/git/commits" : "";
  return `https://api.github.com/repos/${encodeURIComponent(owner)}/${encodeURIComponent(repo)}${kind}`;
}

function driveUrl(words: string, { file_id, fileId = file_id }: Arguments): string {
  const files = "https://www.googleapis.com/drive/v3/files";
  if (!isText(fileId)) return files;
  return `${files}/${encodeURIComponent(fileId)}${words.includes("share") ? "/permissions" : ""}`;
}

const isText = (value: unknown): value is string => typeof value === "string" && isName(value);
