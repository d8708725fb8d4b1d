import { z } from "zod";
import { httpAddress } from "../../../model/address.ts";
import { uptimeIntervalsSeconds } from "../../../model/sentry/monitors.ts";
import { sentryTextProblem } from "../../../model/sentry/texts.ts";
import { vendorText } from "../../../model/text.ts";
import { type JsonObject, withoutUndefined } from "../../kernel/json.ts";
import { byHand, commonBody, monitorFields, reflectCommon } from "../common.ts";
import { detectorProvider } from "../detector.ts";

const uptimeIntervals = Object.values(uptimeIntervalsSeconds);

const uptimeInputs = z.object({
  ...monitorFields,
  environment: vendorText("an environment has a name", (text) => sentryTextProblem(text, "environment")),
  address: httpAddress.max(255, "is longer than 255 characters"),
  intervalSeconds: z.literal(uptimeIntervals, `is one of ${uptimeIntervals.join(", ")} seconds`),
  timeoutMs: z.int().min(1000, "is at least 1000 ms").max(60_000, "is at most 60000 ms"),
  failures: z.int().min(1, "is at least 1"),
  successes: z.int().min(1, "is at least 1"),
  byHand,
});
export type UptimeInputs = z.infer<typeof uptimeInputs>;

/** Sentry's name of the kind. */
const type = "uptime_domain_failure";

/** Monitors created by people; Sentry also creates others automatically (src/sentry/uptime/types.py). */
const manualMode = 1;

/**
 * A monitor that requests an address (Sentry: src/sentry/uptime/endpoints/validators.py,
 * src/sentry/uptime/grouptype.py).
 */
export const uptimeMonitor = detectorProvider<UptimeInputs>({
  type,
  inputs: uptimeInputs,

  body: (inputs) => ({
    ...commonBody(type, inputs),
    dataSources: [
      {
        ...{ url: inputs.address, method: "GET", body: null, headers: [] },
        ...{ intervalSeconds: inputs.intervalSeconds, timeoutMs: inputs.timeoutMs, traceSampling: false },
      },
    ],
    config: {
      ...{ mode: manualMode, environment: inputs.environment },
      ...{ recoveryThreshold: inputs.successes, downtimeThreshold: inputs.failures },
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
      byHand: setByHand(source),
    }) as UptimeInputs;
  },
});

/** Settings that the definition cannot express, where they differ from what this project writes. */
function setByHand({ method, body, headers, traceSampling }: JsonObject): JsonObject | undefined {
  const found: JsonObject = {
    ...(method !== undefined && method !== "GET" && { method }),
    ...(body !== undefined && body !== null && body !== "" && { body }),
    // Headers may contain a key: only their presence is reported.
    ...(Array.isArray(headers) && headers.length > 0 && { headers: headers.length }),
    ...(traceSampling === true && { traceSampling }),
  };
  return Object.keys(found).length > 0 ? found : undefined;
}
