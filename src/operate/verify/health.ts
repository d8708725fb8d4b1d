import { z } from "zod";
import { answerWords, fetched } from "../access/fetch.ts";
import { appsDoNotRun, fails, holds, skipped } from "../checks/check.ts";
import type { VerifyCheck } from "./context.ts";

/** What the backend says of itself: `@brandvx/observability/health`, or the FastAPI app's own. */
const health = z.looseObject({
  redis: z.string(),
  posthog: z.string().optional(),
  sentry: z.string().optional(),
  release: z.string().nullish(),
});

const fixes: Readonly<Record<string, string>> = {
  disabled: "`REDIS_URL` is missing where the backend runs: `pulumi up --refresh --run-program`, then a deploy",
  error: "Redis cannot be reached: `npx obs doctor` says why; until it recovers the backend works from its own memory",
};

/** The backend runs, Redis answers it, and its vendors take what it sends. */
export const redisAnswers: VerifyCheck = {
  name: "health",
  title: "The backend reaches Redis",
  async run({ healthUrl, appsRun, signal }) {
    const what = "/health of the backend";
    if (!appsRun) return [skipped(what, appsDoNotRun)];
    const answer = await fetched(healthUrl, {}, signal);
    if (!answer.ok) return [fails(what, `${healthUrl} ${answerWords(answer)}`, "look at the service's log on Render")];
    const said = read(answer.text);
    if (!said)
      return [
        fails(
          what,
          `${healthUrl} says nothing of Redis`,
          "is this the backend? `pulumi config set healthUrl <address>`",
        ),
      ];
    // What this command sends with the variables of now arrives; a backend that was not deployed since has older ones.
    const refused = (["posthog", "sentry"] as const).filter((sink) => said[sink] === "error");
    if (said.redis === "ok" && refused.length > 0) {
      const parts = ["redis: ok", ...refused.map((sink) => `${sink}: error`)].join(", ");
      return [
        fails(what, parts, "what it sends is refused: deploy it on Render, where it may run with older variables"),
      ];
    }
    if (said.redis === "ok") return [holds(what, `redis: ok${said.release ? `, release ${said.release}` : ""}`)];
    return [fails(what, `redis: ${said.redis}`, fixes[said.redis] ?? "look at the service's log on Render")];
  },
};

/** Undefined when the body is no report. */
export function read(text: string): z.output<typeof health> | undefined {
  try {
    return health.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
