import type { Cloud } from "../cloud.ts";
import type { Edits } from "../edits/loop.ts";
import type { StackResource } from "../pulumi.ts";
import type { Happening } from "../traffic/index.ts";
import type { DriftCommand, DriftWork } from "./resources/drift.ts";

/** The console's dependencies. */
export interface ConsoleOptions {
  readonly cloud: Pick<
    Cloud,
    "posthog" | "sentry" | "upstash" | "cloudflare" | "render" | "slack" | "redis" | "answer"
  >;
  /** The present files, the definitions of the last `up`, and the state of the newest edit. */
  readonly edits: () => Edits;
  /** The stack's present resources; empty before the first `up`. */
  readonly resources: () => readonly StackResource[];
  /** Builds and deploys the operator UI with the present variables of Pages. */
  readonly deploy: () => Promise<void>;
  /** Makes something happen in BrandVX's apps. */
  readonly happen: (what: Happening) => void;
  /** Commands of the drift check's buttons. */
  readonly drift: Readonly<Record<DriftCommand, DriftWork>>;
  /** Default 0: any free port. */
  readonly port?: number;
}
