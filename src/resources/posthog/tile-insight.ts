import { sameTitle } from "./dashboard/words.ts";
import type { Connection } from "./settings.ts";

/**
 * The insight of a tile, found by its title: the id of a new insight is unknown in a preview.
 *
 * @param seeker what looks for it, in messages: "an alert"
 * @throws Error when the dashboard has none of that title, or several
 */
export async function insightOfTile(
  { overview }: Connection,
  { dashboardId, tileKey, tileTitle }: { dashboardId: string; tileKey: string; tileTitle: string },
  seeker: string,
): Promise<number> {
  const insights = await overview.insightsOn(dashboardId);
  const [found, ...others] = insights.filter((insight) => sameTitle(tileTitle, insight));
  if (found && others.length === 0) return found.id;
  if (found) {
    const numbers = [found, ...others].map(({ id }) => id).join(", ");
    throw new Error(
      `dashboard ${dashboardId} has several insights "${tileTitle}" (${numbers}), and ${seeker} finds its own by the title: give the tile "${tileKey}" a title that no other has`,
    );
  }
  throw new Error(
    `dashboard ${dashboardId} has no insight "${tileTitle}" for the tile "${tileKey}": \`pulumi up --refresh\` puts it back`,
  );
}
