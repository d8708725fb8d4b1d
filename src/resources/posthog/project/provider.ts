import type { dynamic } from "@pulumi/pulumi";
import { z } from "zod";
import { type Scope, scopePurposes } from "../../../model/vendors/posthog.ts";
import { dynamicProvider } from "../../kernel/provider.ts";
import type { Key } from "../answers.ts";
import { keyProblems } from "../scopes.ts";
import type { Connection, PostHogConnections } from "../settings.ts";

const projectInputs = z.object({
  projectId: z.int().positive(),
  host: z.url(),
  /** Required scopes of the key. Absent: it must only be able to read dashboards. */
  needs: z.array(z.enum(Object.keys(scopePurposes) as [Scope, ...Scope[]])).optional(),
});
type ProjectInputs = z.infer<typeof projectInputs>;

/**
 * Creates nothing: verifies that host, key, its scopes and project match before anything that depends on it is created,
 * so that a mistake is one error and nothing is half-created.
 */
export function projectProvider({ configure, connect }: PostHogConnections): dynamic.ResourceProvider {
  const verify = async ({ projectId, needs = [] }: ProjectInputs): Promise<{ url: string }> => {
    const connection = connect(projectId);
    // The one list that all new dashboards need: reading it reveals a wrong host, key or project.
    const listed = connection.overview.dashboards();
    listed.catch(() => {});
    await verifyKey(connection, needs);
    await listed;
    return urlOf(connection);
  };
  return dynamicProvider<ProjectInputs, { url: string }>({
    inputs: projectInputs,
    identity: ["projectId"],
    configure,
    create: async (news) => ({ id: String(news.projectId), outputs: await verify(news) }),
    read: async (_id, state) => ({ inputs: state, outputs: urlOf(connect(state.projectId)) }),
    update: async (_id, _olds, news) => verify(news),
    delete: async () => {},
  });
}

/** Without the scope of event filters where this PostHog has none: there, no key can have it. */
async function knownScopes(api: Connection["api"], key: Key, needs: readonly Scope[]): Promise<readonly Scope[]> {
  const filter: Scope = "event_filter:write";
  if (!needs.includes(filter) || keyProblems(key, 0, [filter]).every((problem) => !problem.includes(filter)))
    return needs;
  const isAbsent = await api.eventFilter().then(
    (found) => found === "no event filters",
    // A refusal for the missing scope: it has them.
    () => false,
  );
  return isAbsent ? needs.filter((scope) => scope !== filter) : needs;
}

const urlOf = ({ host, projectId }: Connection) => ({ url: `${host}/project/${projectId}` });

/** @throws Error that lists everything that the key lacks */
async function verifyKey({ api, projectId }: Connection, needs: readonly Scope[]): Promise<void> {
  const key = needs.length > 0 ? await api.key() : undefined;
  const problems = key ? keyProblems(key, projectId, await knownScopes(api, key, needs)) : [];
  if (problems.length === 0) return;
  throw new Error(
    `the key may not do all that this stack does; nothing was made. Look at the key in PostHog (Settings > Personal API keys): ${problems.join("; ")}`,
  );
}
