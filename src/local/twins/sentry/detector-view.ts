import type { Detector } from "./model.ts";
import type { SentryParts } from "./parts.ts";

/** `team:1` as an object, as in answers; monitors only, alerts use the string. */
function ownerView(owner: string | null, { model, organization }: SentryParts) {
  if (owner === null) return null;
  const [type, id = ""] = owner.split(":");
  if (type === "team") return { type, id, name: model.teams.get(id)?.slug ?? id };
  const member = organization.members.find((other) => other.id === id);
  return { type: "user", id, name: member?.name ?? id, email: member?.email ?? "" };
}

export function detectorView(detector: Detector, parts: SentryParts) {
  const { model, organization, shuffle } = parts;
  const { dataSource, conditionGroup } = detector;
  return {
    id: detector.id,
    projectId: detector.projectId,
    name: detector.name,
    description: detector.description,
    type: detector.type,
    workflowIds: model.workflows
      .all()
      .filter(({ detectorIds }) => detectorIds.includes(detector.id))
      .map(({ id }) => id),
    owner: ownerView(detector.owner, parts),
    createdBy: null,
    dateCreated: detector.dateCreated,
    dateUpdated: detector.dateUpdated,
    dataSources: dataSource === null ? null : [{ ...dataSource, organizationId: organization.id }],
    conditionGroup:
      conditionGroup === null
        ? null
        : {
            id: conditionGroup.id,
            organizationId: organization.id,
            logicType: conditionGroup.logicType,
            conditions: shuffle(conditionGroup.conditions),
            actions: [],
          },
    config: detector.config,
    enabled: detector.enabled,
    latestGroup: null,
  };
}
