/**
 * The firewall that runs where the AI agent runs.
 *
 * @packageDocumentation
 */

export * from "./aif/surface.js";
export { AifClient, AifMcpMiddleware, verifySignature } from "./aif.js";
export { IntervenClient } from "./client.js";
export { Detector, type DetectorEnd } from "./detector.js";
export { type AddressClass, classifyAddress, Engine, type RedactOptions, redactText } from "./engine.js";
export { Memory, type MemoryOptions } from "./memory.js";
export * from "./surface.js";
export { gate, guard, scanToolCalls, scanToolUse } from "./wrappers.js";
