import { z } from "zod";
import type { Json, JsonObject } from "../kernel/json.ts";

const json: z.ZodType<Json> = z.json();
const jsonObject: z.ZodType<JsonObject> = z.record(z.string(), json);
/** Sentry's ids: strings in most answers, plain numbers in some. */
const id = z.coerce.string();

const condition = z.object({ id, type: z.string(), comparison: json, conditionResult: json });
/**
 * A condition of a monitor, of an alert's triggers or of its filters. They come in any order; ids are in order of
 * creation.
 */
export type LiveCondition = z.infer<typeof condition>;

export const organizationAnswer = z.object({ id, slug: z.string() });
export type LiveOrganization = z.infer<typeof organizationAnswer>;

export const projectAnswer = z.object({
  id,
  slug: z.string(),
  platform: z.string().nullish(),
  dateCreated: z.string(),
  /** Time of the first event; null without any. */
  firstEvent: z.string().nullish(),
  /**
   * What is removed from events on arrival. Not in the published description; Sentry:
   * src/sentry/api/serializers/models/project.py
   */
  dataScrubber: z.boolean().nullish(),
  dataScrubberDefaults: z.boolean().nullish(),
  scrubIPAddresses: z.boolean().nullish(),
  sensitiveFields: z.array(z.string()).nullish(),
  /** JSON in a string, or empty. */
  relayPiiConfig: z.string().nullish(),
});
export type LiveProject = z.infer<typeof projectAnswer>;

/** A project in a list, which has fewer fields than the project itself. */
export const listedProjectAnswer = z.object({ id, slug: z.string(), platform: z.string().nullish() });
export type ListedProject = z.infer<typeof listedProjectAnswer>;

export const teamAnswer = z.object({ id, slug: z.string() });
export type LiveTeam = z.infer<typeof teamAnswer>;

export const keyAnswer = z.object({
  /** The public part of its DSN: 32 hexadecimal digits. */
  id,
  name: z.string(),
  dateCreated: z.string().nullish(),
  /** False for a disabled key: Sentry drops events sent with it. */
  isActive: z.boolean().nullish(),
  dsn: z.object({ public: z.string() }).nullish(),
});
export type LiveKey = z.infer<typeof keyAnswer>;

/** Null when it was never set (Sentry: src/sentry/api/serializers/models/projectownership.py). */
export const ownershipAnswer = z.object({ raw: z.string().nullish(), autoAssignment: z.string().nullish() });
export type LiveOwnership = z.infer<typeof ownershipAnswer>;

export const filterAnswer = z.object({ id: z.string(), active: z.union([z.boolean(), z.array(z.string())]) });
export type LiveFilter = z.infer<typeof filterAnswer>;

export const environmentAnswer = z.object({ id, name: z.string() });

/** `user` is null while an invitation is pending. */
export const memberAnswer = z.object({
  email: z.string(),
  user: z
    .object({ id, email: z.string().nullish(), emails: z.array(z.object({ email: z.string() })).nullish() })
    .nullish(),
});
export type LiveMember = z.infer<typeof memberAnswer>;

export const integrationAnswer = z.object({ id, provider: z.object({ key: z.string() }) });

export const detectorAnswer = z.object({
  id,
  projectId: id,
  name: z.string(),
  type: z.string(),
  description: z.string().nullish(),
  enabled: z.boolean().nullish(),
  owner: z.object({ type: z.string(), id }).nullish(),
  dataSources: z
    .array(z.looseObject({ queryObj: z.looseObject({ snubaQuery: jsonObject.optional() }).nullish() }))
    .nullish(),
  conditionGroup: z.object({ logicType: z.string(), conditions: z.array(condition) }).nullish(),
  config: jsonObject.nullish(),
});
/** A monitor. Its answer differs from its request: `dataSources[0].queryObj.snubaQuery`, `owner` as an object. */
export type LiveDetector = z.infer<typeof detectorAnswer>;

const action = z.object({
  id,
  type: z.string(),
  integrationId: id.nullish(),
  data: jsonObject.nullish(),
  config: jsonObject.nullish(),
  status: z.string().nullish(),
});
export type LiveAction = z.infer<typeof action>;

const actionFilter = z.object({
  id,
  logicType: z.string(),
  conditions: z.array(condition).nullish(),
  actions: z.array(action).nullish(),
});
export type LiveActionFilter = z.infer<typeof actionFilter>;

export const workflowAnswer = z.object({
  id,
  name: z.string(),
  enabled: z.boolean().nullish(),
  environment: z.string().nullish(),
  config: jsonObject.nullish(),
  detectorIds: z.array(id).nullish(),
  triggers: z.object({ id, logicType: z.string(), conditions: z.array(condition).nullish() }).nullish(),
  actionFilters: z.array(actionFilter).nullish(),
  owner: z.string().nullish(),
});
/** An alert, which the API calls a workflow. */
export type LiveWorkflow = z.infer<typeof workflowAnswer>;

/**
 * The token's identity (Sentry: src/sentry/api/endpoints/index.py). Not in the published description, so nothing
 * depends on it.
 */
export const tokenAnswer = z.object({ auth: z.object({ scopes: z.array(z.string()) }).nullish() });
