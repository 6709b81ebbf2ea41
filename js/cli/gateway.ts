/** `interven gateway`: starts the gateway, says how to use it, stops it cleanly. */
import { networkInterfaces } from "node:os";
import type { SignedMark } from "../gateway/audit/marks.js";
import type { PolicyText } from "../gateway/policies/document.js";
import type { RunningGateway } from "../gateway/serve.js";
import type { Store } from "../gateway/store/store.js";
import { namedAsFlags } from "./arguments.js";
import { CommandError } from "./command-error.js";
import { type GatewayCommand, parseGatewayCommand } from "./gateway-options.js";
import { GATEWAY_HELP } from "./help/gateway.js";
import { engineOf, located, readPolicy } from "./policy/files.js";
import { jsonLine, readableLine, wantsColour } from "./request-lines.js";
import { type AdminCredential, startLine, welcome } from "./welcome.js";

const DAY_MS = 86_400_000;

/** Runs until SIGINT or SIGTERM. */
export async function runGateway(argv: readonly string[]): Promise<void> {
  const command = parseGatewayCommand(argv, process.env);
  if (command.help) {
    process.stdout.write(GATEWAY_HELP);
    return;
  }
  // A wrong policy is told of before anything is made.
  const policyFiles = command.policies.map(readPolicy);
  located(policyFiles, () => engineOf(policyFiles, command));
  const library = await importGateway();
  const remote = command.remote && namedAsFlags("gateway", () => new library.RemoteGateway(command.remote ?? {}));
  const store = await library.openSqliteStore(command.dataDir);
  try {
    const memory = await library.openGatewayMemory(store);
    const engineWith = (applied: readonly PolicyText[]) => engineOf([...policyFiles, ...applied], { ...command, memory });
    const admin = await adminCredential(store, command, library);
    const gateway = await library
      .startGateway({
        engine: engineWith([]),
        engineWith,
        policyFiles,
        environment: command.environment,
        store,
        memory,
        adminHash: admin.hash,
        port: command.port,
        host: command.host,
        mode: command.mode,
        publicHosts: command.publicHosts,
        ...(command.publicUrl === undefined ? {} : { publicUrl: command.publicUrl }),
        allowPrivate: command.allowPrivate,
        tunnelHosts: command.connect,
        ...(remote ? { remote } : {}),
        toolUrls: command.toolUrls,
        ...(command.slack === undefined ? {} : { slack: command.slack }),
        ...(command.webhooks === undefined ? {} : { webhooks: command.webhooks }),
        legacyHmac: command.legacyHmac,
        vault: await library.Vault.of(library.openVaultKey(command.dataDir, command.vaultKey)),
        ...(command.rateLimit === undefined ? {} : { rateLimit: command.rateLimit }),
        ...(command.promptLimit === undefined ? {} : { promptLimit: command.promptLimit }),
        ...(command.maxBodyBytes === undefined ? {} : { maxBodyBytes: command.maxBodyBytes }),
        ...(command.retainDays === undefined ? {} : { retainMs: command.retainDays * DAY_MS }),
        storeBodies: command.storeBodies,
        ...(command.quiet ? {} : { onRequest: requestWriter() }),
      })
      .catch((error: unknown) => {
        throw listenFailure(error, command);
      });
    announce(gateway, command, admin, await store.auditHead(Date.now()));
    await untilSignal(gateway);
  } finally {
    await store.close();
  }
}

/** People read the welcome on the terminal; where standard output is a log for programs, it goes beside it. */
function announce(gateway: RunningGateway, command: GatewayCommand, admin: AdminCredential, head: SignedMark): void {
  const text = welcome(gateway, command, admin, head);
  if (process.stdout.isTTY === true) process.stdout.write(text);
  else {
    process.stderr.write(text);
    process.stdout.write(`${startLine(gateway, command, head)}\n`);
  }
}

function requestWriter() {
  const terminal = process.stdout.isTTY === true;
  const colour = wantsColour(terminal, process.env);
  return (entry: Parameters<typeof jsonLine>[0]) => {
    process.stdout.write(`${terminal ? readableLine(entry, colour) : jsonLine(entry)}\n`);
  };
}

async function adminCredential(store: Store, command: GatewayCommand, library: GatewayLibrary): Promise<AdminCredential> {
  const stored = await store.adminHash();
  if (command.adminToken !== undefined) {
    const hash = await library.hashCredential(command.adminToken);
    if (hash !== stored) await store.setAdminHash(hash);
    return { hash, source: "environment" };
  }
  if (stored !== undefined) return { hash: stored, source: "store" };
  const token = library.createCredential();
  const hash = await library.hashCredential(token);
  await store.setAdminHash(hash);
  return { hash, source: "new", token };
}

function untilSignal(gateway: RunningGateway): Promise<void> {
  return new Promise((resolve, reject) => {
    let stopping = false;
    const stop = () => {
      // A second signal does not wait for requests under way.
      gateway.close(stopping ? 0 : undefined).then(resolve, reject);
      stopping = true;
    };
    process.on("SIGINT", stop);
    process.on("SIGTERM", stop);
  });
}

function listenFailure(error: unknown, command: GatewayCommand): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === "EADDRINUSE") {
    const other = command.port >= 65_535 ? 4100 : command.port + 1;
    return new CommandError(
      1,
      `port ${command.port} is in use. Stop what uses it, or choose another: interven gateway --port ${other}`,
      { cause: error },
    );
  }
  if (code === "EACCES") {
    return new CommandError(
      1,
      `port ${command.port} may not be opened by this user. Choose one above 1023: interven gateway --port 4100`,
      { cause: error },
    );
  }
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND") {
    const own = Object.values(networkInterfaces()).flatMap((entries) => (entries ?? []).map((entry) => entry.address));
    return new CommandError(1, `--host ${command.host} is not an address of this machine. It has: ${own.join(", ")}`, {
      cause: error,
    });
  }
  return error;
}

type GatewayLibrary = typeof import("../gateway/index.js");

/** The gateway's own dependencies are optional: those who only embed the client never install them. */
async function importGateway(): Promise<GatewayLibrary> {
  try {
    return await import("../gateway/index.js");
  } catch (error) {
    const missing = /Cannot find package '([^']+)'/.exec(error instanceof Error ? error.message : "")?.[1];
    if (missing === undefined) throw error;
    throw new CommandError(
      1,
      `the gateway needs the package ${missing}, which was left out of this installation.\nInstall it: npm install hono@4 @hono/node-server undici@7`,
      { cause: error },
    );
  }
}
