import { type Document, line, type Section } from "../text/document.ts";
import { code, counted, list, plain, say } from "../text/phrase.ts";
import { pagePath } from "./page.ts";
import type { CatalogReport } from "./report.ts";

const pageWords = { current: "is current", outdated: "is outdated", written: "was written anew" } as const;

/** The report as a page. */
export function catalogReportPage({ page, events, unlooked, code: found }: CatalogReport): Document {
  const more = (left: number) => plain(`… and ${left} more`);
  const sections: Section[] = [
    {
      importance: 1,
      items: page === "outdated" ? [line(say`write it anew: ${code("npx obs catalog")}, and commit it`)] : [],
      more,
    },
    {
      title: plain("Sent, and not in the catalog"),
      importance: 2,
      tone: "warning",
      items: (found?.unknown ?? []).map(({ event, where, meant }) =>
        line(say`${code(event)} in ${code(where)}`, [
          meant === undefined
            ? say`add it to ${code("src/catalog/events.ts")}, or do not send it`
            : say`did you mean ${code(meant)}?`,
        ]),
      ),
      more,
    },
    {
      title: plain("Sent by the wrong app"),
      importance: 3,
      tone: "warning",
      items: (found?.wrongApp ?? []).map(({ event, where, source }) =>
        line(say`${code(event)} in ${code(where)}: the catalog says that the ${source} sends it`),
      ),
      more,
    },
    {
      title: plain("In the catalog, and never sent"),
      importance: 4,
      tone: "warning",
      items: (found?.unsent ?? []).map(({ event, owner }) => line(say`${code(event)} (${owner})`)),
      more,
    },
    {
      title: plain("Sent under a name that cannot be seen in the code"),
      importance: 5,
      items: (found?.unseen ?? []).map((where) => line(say`${code(where)}`)),
      more,
    },
    {
      title: plain("Looked at by nobody"),
      importance: 6,
      items: unlooked.length === 0 ? [] : [line(list(unlooked.map(code)))],
      more,
    },
  ];
  const headline = say`${counted(events, "event")} in the catalog; ${code(pagePath)} ${pageWords[page]}`;
  return { headline, sections: sections.filter(({ items }) => items.length > 0) };
}
