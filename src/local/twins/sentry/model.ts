import { type Collection, openStore } from "../kit/index.ts";

/** The stored records. Ids are Sentry's: numbers written as strings. */
export interface Team {
  id: string;
  slug: string;
  name: string;
  dateCreated: string;
}

export interface Project {
  id: string;
  slug: string;
  name: string;
  platform: string | null;
  /** Ids of its teams, the first team first. */
  teams: string[];
  dateCreated: string;
  firstEvent: string | null;
  /** Settings set by requests, over the defaults of project-view.ts. */
  settings: Record<string, unknown>;
  options: Record<string, unknown>;
  /** Inbound filters: on, off, or the enabled subfilters. */
  filters: Record<string, boolean | string[]>;
}

/** The id is a project's former slug: its requests are redirected to the present one. */
export interface ProjectRedirect {
  id: string;
  projectId: string;
}

export interface ProjectKey {
  /** The public key, which is also the id. */
  id: string;
  secret: string;
  name: string;
  projectId: string;
  isActive: boolean;
  rateLimit: { window: number; count: number } | null;
  browserSdkVersion: string;
  dynamicSdkLoaderOptions: Record<string, boolean>;
  useCase: string;
  dateCreated: string;
}

/** The id is the project's. */
export interface Ownership {
  id: string;
  raw: string | null;
  fallthrough: boolean;
  autoAssignment: string;
  codeownersAutoSync: boolean;
  dateCreated: string | null;
  lastUpdated: string | null;
}

export interface Condition {
  id: string;
  type: string;
  comparison: unknown;
  conditionResult: unknown;
}

export interface SnubaQuery {
  id: string;
  dataset: string;
  query: string;
  aggregate: string;
  /** Seconds. */
  timeWindow: number;
  environment: string | null;
  eventTypes: string[];
  extrapolationMode: string;
}

export interface DataSource {
  id: string;
  type: "snuba_query_subscription" | "uptime_subscription" | "cron_monitor";
  sourceId: string;
  queryObj: Record<string, unknown>;
}

export interface Detector {
  id: string;
  projectId: string;
  type: string;
  name: string;
  description: string | null;
  enabled: boolean;
  /** `team:<id>` or `user:<id>`, as requests write it. */
  owner: string | null;
  dataSource: DataSource | null;
  conditionGroup: { id: string; logicType: string; conditions: Condition[] } | null;
  config: Record<string, unknown>;
  dateCreated: string;
  dateUpdated: string;
}

export interface Action {
  id: string;
  type: string;
  integrationId: string | null;
  data: Record<string, unknown>;
  config: Record<string, unknown>;
  status: string;
}

export interface ActionFilter {
  id: string;
  logicType: string;
  conditions: Condition[];
  actions: Action[];
}

export interface Workflow {
  id: string;
  name: string;
  enabled: boolean;
  environment: string | null;
  config: Record<string, unknown>;
  detectorIds: string[];
  triggers: { id: string; logicType: string; conditions: Condition[] };
  actionFilters: ActionFilter[];
  owner: string | null;
  /** The project for which Sentry created it; deleting the project deletes it. */
  automaticFor: string | null;
  dateCreated: string;
  dateUpdated: string;
}

export type IssueStatus = "unresolved" | "resolved" | "ignored";

export interface Issue {
  id: string;
  projectId: string;
  /** What the events of an issue have in common. */
  grouping: string;
  shortId: string;
  title: string;
  culprit: string;
  level: string;
  platform: string | null;
  type: "error" | "default";
  metadata: Record<string, unknown>;
  status: IssueStatus;
  statusDetails: Record<string, unknown>;
  substatus: string | null;
  assignedTo: string | null;
  count: number;
  /** Users who were affected, by their identifier. */
  users: string[];
  environments: string[];
  firstSeen: string;
  lastSeen: string;
}

export interface StoredEvent {
  /** The event id: 32 hex digits. */
  id: string;
  projectId: string;
  issueId: string;
  environment: string | null;
  dateReceived: string;
  /** As the SDK sent it. Only tests see it: Sentry itself stores what is left of it. */
  payload: Record<string, unknown>;
  /** What the project's settings leave of it; absent in a store that an earlier version wrote. */
  scrubbed?: Record<string, unknown>;
  /** The scrubbed one with its JavaScript frames resolved by source maps, when a map existed at its arrival. */
  symbolicated?: Record<string, unknown>;
  /** Errors during its processing. */
  errors?: ProcessingError[];
}

export interface ProcessingError {
  type: string;
  message: string;
  data: Record<string, unknown>;
}

export interface Commit {
  id: string;
  repository: string | null;
  message: string | null;
  timestamp: string | null;
}

