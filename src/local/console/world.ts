import type { Cloud } from "../cloud.ts";
import type { Edits } from "../edits/loop.ts";
import type { StackResource } from "../pulumi.ts";
import type { Happening } from "../traffic/index.ts";
import type { DriftCommand, DriftWork } from "./resources/drift.ts";

/** What the console shows and works on. */
export interface ConsoleOptions {
  readonly cloud: Pick<Cloud, "posthog" | "sentry" | "upstash" | "cloudflare" | "render" | "redis" | "answer">;
  /** What the files say now, what of it the stack was brought up with, and how far the newest edit has come. */
  readonly edits: () => Edits;
  /** What the stack consists of now; empty before the first `up`. */
  readonly resources: () => readonly StackResource[];
  /** Builds the operator UI with the variables that Pages has now, and runs that. */
  readonly deploy: () => Promise<void>;
  /** Makes something happen in BrandVX's apps. */
  readonly happen: (what: Happening) => void;
  /** What the buttons of the drift check run. */
  readonly drift: Readonly<Record<DriftCommand, DriftWork>>;
  /** Default 0: any free port. */
  readonly port?: number;
}
