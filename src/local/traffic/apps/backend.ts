import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { helperPackage } from "../../../operate/catalog/installed.ts";
import type { BackendDeed } from "../story/deed.ts";
import { type BackendState, openBackendState } from "./backend-state.ts";
import { runAt } from "./clock.ts";

/** The part of the package's server helper that the backend calls. */
interface ServerHelper {
  initServer(env: Environment): Promise<void>;
  phCapture(event: string, tenant: string, properties: object): void;
  captureError(error: unknown, circumstances: { tool: string; tenantId: string }): void;
  shutdown(deadlineMs: number): Promise<unknown>;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The backend's measuring and state. */
export interface Backend {
  /** Sends PostHog what happened. What happens now is also counted in Redis, and an error is sent to Sentry. */
  play(deed: BackendDeed): Promise<void>;
  /** The answer of `/health`. */
  health(): Promise<object>;
  /** Sends queued events and ends; resolves when they have arrived. */
  end(): Promise<void>;
}

/** Maximum time to send queued events before the end. */
const deadlineMs = 20_000;

/** Age beyond which an event is history, and neither counted in Redis nor sent to Sentry. */
const newsMs = 60_000;

/** Opens the backend in this thread, with its service's variables. */
export async function openBackend(env: Environment, redisAuthority?: string): Promise<Backend> {
  if (redisAuthority) setDefaultCACertificates([...getCACertificates("default"), redisAuthority]);
  const helper = (await import(`${helperPackage}/server`)) as ServerHelper;
  const { health } = (await import(`${helperPackage}/health`)) as Pick<Backend, "health">;
  await helper.initServer(env);
  const state: BackendState | undefined = env.REDIS_URL ? await openBackendState(env) : undefined;
  return {
    health,
    async play(deed) {
      const { at, tenant, event, properties } = deed;
      runAt(at, () => helper.phCapture(event, tenant, properties));
      if (Date.now() - at > newsMs || !event.startsWith("cadence.")) return;
      await state?.note(deed);
      if (event === "cadence.message_failed")
        helper.captureError(new Error(String(properties.error)), { tool: "cadence.send", tenantId: tenant });
    },
    async end() {
      await Promise.all([helper.shutdown(deadlineMs), state?.close()]);
    },
  };
}
