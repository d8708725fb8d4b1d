import type { TestProject } from "vitest/node";
import { type Engine, ensureEngine } from "../../src/local/engine/ensure.ts";
import { ensureHelperPackage } from "../../src/local/traffic/apps/package.ts";

/**
 * Before the first end-to-end test, once: a `pulumi`, found or built, and the helpers' package, which the packages of
 * every copy of the program link to.
 */
export default async function setUp(project: TestProject): Promise<void> {
  const progress = (line: string): void => console.error(line);
  const [engine] = await Promise.all([ensureEngine({ progress, seesKeys: false }), ensureHelperPackage(progress)]);
  project.provide("engine", engine);
}

declare module "vitest" {
  export interface ProvidedContext {
    engine: Engine;
  }
}
