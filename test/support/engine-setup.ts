import type { TestProject } from "vitest/node";
import { type Engine, ensureEngine } from "../../src/local/engine/ensure.ts";

/** Before the first end-to-end test: a `pulumi`, found or built once. */
export default async function setUp(project: TestProject): Promise<void> {
  project.provide("engine", await ensureEngine({ progress: (line) => console.error(line), seesKeys: false }));
}

declare module "vitest" {
  export interface ProvidedContext {
    engine: Engine;
  }
}
