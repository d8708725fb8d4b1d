import type { Owner } from "../src/catalog/owners.ts";
import { belowAllTiles, text } from "../src/insights/define/index.ts";

/** The last tile of each dashboard: which file defines it, and that changes belong there. */
export function managedByCode({ key, owner }: { key: string; owner: Owner }) {
  const file = `dashboards/${key}.ts`;
  return text({
    markdown: [
      `**Managed by code.** This dashboard is the file \`${file}\` of the repository \`brandvx-observability\`, and team *${owner}* answers for it. To change it, change the file: the pull request shows what it will look like.`,
      "",
      `**Edits made here by hand** stay until the next deployment, which puts back what the file says; until then the drift check reports them. To keep one, run \`npx obs import dashboard <address of this page>\` and commit what it writes. Tiles of your own belong on a dashboard of your own.`,
      "",
      "What each event and property means: `src/catalog/events.ts`.",
    ].join("\n"),
    place: { column: 0, row: belowAllTiles, width: 12, height: 3 },
  });
}
