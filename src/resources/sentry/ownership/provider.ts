import { type JsonObject, sameJson } from "../../kernel/json.ts";
import { dynamicProvider } from "../../kernel/provider.ts";
import type { LiveOwnership } from "../answers.ts";
import type { SentryApi } from "../api.ts";
import { configure, connect } from "../settings.ts";
import { shownSlug } from "../slug.ts";
import { rulesIn, withRules } from "./block.ts";
import { type OwnershipInputs, type OwnershipOutputs, ownershipInputs } from "./inputs.ts";

/** Issue owners of a project of another resource. Its id is `<organization>/<project>`. */
export const ownership = dynamicProvider<OwnershipInputs, OwnershipOutputs>({
  inputs: ownershipInputs,
  identity: ["organization", "project"],
  configure,

  async create(given) {
    const news = ownershipInputs.parse(given);
    const outputs = await sync(connect(news.organization), news, undefined);
    return { id: `${news.organization}/${news.project}`, outputs };
  },

  async read(_id, state) {
    const api = connect(state.organization);
    const project = await api.orGone(api.project(state.projectId));
    if (!project) return undefined;
    const [slug, live] = await Promise.all([
      project.slug === state.project ? state.project : shownSlug(api, state.project, project.id),
      api.ownership(project.slug),
    ]);
    const { projectId, autoAssignmentBefore } = state;
    return {
      inputs: { organization: state.organization, project: slug, ...reflected(state, live) },
      outputs: { projectId, autoAssignmentBefore, url: urlOf(api, project.slug) },
    };
  },

  async update(_id, olds, given) {
    const news = ownershipInputs.parse(given);
    return sync(connect(news.organization), news, olds.autoAssignmentBefore);
  },

  /** Removes this resource's rules and restores the previous assignment; rules that people wrote stay. */
  async delete(_id, { organization, projectId, autoAssignment, autoAssignmentBefore }) {
    const api = connect(organization);
    const project = await api.orGone(api.project(projectId));
    if (!project) return;
    const live = await api.ownership(project.slug);
    const raw = live.raw ?? "";
    const isOurs = autoAssignmentBefore !== undefined && live.autoAssignment === autoAssignment;
    const changes: JsonObject = {
      ...(rulesIn(raw).length > 0 && { raw: withRules(raw, []) }),
      ...(isOurs && autoAssignmentBefore !== autoAssignment && { autoAssignment: autoAssignmentBefore }),
    };
    if (Object.keys(changes).length > 0) await api.changeOwnership(project.slug, changes);
  },
});

/** The live rules in the definition's terms. E-mail addresses are compared without case. */
function reflected(
  defined: Pick<OwnershipInputs, "rules" | "autoAssignment">,
  { raw, autoAssignment }: LiveOwnership,
): Pick<OwnershipInputs, "rules" | "autoAssignment"> {
  const live = rulesIn(raw ?? "");
  const plain = (rules: OwnershipInputs["rules"]) =>
    rules.map(({ match, owners }) => ({ match, owners: owners.map((owner) => owner.toLowerCase()) }));
  return {
    rules: sameJson(plain(live), plain(defined.rules)) ? defined.rules : live,
    ...(defined.autoAssignment && {
      autoAssignment: (autoAssignment ?? "not known") as OwnershipInputs["autoAssignment"],
    }),
  };
}

/** Writes the differences, in one request. */
async function sync(api: SentryApi, news: OwnershipInputs, before: string | undefined): Promise<OwnershipOutputs> {
  const project = await api.project(news.project);
  const live = await api.ownership(project.slug);
  const { rules, autoAssignment } = reflected(news, live);
  const changes: JsonObject = {
    ...(!sameJson(rules, news.rules) && { raw: withRules(live.raw ?? "", news.rules) }),
    ...(news.autoAssignment && news.autoAssignment !== autoAssignment && { autoAssignment: news.autoAssignment }),
  };
  if (Object.keys(changes).length > 0) await api.changeOwnership(project.slug, changes);
  return {
    projectId: project.id,
    autoAssignmentBefore: before ?? ("autoAssignment" in changes ? (live.autoAssignment ?? undefined) : undefined),
    url: urlOf(api, project.slug),
  };
}

const urlOf = ({ root, organization }: SentryApi, slug: string): string =>
  `${root}/settings/${organization}/projects/${slug}/ownership/`;
