// Says whether a client really stops what it should, by trying.

import { fallback } from "../core/fallback.js";
import type { Inside } from "../guarding-client.js";
import type { Coverage } from "../install/coverage.js";
import { guardingClients } from "../install/guards.js";
import { coverageNow } from "../install/install.js";
import { type RuntimeName, runtimeName } from "../install/runtime.js";
import type { FailMode } from "../types.js";
import { checkGateway, type DoctorGateway } from "./gateway-check.js";
import { type DoctorPath, tryPaths } from "./paths.js";

/** What `client.doctor()` found. It holds no key, no credential and nothing of any call. */
export interface DoctorReport {
  /** Whether all is as it should be: every path is blocked, or, when the client is not installed, its own `fetch` is; and a gateway that is configured can be asked. */
  ok: boolean;
  runtime: RuntimeName;
  /** Whether this client is installed. */
  installed: boolean;
  /** Every path that was tried. */
  paths: DoctorPath[];
  engine: {
    /** Whether the build with WebAssembly's vector instructions runs. */
    simd: boolean;
    /** Identifies engine, options and policies together. */
    policyVersion: string;
  };
  failMode: FailMode;
  /** Null when none is configured. */
  gateway: DoctorGateway | null;
  /** Every way out of the process, and whether the installed clients stand in it. */
  coverage: Coverage[];
  /** The same for people. */
  text: string;
}

/** Tries every path with a made-up secret, and looks at what the client depends on. */
export async function doctor(inside: Inside, clientFetch: typeof globalThis.fetch): Promise<DoctorReport> {
  const { settings, engine } = inside;
  const installed = guardingClients().includes(inside);
  const paths = await tryPaths(clientFetch);
  const gateway = await checkGateway(settings);
  const must = paths.filter(({ path }) => installed || path === "client.fetch");
  const blocked = must.every(({ verdict }) => verdict === "blocked");
  const report = {
    ok: blocked && (gateway === null || (gateway.reachable && gateway.keyAccepted !== false)),
    runtime: runtimeName(),
    installed,
    paths,
    engine: { simd: fallback.text === undefined, policyVersion: engine.policyVersion },
    failMode: settings.failMode,
    gateway,
    coverage: coverageNow(),
  };
  return { ...report, text: asText(report) };
}

function asText(report: Omit<DoctorReport, "text">): string {
  const { ok, runtime, installed, paths, engine, failMode, gateway, coverage } = report;
  const rows = (status: Coverage["status"]) =>
    coverage.flatMap((row) => (row.status === status ? [`  ${row.path.padEnd(20)} ${row.what.replaceAll("`", "")}`] : []));
  return [
    `interven doctor: ${ok ? "all is as it should be" : "something is not as it should be"}`,
    "",
    `A made-up secret, sent on every path (${installed ? "this client is installed" : "this client is not installed"})`,
    ...paths.map(({ path, verdict, reasonCodes }) => `  ${path.padEnd(20)} ${said(verdict)}${codes(reasonCodes)}`),
    "",
    "Environment",
    `  ${"runtime".padEnd(20)} ${runtime}`,
    `  ${"engine".padEnd(20)} ${engine.simd ? "with" : "without"} vector instructions, policy version ${engine.policyVersion}`,
    `  ${"fail mode".padEnd(20)} ${failMode}`,
    `  ${"gateway".padEnd(20)} ${gatewayText(gateway)}`,
    ...section("Guarded", rows("guarded")),
    ...section("Refused, because it cannot be scanned", rows("refused")),
    ...section("NOT covered", rows("open")),
    "",
  ].join("\n");
}

const section = (title: string, rows: string[]): string[] => (rows.length === 0 ? [] : ["", title, ...rows]);

const said = (verdict: DoctorPath["verdict"]): string =>
  ({ blocked: "blocked", reached: "NOT BLOCKED: it left", unclear: "unclear: it failed before it was refused" })[verdict];

const codes = (reasons: readonly string[]): string => (reasons.length === 0 ? "" : ` (${reasons.join(", ")})`);

function gatewayText(gateway: DoctorGateway | null): string {
  if (gateway === null) return "none: the local verdict is final";
  if (!gateway.reachable) return `${gateway.url} does NOT answer`;
  const key =
    gateway.keyAccepted === null ? "no key was tried" : gateway.keyAccepted ? "the key is accepted" : "the key is NOT accepted";
  return `${gateway.url} answers, ${key}`;
}
