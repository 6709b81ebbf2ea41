/**
 * For the tests of programs that use interven: a gateway that does what it is told, and a clock on which waits cost nothing.
 *
 * @packageDocumentation
 */

export type { Clock } from "../clock.js";
export { FakeClock, type FakeClockOptions } from "./fake-clock.js";
export type { Leak } from "./leaks.js";
export { type GatewayRequest, ScriptedGateway, type ScriptedGatewayOptions } from "./scripted-gateway.js";
export type { ApprovalScript, ApprovalState, Fault, RawStep, ScanStep } from "./steps.js";
export type { Sent } from "./transport.js";
