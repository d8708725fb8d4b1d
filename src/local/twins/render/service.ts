export const serviceTypes = ["web_service", "private_service", "background_worker", "cron_job", "static_site"] as const;
export type ServiceType = (typeof serviceTypes)[number];

export interface EnvVar {
  key: string;
  value: string;
  cursor: string;
}

export type DeployStatus =
  | "created"
  | "queued"
  | "build_in_progress"
  | "pre_deploy_in_progress"
  | "update_in_progress"
  | "live"
  | "deactivated"
  | "build_failed"
  | "update_failed"
  | "pre_deploy_failed"
  | "canceled";

export interface StoredDeploy {
  id: string;
  serviceId: string;
  cursor: string;
  status: DeployStatus;
  trigger: "api" | "service_updated";
  commitId: string;
  createdAt: string;
  updatedAt: string;
  finishedAt: string | null;
  /** The variables at its start: a later write applies only to the next deploy. */
  env: Record<string, string>;
}

export interface StoredService {
  id: string;
  cursor: string;
  name: string;
  type: ServiceType;
  ownerId: string;
  createdAt: string;
  updatedAt: string;
  envVars: EnvVar[];
  restarts: number;
}

export function serviceView(service: StoredService) {
  const url = `https://${service.name}.onrender.com`;
  return {
    id: service.id,
    name: service.name,
    slug: service.name,
    type: service.type,
    ownerId: service.ownerId,
    createdAt: service.createdAt,
    updatedAt: service.updatedAt,
    dashboardUrl: `https://dashboard.render.com/${service.type === "web_service" ? "web" : "d"}/${service.id}`,
    autoDeploy: "yes",
    branch: "main",
    notifyOnFail: "default",
    repo: "https://github.com/brandvx/brandvx",
    rootDir: "",
    suspended: "not_suspended",
    suspenders: [],
    serviceDetails: serviceDetails(service.type, url),
  };
}

function serviceDetails(type: ServiceType, url: string): object {
  if (type === "static_site") return { buildCommand: "npm run build", publishPath: "dist", url, buildPlan: "starter" };
  const running = {
    env: "python",
    runtime: "python",
    envSpecificDetails: { buildCommand: "pip install -r requirements.txt", startCommand: "uvicorn app.main:app" },
    plan: "starter",
    region: "oregon",
    buildPlan: "starter",
  };
  if (type === "cron_job") return { ...running, schedule: "0 * * * *", lastSuccessfulRunAt: null };
  const long = { ...running, numInstances: 1 };
  if (type === "background_worker") return long;
  return { ...long, url, healthCheckPath: "/health", openPorts: [] };
}

export function deployView(deploy: StoredDeploy) {
  return {
    id: deploy.id,
    commit: { id: deploy.commitId, message: "", createdAt: deploy.createdAt },
    status: deploy.status,
    trigger: deploy.trigger,
    createdAt: deploy.createdAt,
    updatedAt: deploy.updatedAt,
    startedAt: deploy.createdAt,
    ...(deploy.finishedAt === null ? {} : { finishedAt: deploy.finishedAt }),
  };
}
