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

/** Which conversion of a funnel an alert watches. PostHog has it in per cent, 0 to 100; here it is a share, 0 to 1. */
export const alertConversion = z.strictObject({
  /** Number of the step that people reach, from 0; absent: the last one. */
  toStep: z.int("is no step's number").min(1, "the first step is everybody's: steps are numbered from 0").optional(),
  /** Of whom it is a share: of those who did the first step, or the step before. */
  from: z.enum(["first step", "step before"]),
});
export type AlertConversion = Readonly<z.infer<typeof alertConversion>>;
