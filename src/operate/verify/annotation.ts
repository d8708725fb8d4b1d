import { holds } from "../checks/check.ts";
import type { VerifyCheck } from "./context.ts";

/** Marks the moment on PostHog's charts. One that is refused is told like anything else that does not work. */
export const annotation = (text: string): VerifyCheck => ({
  name: "annotation",
  title: "The mark on PostHog's charts",
  async run({ posthog, clock }) {
    await posthog.annotate(text, new Date(clock.now()));
    return [holds("A mark on PostHog's charts", `“${text}”`)];
  },
});
