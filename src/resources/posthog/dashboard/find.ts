import { stripped } from "../../../model/text.ts";
import { sameJson } from "../../kernel/json.ts";
import type { LiveDashboard } from "../answers.ts";
import type { Connection } from "../settings.ts";
import { ownMark, withoutPlaceholder } from "./desired.ts";
import type { DashboardInputs } from "./inputs.ts";
import { type LiveDashboardParts, observe } from "./observe.ts";
import { reflectDashboard } from "./reflect.ts";

export interface Own {
  id: string;
  observed: LiveDashboardParts;
}

/**
 * The dashboard that already belongs to this resource: an earlier run created it and ended before the state was saved,
 * or it is being replaced.
 */
export const findOwn = async (connection: Connection, news: DashboardInputs): Promise<Own | undefined> =>
  (await findMarked(connection, news, await connection.overview.dashboards())) ??
  (await findUnmarked(connection, news));

/** The dashboard whose description contains this resource's mark. */
export async function findMarked(
  connection: Connection,
  news: DashboardInputs,
  found: readonly LiveDashboard[],
): Promise<Own | undefined> {
  const mark = ownMark(news);
  const own = found.find(({ description, deleted }) => !deleted && description?.includes(mark));
  const observed = own && (await observe(connection, String(own.id), { managedBy: news.managedBy }));
  return observed && { id: String(observed.dashboard.id), observed };
}

/** An adopted dashboard has no mark until its next change: it is recognized by being identical to the definition. */
async function findUnmarked(connection: Connection, news: DashboardInputs): Promise<Own | undefined> {
  const title = withoutPlaceholder(news.title);
  if (!news.adopted || title === "") return undefined;
  for (const { id, name, deleted } of await connection.api.findDashboards(title)) {
    if (deleted || stripped(name ?? "") !== title) continue;
    const observed = await observe(connection, String(id), { managedBy: news.managedBy });
    const nothing = { url: "", insightIds: {}, tileIds: {} };
    if (observed && sameJson(reflectDashboard({ ...news, ...nothing }, observed).inputs, news))
      return { id: String(id), observed };
  }
  return undefined;
}
