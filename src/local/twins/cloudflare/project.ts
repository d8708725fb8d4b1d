/** `production` and `preview`: the two sets of settings of a Pages project. */
export const pagesEnvironments = ["production", "preview"] as const;
export type PagesEnvironment = (typeof pagesEnvironments)[number];

export interface Variable {
  type: "plain_text" | "secret_text";
  value: string;
}

/** Settings of one environment, by the API's names; bindings (`kv_namespaces`, `d1_databases`, …) are stored unchanged. */
export interface DeploymentConfig {
  env_vars: Record<string, Variable>;
  [setting: string]: unknown;
}

export interface StoredProject {
  /** `<account>/<name>`. */
  id: string;
  account: string;
  uuid: string;
  name: string;
  production_branch: string;
  created_on: string;
  build_config: Record<string, unknown>;
  source: Record<string, unknown> | null;
  deployment_configs: Record<PagesEnvironment, DeploymentConfig>;
}

export interface StoredDeployment {
  id: string;
  projectId: string;
  environment: PagesEnvironment;
  created_on: string;
  branch: string;
  /** The variables at its creation: later changes apply only to the next deployment. */
  env_vars: Record<string, Variable>;
  /** Absent, like the files, in a store that an earlier version wrote. */
  commit?: { readonly hash: string; readonly message: string; readonly isDirty: boolean };
  /** Keys of the uploaded contents, by their paths from `/`. Empty for a build that Pages makes itself. */
  files?: Record<string, string>;
}

/** An uploaded content. Deployments of all projects share it. */
export interface StoredAsset {
  /** The key that the uploader gave it. */
  id: string;
  /** Base64. */
  value: string;
  contentType: string;
}

export interface StoredDomain {
  /** `<account>/<project>/<name>`. */
  id: string;
  uuid: string;
  projectId: string;
  name: string;
  created_on: string;
}

/** Cloudflare's defaults for an environment. */
export function defaultConfig(today: Date): DeploymentConfig {
  return {
    always_use_latest_compatibility_date: false,
    build_image_major_version: 3,
    compatibility_date: today.toISOString().slice(0, 10),
    compatibility_flags: [],
    env_vars: {},
    fail_open: true,
    usage_model: "standard",
  };
}

/** A secret is never shown again: its value comes back empty. */
export const withoutSecrets = (variables: Record<string, Variable>): Record<string, Variable> =>
  Object.fromEntries(
    Object.entries(variables).map(([name, { type, value }]) => [
      name,
      { type, value: type === "secret_text" ? "" : value },
    ]),
  );

export function projectView(project: StoredProject, domains: readonly StoredDomain[], latest: StoredDeployment | null) {
  const host = `${project.name}.pages.dev`;
  const { deployment_configs: configs } = project;
  const shown = (environment: PagesEnvironment) => ({
    ...configs[environment],
    env_vars: withoutSecrets(configs[environment].env_vars),
  });
  const deployment = latest === null ? null : deploymentView(latest, project);
  return {
    id: project.uuid,
    name: project.name,
    subdomain: host,
    domains: [host, ...domains.map(({ name }) => name)],
    source: project.source,
    build_config: project.build_config,
    deployment_configs: { preview: shown("preview"), production: shown("production") },
    latest_deployment: deployment,
    canonical_deployment: latest?.environment === "production" ? deployment : null,
    created_on: project.created_on,
    production_branch: project.production_branch,
    production_script_name: `pages-worker--${project.uuid.slice(0, 8)}-production`,
    preview_script_name: `pages-worker--${project.uuid.slice(0, 8)}-preview`,
    framework: "",
    framework_version: "",
    uses_functions: false,
  };
}

export function deploymentView(deployment: StoredDeployment, project: StoredProject) {
  const short = deployment.id.slice(0, 8);
  const stage = {
    name: "deploy",
    status: "success",
    started_on: deployment.created_on,
    ended_on: deployment.created_on,
  };
  return {
    id: deployment.id,
    short_id: short,
    project_id: project.uuid,
    project_name: project.name,
    environment: deployment.environment,
    url: `https://${short}.${project.name}.pages.dev`,
    created_on: deployment.created_on,
    modified_on: deployment.created_on,
    latest_stage: stage,
    stages: [stage],
    deployment_trigger: {
      type: "ad_hoc",
      metadata: {
        branch: deployment.branch,
        commit_hash: deployment.commit?.hash ?? "",
        commit_message: deployment.commit?.message ?? "",
        commit_dirty: deployment.commit?.isDirty ?? false,
      },
    },
    env_vars: withoutSecrets(deployment.env_vars),
    build_config: project.build_config,
    source: project.source,
    aliases: null,
    is_skipped: false,
    uses_functions: false,
  };
}

export function domainView(domain: StoredDomain, account: string) {
  return {
    id: domain.uuid,
    domain_id: domain.uuid,
    name: domain.name,
    status: "active",
    certificate_authority: "google",
    zone_tag: account,
    created_on: domain.created_on,
    validation_data: { status: "active", method: "http" },
    verification_data: { status: "active" },
  };
}
