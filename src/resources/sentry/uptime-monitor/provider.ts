import { z } from "zod";
import { sentryTextProblem } from "../../../model/sentry/texts.ts";
import { vendorText } from "../../../model/text.ts";
import { type JsonObject, withoutUndefined } from "../../kernel/json.ts";
import { monitorFields, reflectCommon } from "../common.ts";
import { detectorProvider } from "../detector.ts";

/** Sentry: UptimeSubscription.IntervalSeconds (src/sentry/uptime/models.py). */
export const uptimeIntervals = [60, 300, 600, 1200, 1800, 3600] as const;

const uptimeInputs = z.object({
  ...monitorFields,
  environment: vendorText("an environment has a name", (text) => sentryTextProblem(text, "environment")),
  address: z
    .url({ protocol: /^https?$/, error: "is not an http(s) address" })
    .max(255, "is longer than 255 characters"),
  intervalSeconds: z.literal(uptimeIntervals, `is one of ${uptimeIntervals.join(", ")} seconds`),
  timeoutMs: z.int().min(1000, "is at least 1000 ms").max(60_000, "is at most 60000 ms"),
  failures: z.int().min(1, "is at least 1"),
  successes: z.int().min(1, "is at least 1"),
  /** Only for settings made by hand: a refresh shows them, the next `up` removes them. */
  byHand: z.looseObject({}).optional(),
});
export type UptimeInputs = z.infer<typeof uptimeInputs>;

/** Monitors created by people; Sentry also creates others automatically (src/sentry/uptime/types.py). */
const manualMode = 1;

/**
 * A monitor that requests an address (Sentry: src/sentry/uptime/endpoints/validators.py,
 * src/sentry/uptime/grouptype.py).
 */
export const uptimeMonitor = detectorProvider<UptimeInputs>({
  type: "uptime_domain_failure",
  inputs: uptimeInputs,

  body: ({ project, name, description, owner, enabled, environment, address, ...when }) => ({
    ...{ projectId: project, type: "uptime_domain_failure", name, description: description ?? null },
    ...{ enabled, owner: owner ?? null },
    dataSources: [
      {
        ...{ url: address, method: "GET", body: null, headers: [] },
        ...{ intervalSeconds: when.intervalSeconds, timeoutMs: when.timeoutMs, traceSampling: false },
      },
    ],
    config: {
      ...{ mode: manualMode, environment },
      ...{ recoveryThreshold: when.successes, downtimeThreshold: when.failures },
    },
  }),

  reflect(defined, live) {
    const source = (live.dataSources?.[0]?.queryObj ?? {}) as JsonObject;
    const { environment, recoveryThreshold, downtimeThreshold } = live.config ?? {};
    const { url, intervalSeconds, timeoutMs } = source;
    return withoutUndefined({
      ...{ organization: defined.organization, project: defined.project },
      ...reflectCommon(defined, live),
      ...{ environment: environment ?? "", address: url ?? "" },
      ...{ intervalSeconds: intervalSeconds ?? 0, timeoutMs: timeoutMs ?? 0 },
      ...{ failures: downtimeThreshold ?? 0, successes: recoveryThreshold ?? 0 },
      byHand: byHand(source),
    }) as UptimeInputs;
  },
});

/** Settings that the definition cannot express, where they differ from what this project writes. */
function byHand({ method, body, headers, traceSampling }: JsonObject): JsonObject | undefined {
  const found: JsonObject = {
    ...(method !== undefined && method !== "GET" && { method }),
    ...(body !== undefined && body !== null && body !== "" && { body }),
    // Headers may contain a key: only their presence is reported.
    ...(Array.isArray(headers) && headers.length > 0 && { headers: headers.length }),
    ...(traceSampling === true && { traceSampling }),
  };
  return Object.keys(found).length > 0 ? found : undefined;
}
