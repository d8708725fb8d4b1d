import { type EventName, flag, initAnalytics, onFlags, setFeatureFlag, track } from "@brandvx/observability/browser";
import { health } from "@brandvx/observability/health";
import { redactText } from "@brandvx/observability/privacy";
import { cached, keys, type LimitAnswer, rateLimit } from "@brandvx/observability/redis";
import { phCapture, flag as serverFlag, withBreadcrumbs } from "@brandvx/observability/server";

initAnalytics({ VITE_POSTHOG_KEY: "phc_x", DEV: true });
initAnalytics({ BASE_URL: "/", MODE: "production", DEV: false, PROD: true, SSR: false } as Record<
  string,
  string | boolean
>);
track("onboarding.stepper_open");
track("ask.prompt_submitted", { onboard: true, length: 3, mode: "chat" });
// @ts-expect-error no such event
track("ask.promt_submitted", { onboard: true, length: 3, mode: "chat" });
// @ts-expect-error length is a number
track("ask.prompt_submitted", { onboard: true, length: "3", mode: "chat" });
// @ts-expect-error an event of the backend
track("cadence.message_sent", { channel: "sms", template_id: "t", contact_id: "c" });

phCapture("cadence.message_sent", "t1", { channel: "sms", template_id: "t", contact_id: "c" });
// @ts-expect-error contact_id is missing
phCapture("cadence.message_sent", "t1", { channel: "sms", template_id: "t" });

const length: "full" | "short" | false = flag("onboarding-length");
const streaming: Promise<boolean> = serverFlag("ask-streaming", { distinctId: "u1", properties: { plan: "pro" } });
const stop: () => void = onFlags(() => setFeatureFlag("onboarding-length", "short"));
// @ts-expect-error no such flag
flag("onboarding-lenght");
// @ts-expect-error no such flag
serverFlag("ask-steaming", { distinctId: "u1" });
// @ts-expect-error no such variant
flag("onboarding-length") === "long";
// @ts-expect-error no such variant
setFeatureFlag("onboarding-length", "long");
// @ts-expect-error on or off
setFeatureFlag("ask-streaming", "on");
// @ts-expect-error no such flag
setFeatureFlag("new-inbox", true);

const name: EventName = "$pageview";
const figures: Promise<{ open: number }> = cached(keys.kpis("t1"), 60, () => ({ open: 1 }));
const answer: Promise<LimitAnswer> = rateLimit("prompts", {
  limit: 1,
  windowSeconds: 60,
  whenRedisIsDown: "open",
}).take("t1");
// @ts-expect-error each limit states what it does when Redis is down
rateLimit("prompts", { limit: 1, windowSeconds: 60 });
const result: number = withBreadcrumbs({ tool: "t", tenantId: "t1" }, () => 1);
const status: Promise<"ok" | "degraded"> = health().then((report) => report.status);

export { answer, figures, length, name, redactText, result, status, stop, streaming };
