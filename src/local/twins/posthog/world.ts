import { randomUUID } from "node:crypto";
import { type Collection, openStore, type Store } from "../kit/index.ts";
import type { StoredEvent } from "./ingest/events.ts";
import type { PersonLink, PersonRecord } from "./ingest/persons.ts";
import type { Features, Integration, Member, PosthogTwinOptions, RateLimits, ScopedKey, WeekStart } from "./options.ts";
import { newProjectSettings, type ProjectSettingsRecord } from "./people/project-settings.ts";
import type {
  AlertRecord,
  AnnotationRecord,
  ButtonRecord,
  DashboardRecord,
  EventDefinitionRecord,
  EventFilterRecord,
  EventSchemaRecord,
  ExperimentRecord,
  FlagRecord,
  HogFunctionRecord,
  InsightRecord,
  PropertyDefinitionRecord,
  PropertyGroupRecord,
  ScheduledChangeRecord,
  SentRecord,
  SubscriptionRecord,
  TextRecord,
  TileRecord,
  VariableRecord,
} from "./records.ts";

/** One project of one organisation: its settings and everything stored in it. */
export interface World {
  readonly now: () => Date;
  readonly timestamp: () => string;
  readonly project: {
    id: number;
    organizationId: string;
    personalApiKey: string;
    scopedKeys: readonly ScopedKey[];
    projectKey: string;
    secretKey: string;
    /** How it counts days and weeks, as its settings say now. */
    readonly timezone: string;
    readonly weekStart: WeekStart;
  };
  readonly projectSettings: Collection<ProjectSettingsRecord>;
  /** Its settings until somebody changes one. */
  readonly newProjectSettings: ProjectSettingsRecord;
  readonly members: readonly [Member, ...Member[]];
  readonly features: Required<Omit<Features, "maxAlerts">> & { maxAlerts: number };
  readonly limits: RateLimits;
  readonly validateQuery: (query: Record<string, unknown>) => string | null;
  readonly store: Store;
  readonly dashboards: Collection<DashboardRecord>;
  readonly tiles: Collection<TileRecord>;
  readonly texts: Collection<TextRecord>;
  readonly buttons: Collection<ButtonRecord>;
  readonly insights: Collection<InsightRecord>;
  readonly alerts: Collection<AlertRecord>;
  readonly hogFunctions: Collection<HogFunctionRecord>;
  readonly integrations: readonly Integration[];
  /** What fired alerts sent. */
  readonly sent: Collection<SentRecord>;
  readonly subscriptions: Collection<SubscriptionRecord>;
  readonly annotations: Collection<AnnotationRecord>;
  readonly eventDefinitions: Collection<EventDefinitionRecord>;
  readonly eventFilters: Collection<EventFilterRecord>;
  readonly propertyGroups: Collection<PropertyGroupRecord>;
  readonly eventSchemas: Collection<EventSchemaRecord>;
  readonly propertyDefinitions: Collection<PropertyDefinitionRecord>;
  readonly flags: Collection<FlagRecord>;
  readonly scheduledChanges: Collection<ScheduledChangeRecord>;
  readonly experiments: Collection<ExperimentRecord>;
  readonly variables: Collection<VariableRecord>;
  readonly events: Collection<StoredEvent>;
  /** Events read from the store so far. */
  readonly readEvents: StoredEvent[];
  /** Ids (uuid) of events that arrived while the disk was full, and have not been sent again since. */
  readonly unstored: Set<string>;
  readonly persons: Collection<PersonRecord>;
  readonly personLinks: Collection<PersonLink>;
}

const defaultMembers: readonly [Member, ...Member[]] = [
  { id: 501, email: "platform@brandvx.example", firstName: "Platform" },
  { id: 502, email: "on-call@brandvx.example", firstName: "On call" },
];

export function openWorld(options: PosthogTwinOptions): World {
  const store = openStore(options.file);
  const now = options.now ?? (() => new Date());
  const projectId = options.projectId ?? 1;
  const settings = store.collection<ProjectSettingsRecord>("project_settings");
  const asNew = newProjectSettings(projectId, {
    timezone: options.timezone ?? "UTC",
    weekStart: options.weekStart ?? 0,
  });
  const present = () => settings.get(projectId) ?? asNew;
  return {
    now,
    timestamp: () => now().toISOString(),
    project: {
      id: projectId,
      organizationId: organizationId(store),
      personalApiKey: options.personalApiKey ?? "phx_local",
      scopedKeys: options.scopedKeys ?? [],
      projectKey: options.projectKey ?? "phc_local",
      secretKey: options.secretKey ?? "phs_local",
      get timezone() {
        return present().timezone;
      },
      get weekStart() {
        return present().week_start_day ?? 0;
      },
    },
    projectSettings: settings,
    newProjectSettings: asNew,
    members: options.members ?? defaultMembers,
    features: {
      tagging: true,
      subscriptions: true,
      enterpriseDefinitions: true,
      dashboardsField: true,
      sqlAlerts: true,
      funnelAlerts: true,
      alertsDeleteDestinations: true,
      projectAdmin: true,
      eventFilters: true,
      eventSchemas: true,
      eventSchemasForKeys: true,
      propertyRules: true,
      ignoredSettings: [],
      absentSettings: [],
      maxAlerts: Number.POSITIVE_INFINITY,
      ...options.features,
    },
    limits: options.limits ?? {},
    validateQuery: options.validateQuery ?? (() => null),
    store,
    // Separate ranges, so that an id of another kind is a 404 and never a match by chance.
    dashboards: store.collection("dashboard", { firstId: 1001 }),
    tiles: store.collection("tile", {
      firstId: 300_001,
      indexed: ["dashboard_id", "insight_id", "text_id", "button_tile_id"],
    }),
    texts: store.collection("text", { firstId: 70_001 }),
    buttons: store.collection("button"),
    insights: store.collection("insight", { firstId: 20_001, indexed: ["short_id"] }),
    alerts: store.collection("alert", { indexed: ["insight_id"] }),
    hogFunctions: store.collection("hog_function"),
    integrations: options.integrations ?? [{ id: 77, kind: "slack", display_name: "BrandVX" }],
    sent: store.collection("sent"),
    subscriptions: store.collection("subscription", { firstId: 4001 }),
    annotations: store.collection("annotation", { firstId: 5001 }),
    eventDefinitions: store.collection("event_definition", { indexed: ["name"] }),
    eventFilters: store.collection("event_filter"),
    propertyGroups: store.collection("schema_property_group"),
    eventSchemas: store.collection("event_schema", { indexed: ["event_definition", "property_group"] }),
    propertyDefinitions: store.collection("property_definition", { indexed: ["name"] }),
    flags: store.collection("flag", { firstId: 6001, indexed: ["key"] }),
    scheduledChanges: store.collection("scheduled_change", { firstId: 6_500_001 }),
    experiments: store.collection("experiment", { firstId: 6_700_001 }),
    variables: store.collection("variable"),
    events: store.collection("event", { indexed: ["uuid"] }),
    readEvents: [],
    unstored: new Set(),
    persons: store.collection("person"),
    personLinks: store.collection("person_link", { indexed: ["person"] }),
  };
}

/** Created once and stored in the file, so that the organization's id survives restarts. */
function organizationId(store: Store): string {
  const settings = store.collection<{ id: string; value: string }>("setting");
  const stored = settings.get("organization");
  return (stored ?? settings.put({ id: "organization", value: randomUUID() })).value;
}
