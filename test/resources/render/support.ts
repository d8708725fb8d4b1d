import { afterEach, vi } from "vitest";
import { type RenderTwin, type RenderTwinOptions, startRenderTwin } from "../../../src/local/twins/render/index.ts";
import { serviceVariables } from "../../../src/resources/render/providers.ts";
import type { ServiceVariablesInputs } from "../../../src/resources/render/variables/inputs.ts";
import { httpClient } from "../../local/twins/http-client.ts";
import { Lifetime } from "../lifetime.ts";

const running: RenderTwin[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all(running.splice(0).map((twin) => twin.stop()));
});

export const serviceId = "srv-0123456789abcdefghij";
export const apiKey = "rnd_0123456789";
export const open = (value: string) => ({ visibility: "public" as const, value });
export const secret = (value: string) => ({ visibility: "secret" as const, value });

export const redis1 = "rediss://default:marked-secret-1@redis.example:6379";
export const redis2 = "rediss://default:marked-secret-2@redis.example:6379";

/** The variables that the stack wants, with a test's changes. */
export const desiredInputs = (changes: Partial<ServiceVariablesInputs> = {}): ServiceVariablesInputs => ({
  serviceId,
  variables: { SENTRY_ENVIRONMENT: open("production"), REDIS_URL: secret(redis1), POSTHOG_HOST: open("https://ph") },
  adopt: [],
  deploy: "after-change",
  ...changes,
});

export const values = ({ variables }: ServiceVariablesInputs): Record<string, string> =>
  Object.fromEntries(Object.entries(variables).map(([name, { value }]) => [name, value]));

/** More variables than a page of Render's has by default, and more than the largest page. */
export const manyOfTheirs = (count = 130): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, number) => [`THEIR_${number}`, `their-secret-${number}`]));

/** A service that people have configured, with variables of their own. */
export async function renderService({
  theirs = { DATABASE_URL: "postgres://theirs" },
  config = {},
  twin: options = {},
}: {
  theirs?: Record<string, string>;
  config?: Record<string, string>;
  twin?: RenderTwinOptions;
} = {}) {
  vi.stubEnv("RENDER_API_KEY", "");
  const service = { id: serviceId, name: "backend", envVars: theirs };
  const twin = await startRenderTwin({ apiKey, services: [service], ...options });
  running.push(twin);
  const api = httpClient(twin.url, { Authorization: `Bearer ${apiKey}` });
  const another = () =>
    new Lifetime<ServiceVariablesInputs>(serviceVariables, {
      "render:host": `${twin.url}/v1`,
      "render:apiKey": apiKey,
      ...config,
    });
  return {
    twin,
    resource: another(),
    /** The resource for another process. */
    another,
    variables: () => twin.variables(serviceId) ?? {},
    deploys: () => twin.deploys(serviceId).map(({ env }) => env),
    /** Method and the end of the path of every write since the last call. */
    writes: () => {
      const sent = twin.requests.writes().map(({ method, path }) => `${method} ${path.split(`${serviceId}/`)[1]}`);
      twin.requests.clear();
      return sent;
    },
    setByHand: (name: string, value: string) => api.put(`/v1/services/${serviceId}/env-vars/${name}`, { value }),
    removeByHand: (name: string) => api.delete(`/v1/services/${serviceId}/env-vars/${name}`),
    deleteService: () => api.delete(`/v1/services/${serviceId}`),
  };
}
