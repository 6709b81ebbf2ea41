// The glue that wasm-bindgen makes from src/js/, as far as it is used here.
export function __wbg_set_wasm(exports: WebAssembly.Exports): void;
export function classifyAddress(text: string): string;
export function redactText(text: string): string;
export function engineNew(options: string): number;
export function engineFree(engine: number): void;
export function enginePolicyVersion(engine: number): string | undefined;
export function engineTimeZones(engine: number): string;
export function engineExplain(engine: number, texts: number, at: number, body: number, memory: number): string | undefined;
export function engineScanResponse(
  engine: number,
  memory: number,
  texts: number,
  at: number,
  body: number,
  timeMs: number,
): string | undefined;
export function engineReplay(engine: number, record: string): string | undefined;
export function policyNotices(text: string, source: string, timeMs: number): string;
export function memoryNew(key: Uint8Array, replica: Uint8Array, state: string): number;
export function memoryFree(memory: number): void;
export function memoryState(memory: number): string;
export function memoryMerge(memory: number, key: Uint8Array, state: string): void;
export function memoryForget(memory: number, timeMs: number): void;
export function memoryJudge(memory: number, agent: string, judgement: string): void;
export function memoryTrust(memory: number, agent: string): number;
export function memoryDecide(memory: number, digest: string, agent: string, approved: boolean, untilMs: number): void;
export function engineRedact(engine: number, vault: number, text: string): string | undefined;
export function vaultNew(mostEntries: number): number;
export function vaultFree(vault: number): void;
export function vaultClear(vault: number): void;
export function vaultSize(vault: number): number;
export function vaultRestore(vault: number, bytes: Uint8Array): Uint8Array | undefined;
export function reserve(length: number): number;
export function scanBegin(engine: number, texts: number, at: number, body: number, memory: number, now: number): number;
export function scanHere(engine: number, texts: number, at: number, body: number, memory: number, reports: boolean): number;
export function scanFree(scan: number): void;
export function scanPoll(scan: number): number;
export function scanOutput(scan: number): string;
export function scanReport(scan: number): number;
export function scanReportAt(): number;
export function scanTakeBody(scan: number): Uint8Array | undefined;
export function scanPendingApproval(scan: number): string | undefined;
export function scanHandleResponse(
  scan: number,
  engine: number,
  status: number,
  body: Uint8Array,
  retryAfterMs: number | undefined,
  now: number,
): void;
export function scanHandleFailure(scan: number, transport: boolean, now: number): void;
export function scanHandleExhausted(scan: number): void;
export function readApproval(body: Uint8Array, approvalId: string): string | undefined;
export function scanHandleTimeout(scan: number, now: number): void;
export function scanHandleCancel(scan: number): void;
export function detectorNew(engine: number): number;
export function detectorFree(detector: number): void;
export function detectorPush(detector: number, length: number): string | undefined;
export function detectorSettled(detector: number): number | undefined;
export function detectorFinish(detector: number): string | undefined;
export function hmacSha256(key: number): Uint8Array | undefined;
export function verifyHmacSha256(key: number, tag: number): boolean;
export function redactorNew(
  engine: number,
  memory: number,
  trace: string,
  reading: string,
  contentType: string,
  redacts: string,
  flags: number,
): number;
export function redactorFree(redactor: number): void;
export function redactorPush(redactor: number, length: number, ends: boolean, timeMs: number): string | undefined;
export function redactorTake(redactor: number): Uint8Array | undefined;
export function redactorReport(redactor: number): string | undefined;
