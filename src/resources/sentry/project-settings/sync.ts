import { type JsonObject, sameJson, withoutUndefined } from "../../kernel/json.ts";
import type { SentryApi } from "../api.ts";
import { removeAutomaticAlert } from "./automatic-alert.ts";
import { automaticKeys } from "./automatic-key.ts";
import type { FilterName, ProjectSettingsInputs, ProjectSettingsOutputs, Scrubbing } from "./inputs.ts";
import { type LiveProjectParts, observe } from "./observe.ts";
import { withPiiConfig } from "./pii-config.ts";
import { reflectSettings } from "./reflect.ts";

/** Sets each aspect as defined; unchanged ones are not written. Each step can be repeated. */
export async function syncSettings(api: SentryApi, news: ProjectSettingsInputs): Promise<ProjectSettingsOutputs> {
  const { project: defined, platform, inboundFilters = {}, keysOn = {} } = news;
  const observed = await observe(api, news);
  if (!observed) throw new Error(`there is no project "${defined}" in the organization "${api.organization}"`);
  const { slug } = observed.project;
  const { inputs: live, outputs } = reflectSettings(news, observed);
  const changes = {
    ...(platform && platform !== live.platform && { platform }),
    ...(news.scrubbing && scrubbingChanges(news.scrubbing, live.scrubbing, observed)),
  };
  if (Object.keys(changes).length > 0) await api.changeProject(slug, withoutUndefined(changes) as JsonObject);
  for (const [name, wanted] of Object.entries(inboundFilters)) {
    if (sameJson(live.inboundFilters?.[name as FilterName], wanted)) continue;
    await api.changeFilter(slug, name, Array.isArray(wanted) ? { subfilters: wanted } : { active: wanted === true });
  }
  if (news.automaticAlert !== live.automaticAlert) await removeAutomaticAlert(api, observed.project.id);
  if (news.automaticKey !== live.automaticKey) await removeKeys(api, slug, observed);
  for (const { id, name, isActive } of observed.keys) {
    if (name in keysOn && isActive === false) await api.changeKey(slug, id, { isActive: true });
  }
  return outputs;
}

/** The differences. Fields and rules are written as a whole, including those that somebody added. */
function scrubbingChanges(wanted: Scrubbing, live: Scrubbing | undefined, { project }: LiveProjectParts): JsonObject {
  const { sensitiveFields, relayPiiConfig, ...switches } = wanted;
  const names = Object.keys(switches) as (keyof typeof switches)[];
  const isSameConfig = !relayPiiConfig || sameJson(live?.relayPiiConfig, relayPiiConfig);
  const isSame = !sensitiveFields || sameJson(live?.sensitiveFields, sensitiveFields);
  return {
    ...Object.fromEntries(names.filter((name) => live?.[name] !== wanted[name]).map((name) => [name, wanted[name]])),
    ...(!isSame && { sensitiveFields: [...new Set([...(project.sensitiveFields ?? []), ...sensitiveFields])] }),
    ...(!isSameConfig && { relayPiiConfig: withPiiConfig(relayPiiConfig, project.relayPiiConfig) }),
  } as JsonObject;
}

async function removeKeys(api: SentryApi, slug: string, { project, keys }: LiveProjectParts): Promise<void> {
  for (const { id } of automaticKeys(project, keys)) await api.deleteKey(slug, id);
}
