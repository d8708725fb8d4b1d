import { z } from "zod";
import { answerWords, fetched } from "../access/fetch.ts";
import { appsDoNotRun, fails, holds, skipped } from "../checks/check.ts";
import type { VerifyCheck } from "./context.ts";

/** State of the backend's delivery to a vendor. */
const sink = z.looseObject({
  reason: z.string().optional(),
  dropped: z.number(),
  refused: z.number(),
});

/** The backend's /health report, from `@brandvx/observability/health` or the FastAPI app. Details may be missing. */
const health = z.looseObject({
  redis: z.string(),
  redis_detail: z
    .looseObject({
      reason: z.string().optional(),
      reasons: z.array(z.looseObject({ said: z.string(), operations: z.array(z.string()) })).optional(),
    })
    .optional()
    .catch(undefined),
  posthog: z.string().optional(),
  posthog_detail: sink.optional().catch(undefined),
  sentry: z.string().optional(),
  sentry_detail: sink.optional().catch(undefined),
  release: z.string().nullish(),
});

const fixes: Readonly<Record<string, string>> = {
  disabled: "`REDIS_URL` is missing where the backend runs: `pulumi up --refresh --run-program`, then a deploy",
  error: "Redis cannot be reached: `npx obs doctor` says why; until it recovers the backend works from its own memory",
};

/** Checks that the backend runs, reaches Redis, and that vendors accept what it sends. */
export const redisAnswers: VerifyCheck = {
  name: "health",
  title: "The backend reaches Redis",
  async run({ healthUrl, appsRun, signal }) {
    const what = "/health of the backend";
    if (!appsRun) return [skipped(what, appsDoNotRun)];
    const answer = await fetched(healthUrl, {}, signal);
    if (!answer.ok) return [fails(what, `${healthUrl} ${answerWords(answer)}`, "look at the service's log on Render")];
    const health = parseHealth(answer.text);
    if (!health)
      return [
        fails(
          what,
          `${healthUrl} does not mention Redis`,
          "is this the backend? `pulumi config set healthUrl <address>`",
        ),
      ];
    // This command sends with the present variables; a backend that was not deployed since still has older ones.
    const refused = (["posthog", "sentry"] as const).filter((sink) => health[sink] === "error");
    if (health.redis === "ok" && refused.length > 0) {
      const parts = ["redis: ok", ...refused.map((name) => sinkInWords(name, health))].join(", ");
      return [
        fails(what, parts, "what it sends is refused: deploy it on Render, where it may run with older variables"),
      ];
    }
    if (health.redis === "ok") {
      const lost = (["posthog", "sentry"] as const).filter((name) => lostOf(health[`${name}_detail`]) > 0);
      const parts = ["redis: ok", ...lost.map((name) => sinkInWords(name, health))];
      return [holds(what, `${parts.join(", ")}${health.release ? `, release ${health.release}` : ""}`)];
    }
    const words = redisInWords(health);
    return [
      fails(
        what,
        `redis: ${health.redis}${words && `: it ${words}`}`,
        fixes[health.redis] ?? "look at the service's log on Render",
      ),
    ];
  },
};

/** Undefined when the body is not a health report. */
export function parseHealth(text: string): z.output<typeof health> | undefined {
  try {
    return health.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

type Health = z.output<typeof health>;

/** What Redis refuses to the backend, with the server's message; "" when /health has only the state. */
export function redisInWords({ redis_detail: detail }: Health): string {
  const refusals = detail?.reasons?.map(({ said, operations }) => `refuses ${operations.join(", ")} (${said})`);
  if (refusals && refusals.length > 0) return refusals.join("; ");
  return detail?.reason === undefined ? "" : `cannot be reached (${detail.reason})`;
}

const lostOf = (detail: Health["posthog_detail"]): number => (detail ? detail.dropped + detail.refused : 0);

/** State of the delivery to a vendor, with the losses since the backend started. */
function sinkInWords(name: "posthog" | "sentry", said: Health): string {
  const detail = said[`${name}_detail`];
  const why = detail?.reason === undefined ? "" : ` (${detail.reason})`;
  const lost = detail && lostOf(detail) > 0 ? `, ${detail.dropped} dropped and ${detail.refused} refused` : "";
  return `${name}: ${said[name]}${why}${lost}`;
}
