import { holds } from "../checks/check.ts";
import type { VerifyCheck } from "./context.ts";

/** Adds an annotation to PostHog's charts. A refusal is reported like any other failure. */
export const annotation = (text: string): VerifyCheck => ({
  name: "annotation",
  title: "The mark on PostHog's charts",
  async run({ posthog, clock }) {
    await posthog.annotate(text, new Date(clock.now()));
    return [holds("A mark on PostHog's charts", `“${text}”`)];
  },
});
