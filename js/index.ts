/**
 * The firewall that runs where the AI agent runs.
 *
 * @packageDocumentation
 */

export { IntervenClient } from "./client.js";
export { Detector, type DetectorEnd } from "./detector.js";
export { type AddressClass, classifyAddress, Engine, type RedactOptions, redactText } from "./engine.js";
export { Memory, type MemoryOptions } from "./memory.js";
export * from "./surface.js";
export { gate, guard, scanToolCalls, scanToolUse } from "./wrappers.js";
