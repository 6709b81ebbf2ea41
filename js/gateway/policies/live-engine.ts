/** The engine that decides now: another one takes its place when policies change. */
import type { Engine } from "../../engine.js";

/** What the gateway asks of an engine. */
export type GatewayEngine = Pick<Engine, "begin" | "decideHere" | "scan" | "explain" | "scanResponse" | "policyVersion">;

/** An engine that other policies can be tried with. */
export type PolicyEngine = GatewayEngine & Pick<Engine, "replay" | "policyNotices">;

/** Whoever holds it asks the engine of the moment. */
export class LiveEngine implements GatewayEngine {
  constructor(private engine: GatewayEngine) {}

  /** From the next question on. Both engines have the same memory. */
  replace(engine: GatewayEngine): void {
    this.engine = engine;
  }

  get policyVersion(): string {
    return this.engine.policyVersion;
  }

  begin(...question: Parameters<GatewayEngine["begin"]>): ReturnType<GatewayEngine["begin"]> {
    return this.engine.begin(...question);
  }

  decideHere(...question: Parameters<GatewayEngine["decideHere"]>): ReturnType<GatewayEngine["decideHere"]> {
    return this.engine.decideHere(...question);
  }

  scan(...question: Parameters<GatewayEngine["scan"]>): ReturnType<GatewayEngine["scan"]> {
    return this.engine.scan(...question);
  }

  explain(...question: Parameters<GatewayEngine["explain"]>): ReturnType<GatewayEngine["explain"]> {
    return this.engine.explain(...question);
  }

  scanResponse(...question: Parameters<GatewayEngine["scanResponse"]>): ReturnType<GatewayEngine["scanResponse"]> {
    return this.engine.scanResponse(...question);
  }
}
