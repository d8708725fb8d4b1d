import { z } from "zod";
import { vendors } from "../../model/vendors/index.ts";
import type { SettingsReader } from "../../platform/settings/reader.ts";
import { sentryRoot } from "../../resources/sentry/address.ts";
import { nextCursor, SentryApi } from "../../resources/sentry/api.ts";
import { sentryHttp } from "../../resources/sentry/http.ts";
import { missingScopes } from "../../resources/sentry/scopes.ts";
import type { Decisions } from "./questions.ts";
import type { VendorLook } from "./report.ts";

const organizations = z.array(z.object({ slug: z.string(), name: z.string() }));

/** Settings with default names (src/platform/settings/sentry.ts), and the question for each. */
const names = {
  sentryTeam: { kind: "team", usual: "platform", ask: "Which team answers for the projects?" },
  sentryBrowserProject: { kind: "project", usual: "operator-ui", ask: "Which project has the browser app's errors?" },
  sentryServerProject: { kind: "project", usual: "backend", ask: "Which project has the backend's errors?" },
} as const;

export const rootOf = ({ config }: SettingsReader): string =>
  sentryRoot(config("sentry:baseUrl") || vendors.sentry.address.default);

/**
 * Finds the organization, team and projects at Sentry. If none has the default name but others exist, a person has to say
 * whether one of them is meant: a second project would split the errors.
 */
export async function lookAtSentryWith(decisions: Decisions, token: string): Promise<VendorLook> {
  const { draft } = decisions;
  const root = rootOf(draft.sources);
  const all = await organizationsOf(root, token);
  const organization = await decisions.decide({
    ...{ path: "sentryOrganization", ask: "Which organization of Sentry is it?", isOpen: all.length === 0 },
    choices: all.map(({ slug, name }) => ({ value: slug, what: name })),
    ...(all.length === 1 && { suggested: all[0]?.slug }),
  });
  if (organization === undefined || !(all.length === 0 || all.some(({ slug }) => slug === organization)))
    return { vendor: vendors.sentry.name, state: "looked at", found: [], lacks: [] };
  const api = new SentryApi({ root, organization, token });
  const [teams, projects, scopes] = await Promise.all([api.teams(), api.projects(), api.scopes()]);
  const exist = { team: teams.map(({ slug }) => slug), project: projects.map(({ slug }) => slug) };
  for (const [path, { kind, usual, ask }] of Object.entries(names)) {
    const taken = [draft.value("sentryBrowserProject"), draft.value("sentryServerProject")];
    const slugs = exist[kind].filter((slug) => kind === "team" || !taken.includes(slug));
    if (draft.value(path) === undefined && (slugs.includes(usual) || slugs.length === 0)) continue;
    await decisions.decide({
      ...{ path, ask: `${ask} (${usual} would be a new one)`, isOpen: true },
      choices: slugs.map((slug) => ({ value: slug, what: slug })),
    });
  }
  return {
    ...{ vendor: vendors.sentry.name, state: "looked at", found: [`the organization ${organization}`] },
    lacks: scopes ? missingScopes(scopes) : [],
  };
}

async function organizationsOf(root: string, token: string): Promise<z.infer<typeof organizations>> {
  const http = sentryHttp({ root, organization: "", token });
  const found: z.infer<typeof organizations> = [];
  for (let cursor: string | undefined = ""; cursor !== undefined; ) {
    const path = `/api/0/organizations/${cursor === "" ? "" : `?cursor=${encodeURIComponent(cursor)}`}`;
    const { body, headers } = await http.exchange("GET", path, organizations);
    found.push(...body);
    cursor = nextCursor(headers("link"));
  }
  return found;
}
