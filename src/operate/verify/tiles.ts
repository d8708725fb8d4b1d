import { isVendorError } from "../../resources/kernel/errors.ts";
import type { DashboardView } from "../changes/dashboards.ts";
import { titleOf } from "../changes/tiles.ts";
import { fails, holds, type Result, skipped } from "../checks/check.ts";
import type { VerifyCheck, VerifyContext } from "./context.ts";

/** Checks that every chart's query runs as it is on the dashboards. */
export const queriesRun: VerifyCheck = {
  name: "tiles",
  title: "Every tile's query runs",
  async run(context) {
    if (context.dashboards.length === 0) return [skipped("Tiles", "the stack has no dashboards yet")];
    return Promise.all(context.dashboards.map((dashboard) => ofDashboard(dashboard, context))).then((all) =>
      all.flat(),
    );
  },
};

async function ofDashboard({ key, title, tiles }: DashboardView, { posthog }: VerifyContext): Promise<Result[]> {
  const charts = Object.entries(tiles).filter(([, tile]) => tile.kind === "insight");
  const results = await Promise.all(
    charts.map(async ([tileKey, tile]): Promise<Result[]> => {
      try {
        await posthog.run(tile.query);
        return [];
      } catch (error) {
        // A wrong key, host or project affects all tiles, so the check reports it once.
        if (!isVendorError(error) || isAboutAccess(error.failure.status)) throw error;
        const what = `Tile “${titleOf(tileKey, tile)}” of ${title}`;
        return [fails(what, error.message, `mend its query in \`dashboards/${key}.ts\``)];
      }
    }),
  );
  const failed = results.flat();
  return failed.length > 0 ? failed : [holds(`Tiles of ${title}`, `all ${charts.length} queries run`)];
}

const isAboutAccess = (status: number | undefined): boolean => status === undefined || [401, 403, 404].includes(status);
