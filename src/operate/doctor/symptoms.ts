import { captureWorks } from "./capture.ts";
import type { Symptom } from "./context.ts";
import { keysOpen } from "./keys.ts";
import { redisIsReached } from "./redis.ts";
import { sentryHears } from "./sentry.ts";

/** All diagnoses, in the order of the report. */
export const symptoms: readonly Symptom[] = [keysOpen, captureWorks, sentryHears, redisIsReached];
