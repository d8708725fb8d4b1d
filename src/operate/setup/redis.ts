import { vendors } from "../../model/vendors/index.ts";
import type { UpstashApi } from "../../resources/upstash/api.ts";
import { isFailure } from "../command/failure.ts";
import { lookAtRedis } from "../import/redis.ts";
import { standingWords } from "../import/take-over-page.ts";
import type { Resource } from "../plan/plan.ts";
import type { Stack } from "../stack/stack.ts";
import type { Decisions } from "./questions.ts";
import type { VendorLook } from "./report.ts";

/** The default of src/platform/settings/redis.ts. */
const usualName = "brandvx";

/** Finds the database at Upstash to take over, or asks what a new one needs. */
export async function lookAtUpstash(
  decisions: Decisions,
  api: UpstashApi,
  { stack, state, region }: { stack: Stack; state: readonly Resource[]; region: string | undefined },
): Promise<VendorLook> {
  const { draft } = decisions;
  const names = [...new Set((await api.databases()).map(({ name }) => name))];
  const isNamed = draft.value("redis.existing") !== undefined || draft.value("redis.databaseName") !== undefined;
  if (!isNamed && !names.includes(usualName) && names.length > 0)
    await decisions.decide({
      ...{ path: "redis.databaseName", isOpen: true },
      ask: `Which Redis database is it? (${usualName} would be a new one, at a price of its own)`,
      choices: names.map((name) => ({ value: name, what: name })),
    });
  const { found, settings } = await lookAtRedis(undefined, { stack, sources: draft.sources, state }).catch((error) => {
    if (!isFailure(error)) throw error;
    decisions.wrong.push({ problem: error.message, fix: error.fix ?? "" });
    return { found: [], settings: [] };
  });
  for (const setting of settings) draft.set(setting);
  const isMissing = found.some(({ standing }) => standing === "absent");
  const isUndecided = decisions.open.some(({ path }) => path === "redis.databaseName");
  if (isMissing && !isUndecided) {
    await decisions.decide({
      ...{ path: "redis.primaryRegion", isOpen: true, choices: [], suggested: region },
      ask: "In which region of Upstash is the new database? Next to the backend; it cannot be changed later",
    });
    await decisions.decide({
      ...{ path: "redis.budget", isOpen: true, choices: [] },
      ask: 'How many US dollars a month may it cost? Or "free" for the free plan',
    });
  }
  return {
    ...{ vendor: vendors.upstash.name, state: "looked at", lacks: [] },
    found: isUndecided ? [] : found.map(({ what, standing }) => `${what} ${standingWords[standing]}`),
  };
}
