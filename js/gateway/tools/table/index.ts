/** The tools that have operations, by their names in policies. */
import type { ToolTable } from "../operation.js";
import { HUBSPOT, SENDGRID, STRIPE } from "./business.js";
import { DISCORD, SLACK } from "./chat.js";
import { GITHUB, GITLAB } from "./code.js";
import { ANTHROPIC, OPENAI } from "./models.js";
import { GDRIVE, JIRA, LINEAR, NOTION, PAGERDUTY } from "./work.js";

export const TABLES: ReadonlyMap<string, ToolTable> = new Map([
  ["anthropic", ANTHROPIC],
  ["discord", DISCORD],
  ["gdrive", GDRIVE],
  ["github", GITHUB],
  ["gitlab", GITLAB],
  ["hubspot", HUBSPOT],
  ["jira", JIRA],
  ["linear", LINEAR],
  ["notion", NOTION],
  ["openai", OPENAI],
  ["pagerduty", PAGERDUTY],
  ["sendgrid", SENDGRID],
  ["slack", SLACK],
  ["stripe", STRIPE],
]);
