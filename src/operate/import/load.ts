import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { DashboardDefinition } from "../../insights/define/index.ts";

let version = 0;

/** Loads a dashboard from its file's present content, bypassing the module cache; undefined when the file has none with this key. */
export async function loadDashboard(folder: string, key: string): Promise<DashboardDefinition | undefined> {
  const { href } = pathToFileURL(join(folder, `dashboards/${key}.ts`));
  version += 1;
  const exported = Object.values((await import(`${href}?version=${version}`)) as Record<string, unknown>);
  return exported.find((one): one is DashboardDefinition => (one as DashboardDefinition | undefined)?.key === key);
}
