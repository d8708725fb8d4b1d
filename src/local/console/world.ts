import type { InsightAlertDefinition } from "../../alerts/posthog/index.ts";
import type { DashboardDefinition } from "../../insights/define/index.ts";
import type { Cloud } from "../cloud.ts";
import type { StackResource } from "../pulumi.ts";
import type { Happening } from "../traffic/index.ts";
import type { DriftCommand, DriftWork } from "./resources/drift.ts";

/** What the console shows and works on. */
export interface ConsoleOptions {
  readonly cloud: Pick<Cloud, "posthog" | "sentry" | "upstash" | "cloudflare" | "render" | "redis" | "answer">;
  readonly dashboards: readonly DashboardDefinition[];
  readonly alerts: readonly InsightAlertDefinition[];
  /** What the stack consists of now; empty before the first `up`. */
  readonly resources: () => readonly StackResource[];
  /** Makes something happen in BrandVX's apps. */
  readonly happen: (what: Happening) => void;
  /** What the buttons of the drift check run. */
  readonly drift: Readonly<Record<DriftCommand, DriftWork>>;
  /** Default 0: any free port. */
  readonly port?: number;
}
