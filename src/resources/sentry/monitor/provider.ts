import { sameJson } from "../../kernel/json.ts";
import { detectorProvider } from "../detector.ts";
import { metricType, monitorBody } from "./body.ts";
import { type MonitorInputs, monitorInputs } from "./inputs.ts";
import { isMetricMonitor, reflectMonitor } from "./reflect.ts";

/** A metric monitor. Sentry allows two of the same name, so the name alone does not identify it. */
export const monitor = detectorProvider<MonitorInputs>({
  type: metricType,
  inputs: monitorInputs,
  body: monitorBody,
  reflect: reflectMonitor,
  isIt: (defined, live) => isMetricMonitor(live) && sameJson(reflectMonitor(defined, live), defined),
});
