// The tools by their names, and where each leads.

import type { Arguments, CallTarget } from "../call-target.js";
import { knownOptions } from "../checks.js";
import type { Inside } from "../guarding-client.js";
import { invalidRequest } from "../refusal.js";
import { execute } from "./execute.js";
import type { ToolOptions, ToolResult, Tools } from "./types.js";

/** Where a tool leads, beside its own name. */
const LEADS: Record<string, (params: Arguments) => CallTarget | undefined> = {
  "slack/post_message": () => ({ method: "POST", url: "https://slack.com/api/chat.postMessage" }),
  "github/create_pull_request": (params) => ({ method: "POST", url: `${repository(params)}/pulls` }),
  "github/update_file": (params) => ({ method: "PUT", url: `${repository(params)}/contents/${pathOf(params.path)}` }),
  "gdrive/share_file": ({ file_id }) => ({
    method: "POST",
    url: `https://www.googleapis.com/drive/v3/files/${piece(file_id)}/permissions`,
  }),
  "http/request": ({ url, method = "GET" }) => ({ method: String(method), url: String(url) }),
};

const repository = ({ owner, repo }: Arguments): string => `https://api.github.com/repos/${piece(owner)}/${piece(repo)}`;

/** One segment of a path. A segment of dots would lead elsewhere. */
const piece = (value: unknown): string => (/^\.+$/.test(String(value)) ? "%5B.%5D" : encodeURIComponent(String(value)));

const pathOf = (path: unknown): string => String(path).split("/").map(piece).join("/");

/** The tools of a client. */
export function tools(inside: Inside): Tools {
  const call: Tools["call"] = async (tool, operation, params = {}, options = {}) => {
    if (!isWord(tool) || !isWord(operation))
      throw invalidRequest("A tool and an operation are words of letters, digits, hyphens and underscores.");
    return await execute(inside, { tool, operation, params, leads: LEADS[`${tool}/${operation}`] }, options);
  };
  const named =
    <Params extends object>(tool: string, operation: string, names: readonly string[], defaults: Arguments = {}) =>
    async (params: Params, options?: ToolOptions): Promise<ToolResult> => {
      knownOptions(params, names);
      const said = Object.entries({ ...defaults, ...params }).filter(([, value]) => value !== undefined);
      return await call(tool, operation, Object.fromEntries(said.map(([name, value]) => [onTheWire(name), value])), options);
    };
  const file = ["owner", "repo", "path", "message", "content", "sha", "branch"];
  const pull = ["owner", "repo", "title", "head", "base", "body"];
  return {
    slack: { postMessage: named("slack", "post_message", ["text", "channel", "blocks"]) },
    github: {
      createPullRequest: named("github", "create_pull_request", pull, { base: "main" }),
      updateFile: named("github", "update_file", file),
    },
    gdrive: { shareFile: named("gdrive", "share_file", ["fileId", "role", "type", "emailAddress"]) },
    http: { request: named("http", "request", ["url", "method", "body", "headers"], { method: "GET" }) },
    call,
  };
}

/** `fileId` is `file_id` there. */
const onTheWire = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const isWord = (name: unknown): name is string => typeof name === "string" && /^[A-Za-z0-9_-]{1,64}$/.test(name);
