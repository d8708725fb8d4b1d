import { z } from "zod";
import { answerWords, fetched } from "../access/fetch.ts";
import { appsDoNotRun, fails, holds, skipped } from "../checks/check.ts";
import type { VerifyCheck } from "./context.ts";

/** What the backend says of itself: `@brandvx/observability/health`, or the FastAPI app's own. */
const health = z.looseObject({ redis: z.string(), release: z.string().nullish() });

const fixes: Readonly<Record<string, string>> = {
  disabled: "`REDIS_URL` is missing where the backend runs: `pulumi up --refresh --run-program`, then a deploy",
  error: "Redis cannot be reached: `npx obs doctor` says why; until it recovers the backend works from its own memory",
};

/** The backend runs, and Redis answers it. */
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
