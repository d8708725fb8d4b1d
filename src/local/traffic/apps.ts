import { type AppThread, startApp } from "./app-thread.ts";
import { startPythonBackend } from "./python-backend.ts";
import type { Deed } from "./story/deed.ts";
import { isBackendDeed, isBrowserDeed } from "./story/story.ts";

type Variables = Readonly<Record<string, string | undefined>>;

/** Environment variables of the two apps. */
export interface AppVariables {
  readonly browser: Variables;
  readonly server: Variables;
  /** Certificate authority of the Redis that REDIS_URL names, as PEM. */
  readonly redisAuthority?: string | undefined;
}

/**
 * The operator UI in a thread of its own, and the backend: a FastAPI service where there is a Python for it, else the Node
 * helpers in a thread.
 * @param notice called with each line that they print
 */
export async function startApps(
  variables: AppVariables,
  notice: (line: string) => void,
  python?: string,
): Promise<AppThread> {
  const { browser, server, redisAuthority } = variables;
  // Sentry's browser SDK cannot work in the page that the thread plays.
  const { VITE_SENTRY_DSN: _, ...env } = browser;
  const tell = (line: string) => notice(`backend: ${line}`);
  const [operatorUi, backend] = await Promise.all([
    startApp({ app: "operator-ui", env }, (line) => notice(`operator-ui: ${line}`)),
    python === undefined
      ? startApp({ app: "backend", env: server, ...(redisAuthority && { redisAuthority }) }, tell)
      : startPythonBackend({ python, env: server, redisAuthority }, tell),
  ]);
  return {
    async play(deeds: readonly Deed[]) {
      await Promise.all([operatorUi.play(deeds.filter(isBrowserDeed)), backend.play(deeds.filter(isBackendDeed))]);
    },
    health: () => backend.health(),
    async end() {
      await Promise.all([operatorUi.end(), backend.end()]);
    },
    async kill() {
      await Promise.all([operatorUi.kill(), backend.kill()]);
    },
  };
}