/** A file that was added to a release by itself, in none of its artifact bundles. */
export interface ReleaseFile {
  id: string;
  version: string;
  name: string;
  dist: string | null;
  headers: Record<string, string>;
  size: number;
  sha1: string;
  dateCreated: string;
}

export interface Release {
  /** Its version, which is unique in the organization. */
  id: string;
  number: number;
  projectIds: string[];
  ref: string | null;
  url: string | null;
  status: string;
  commits: Commit[];
  dateCreated: string;
  dateStarted: string | null;
  /** Null until it is finalized. */
  dateReleased: string | null;
  firstEvent: string | null;
  lastEvent: string | null;
}

export interface Deploy {
  id: string;
  version: string;
  environment: string;
  name: string | null;
  url: string | null;
  dateStarted: string | null;
  dateFinished: string;
}

export interface SentryEnvironment {
  id: string;
  name: string;
  projectIds: string[];
  /** Projects in which somebody hid it; absent in a store that an earlier version wrote. */
  hiddenIn?: string[];
}

/** A chunk of an upload. The id is its SHA-1. */
export interface Chunk {
  id: string;
  base64: string;
}

/** Status of an upload's assembly. The id is the SHA-1 of the whole. */
export interface Assembly {
  id: string;
  state: "created" | "assembling" | "ok" | "error";
  detail: string | null;
}

export interface ArtifactBundle {
  /** Sentry's `bundleId`: a debug id of the whole. */
  id: string;
  projectIds: string[];
  version: string | null;
  dist: string | null;
  fileCount: number;
  dateCreated: string;
}

/** A file of a bundle: a script, or the map of a script. */
export interface Artifact {
  id: string;
  bundleId: string;
  /** `minified_source`, `source_map`, … */
  type: string;
  /** `~/assets/index.js` */
  url: string;
  /** Lowercase; empty when the file has none. */
  debugId: string;
  /** The script's reference to its map. */
  sourceMapUrl: string | null;
  content: string;
}

/** Envelope items other than errors: sessions, transactions, spans, replays, reports, … */
export interface EnvelopeItem {
  id: string;
  projectId: string;
  type: string;
  header: Record<string, unknown>;
  /** Parsed JSON, or the number of bytes of a binary payload. */
  payload: unknown;
  bytes: number;
  dateReceived: string;
}

export interface SentryModel {
  teams: Collection<Team>;
  projects: Collection<Project>;
  redirects: Collection<ProjectRedirect>;
  keys: Collection<ProjectKey>;
  ownerships: Collection<Ownership>;
  detectors: Collection<Detector>;
  workflows: Collection<Workflow>;
  issues: Collection<Issue>;
  events: Collection<StoredEvent>;
  items: Collection<EnvelopeItem>;
  releases: Collection<Release>;
  deploys: Collection<Deploy>;
  releaseFiles: Collection<ReleaseFile>;
  environments: Collection<SentryEnvironment>;
  chunks: Collection<Chunk>;
  assemblies: Collection<Assembly>;
  bundles: Collection<ArtifactBundle>;
  artifacts: Collection<Artifact>;
  /** A new id: one sequence for all objects. */
  newId(): string;
  transaction<R>(work: () => R): R;
  close(): void;
}

export function openSentryModel(file?: string): SentryModel {
  const store = openStore(file);
  const sequence = store.collection<{ id: number }>("object", { firstId: 101 });
  return {
    teams: store.collection<Team>("team", { indexed: ["slug"] }),
    projects: store.collection<Project>("project", { indexed: ["slug"] }),
    redirects: store.collection<ProjectRedirect>("redirect", { indexed: ["projectId"] }),
    keys: store.collection<ProjectKey>("key", { indexed: ["projectId"] }),
    ownerships: store.collection<Ownership>("ownership"),
    detectors: store.collection<Detector>("detector", { indexed: ["projectId"] }),
    workflows: store.collection<Workflow>("workflow"),
    issues: store.collection<Issue>("issue", { indexed: ["projectId", "grouping"] }),
    events: store.collection<StoredEvent>("event", { indexed: ["projectId", "issueId"] }),
    items: store.collection<EnvelopeItem>("item", { indexed: ["projectId"] }),
    releases: store.collection<Release>("release"),
    deploys: store.collection<Deploy>("deploy", { indexed: ["version"] }),
    releaseFiles: store.collection<ReleaseFile>("release_file", { indexed: ["version"] }),
    environments: store.collection<SentryEnvironment>("environment", { indexed: ["name"] }),
    chunks: store.collection<Chunk>("chunk"),
    assemblies: store.collection<Assembly>("assembly"),
    bundles: store.collection<ArtifactBundle>("bundle"),
    artifacts: store.collection<Artifact>("artifact", { indexed: ["debugId", "bundleId"] }),
    newId: () => String(sequence.nextId()),
    transaction: store.transaction,
    close: store.close,
  };
}
