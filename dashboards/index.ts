import { activationFunnel } from "./activation-funnel.ts";
import { aiEngagement } from "./ai-engagement.ts";
import { cadenceThroughput } from "./cadence-throughput.ts";

/** Every managed dashboard, in the order in which previews list them. */
export const dashboards = [activationFunnel, aiEngagement, cadenceThroughput] as const;
