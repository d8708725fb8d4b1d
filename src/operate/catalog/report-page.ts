import { revisionsPath } from "../../catalog/revision.ts";
import { type Document, line, type Section } from "../text/document.ts";
import { code, list, type Phrase, plain, quantity, say } from "../text/phrase.ts";
import type { AppCatalog } from "./apps.ts";
import { helperPackage } from "./installed.ts";
import { pagePath } from "./page.ts";
import type { CatalogReport } from "./report.ts";

const pageWords = { current: "is current", outdated: "is outdated", written: "was rewritten" } as const;

/** The report as a page. */
export function catalogReportPage({
  page,
  revision,
  events,
  unlooked,
  flags,
  code: found,
  apps = [],
}: CatalogReport): Document {
  const more = (left: number) => plain(`… and ${left} more`);
  const sections: Section[] = [
    {
      importance: 1,
      items:
        page === "outdated" || revision.file === "outdated"
          ? [line(say`rewrite what is outdated: ${code("npx obs catalog")}, and commit it`)]
          : [],
      more,
    },
    appsSection(apps, revision.number),
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
      title: plain("Sent under a name that is computed at run time"),
      importance: 5,
      items: (found?.unseen ?? []).map((where) => line(say`${code(where)}`)),
      more,
    },
    {
      title: plain("Feature flags that code asks for, and the catalog lacks"),
      importance: 2,
      tone: "warning",
      items: (flags.code?.unknown ?? []).map(({ flag, where, meant }) =>
        line(say`${code(flag)} in ${code(where)}`, [
          meant === undefined
            ? say`take it out of the code, or put it into ${code("src/catalog/flags.ts")}`
            : say`did you mean ${code(meant)}? If it was deleted, take it out of the code`,
        ]),
      ),
      more,
    },
    {
      title: plain("Feature flags that are asked for by a key that is computed at run time: not looked at"),
      importance: 5,
      items: (flags.code?.unseen ?? []).map((where) => line(say`${code(where)}`)),
      more,
    },
    {
      title: unaskedTitle(flags.code),
      importance: 6,
      items: (flags.code?.unasked ?? []).map(({ flag, owner }) => line(say`${code(flag)} (${owner})`)),
      more,
    },
    {
      title: plain("Feature flags past their day"),
      importance: 5,
      tone: "warning",
      items: flags.expired.map(({ flag, owner, expires }) =>
        line(
          say`${code(flag)} (${owner}) was to go on ${expires}: delete it from the apps' code, then from the catalog`,
        ),
      ),
      more,
    },
    {
      title: plain("Feature flags that are the same for everybody"),
      importance: 6,
      items: flags.same.map(({ flag, owner, value }) => line(say`${code(flag)} (${owner}) is ${String(value)}`)),
      more,
    },
    {
      title: plain("Looked at by nobody"),
      importance: 6,
      items: unlooked.length === 0 ? [] : [line(list(unlooked.map(code)))],
      more,
    },
  ];
  const revisions = revision.file === "current" ? "" : say`; ${code(revisionsPath)} ${pageWords[revision.file]}`;
  const headline = say`${quantity(events, "event")} in the catalog, revision ${revision.number}; ${code(pagePath)} ${pageWords[page]}${revisions}`;
  return { headline, sections: sections.filter(({ items }) => items.length > 0) };
}

/** No more than was looked at: one app's code, or calls whose key is not in the code, leave it open. */
function unaskedTitle(found: CatalogReport["flags"]["code"]): Phrase {
  const [only, other] = found?.apps ?? [];
  const where = only !== undefined && other === undefined ? ` in the ${only} code, the only one looked at` : "";
  return plain(
    `Feature flags that no code asks for${where}${(found?.unseen.length ?? 0) > 0 ? ", as far as its keys are literals" : ""}`,
  );
}

/** Catalog changes listed per app; docs/events.md has them all. */
const mostChanges = 10;

function appsSection(apps: readonly AppCatalog[], revision: number): Section {
  return {
    title: plain("What the apps have"),
    importance: 1,
    ...(apps.some(({ status }) => status !== "same") && { tone: "warning" as const }),
    items: apps.map((one) => line(appWords(one, revision), [...appNotes(one), ...changeNotes(one)])),
    more: (left) => plain(`… and ${quantity(left, "more app")}`),
  };
}

function appWords({ app, status, version, revision = 0, file, why }: AppCatalog, here: number): Phrase {
  switch (status) {
    case "same":
      return say`${code(app)} has this catalog: revision ${revision} (${code(version ?? "")})`;
    case "older":
      return say`${code(app)} has an older catalog: revision ${revision}, ${quantity(here - revision, "revision")} behind (${code(version ?? "")})`;
    case "newer":
      return say`${code(app)} has a newer catalog than this checkout: revision ${revision} (${code(version ?? "")})`;
    case "other":
      return say`${code(app)} has another catalog of revision ${revision} than this checkout (${code(version ?? "")})`;
    case "unknown":
      return say`the catalog of ${code(app)} is not known: its package (${code(version ?? "")}) has no revision in it`;
    case "unreadable":
      return say`the catalog of ${code(app)} is not known: ${code(file ?? "")} cannot be read (${why ?? ""})`;
    case "absent":
      return say`${code(app)} does not have ${code(helperPackage)}: it is in no node_modules and in no lockfile`;
  }
}

const fixes: Readonly<Record<AppCatalog["status"], Phrase | undefined>> = {
  same: undefined,
  older: say`install the package of the newest release: README of ${code("src/runtime")}`,
  newer: say`bring this checkout up to date: ${code("git pull")}`,
  other: say`it was packed on a branch or before a commit: install the package of a release`,
  unknown: say`it was built before revisions existed: install the package of the newest release`,
  unreadable: say`fix or remove the file, then install again`,
  absent: say`install it, or name the folder that has the app's package.json`,
};

function appNotes({ status, file, isByNumber, alsoInstalled }: AppCatalog): Phrase[] {
  const fix = fixes[status];
  return [
    ...(isByNumber
      ? [say`by the number in ${code(file ?? "")}; the package's content can be compared once it is installed`]
      : []),
    ...(alsoInstalled === undefined
      ? []
      : [say`installed is ${code(alsoInstalled)}, which the next clean installation replaces`]),
    ...(fix ? [fix] : []),
  ];
}

/** From the app's catalog to that of the checkout. */
function changeNotes({ changes }: AppCatalog): Phrase[] {
  const shown = changes
    .slice(0, mostChanges)
    .map(({ event, change, words }) =>
      change === "changed"
        ? say`${code(event)}: ${list(words)}`
        : say`${code(event)} is ${change === "new" ? "not in it" : "no longer here"}`,
    );
  const left = changes.length - shown.length;
  return left > 0 ? [...shown, plain(`… and ${quantity(left, "more event")}`)] : shown;
}
