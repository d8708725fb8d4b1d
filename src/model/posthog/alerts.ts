import { z } from "zod";

/** When an alert fires, in the unit of the tile's values (a share of 5 % is 0.05). */
export const alertThreshold = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("above"), value: z.number() }),
  z.strictObject({ kind: z.literal("below"), value: z.number() }),
  z.strictObject({ kind: z.literal("rises by"), share: z.number() }),
  z.strictObject({ kind: z.literal("falls by"), share: z.number() }),
]);
export type AlertThreshold = Readonly<z.infer<typeof alertThreshold>>;

/** How often PostHog looks at the value. */
export const alertChecks = ["hourly", "daily", "weekly", "monthly"] as const;
export type AlertCheck = (typeof alertChecks)[number];
