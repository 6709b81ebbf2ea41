/** What the gateway prints when it is up. */
import type { SignedMark } from "../gateway/audit/marks.js";
import type { RunningGateway } from "../gateway/serve.js";
import type { GatewayCommand } from "./gateway-options.js";

/** The administrator's credential; the text itself only when it was just made. */
export interface AdminCredential {
  hash: string;
  source: "new" | "store" | "environment";
  token?: string;
}

/** The welcome, for people. */
export function welcome(gateway: RunningGateway, command: GatewayCommand, admin: AdminCredential, head: SignedMark): string {
  const base = `http://localhost:${gateway.port}`;
  const lines = [
    "",
    `  interven gateway is up: ${gateway.url}  (${command.mode} mode)`,
    "",
    ...(admin.token
      ? [credentialLines(gateway, admin.token)]
      : [`  Console   ${gateway.url}`, `            ${credentialSource(admin)}`]),
    "",
    "  Agents call an upstream through the proxy. This call holds a made-up AWS key and is denied;",
    "  nothing leaves this machine:",
    "",
    `    curl -sS ${base}/proxy/https://api.example.com/notes \\`,
    `      -H 'content-type: application/json' -d '{"note":"${sampleKey()}"}'`,
    "",
    `  Records   ${command.dataDir}, entries so far: ${head.seq}, signed with the key whose public half is`,
    `            ${head.public_key}`,
    "  Stop      Ctrl-C",
    "",
  ];
  return `${lines.join("\n")}\n`;
}

function credentialLines(gateway: RunningGateway, token: string): string {
  return [
    `  Console   ${gateway.url}#token=${token}`,
    "            The part after the # is the administrator's credential. It is shown this once: keep it,",
    "            and keep it from agents. To set your own, start with INTERVEN_ADMIN_TOKEN.",
  ].join("\n");
}

function credentialSource(admin: AdminCredential): string {
  return admin.source === "environment"
    ? "Sign in with the credential in INTERVEN_ADMIN_TOKEN."
    : "Sign in with the credential that the first start printed; INTERVEN_ADMIN_TOKEN sets a new one.";
}

/** The first line of a log for programs. Where logs are collected elsewhere, the head of the record is kept with them. */
export function startLine(gateway: RunningGateway, command: GatewayCommand, head: SignedMark): string {
  const { url, port } = gateway;
  return JSON.stringify({
    time: new Date().toISOString(),
    event: "listening",
    url,
    port,
    mode: command.mode,
    data_dir: command.dataDir,
    audit_head: head,
  });
}

/** A random text in the form of an AWS access key id: the detector takes it for one, AWS does not know it. */
function sampleKey(): string {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return `AK${"IA"}${Array.from(bytes, (byte) => alphabet.charAt(byte % 32)).join("")}`;
}
