import { randomBytes } from "node:crypto";
import * as z from "zod";
import { newCursor, newId, page, readBody, refuse } from "./http.ts";
import { findService, type RenderParts, servicePath } from "./parts.ts";
import { type DeployStatus, deployView, type StoredDeploy, type StoredService } from "./service.ts";

const newDeploy = z.looseObject({
  clearCache: z.enum(["clear", "do_not_clear"]).optional(),
  commitId: z.string().optional(),
  imageUrl: z.string().optional(),
  deployMode: z.enum(["build_and_deploy", "deploy_only"]).optional(),
});

/** The statuses of a deploy; each read moves it one step further, so that no clock is needed. */
const steps: Partial<Record<DeployStatus, DeployStatus>> = {
  queued: "build_in_progress",
  created: "build_in_progress",
  build_in_progress: "update_in_progress",
  update_in_progress: "live",
};

export const isRunning = ({ status }: StoredDeploy): boolean => steps[status] !== undefined;

export function startDeploy(
  { deploys }: Pick<RenderParts, "deploys">,
  service: StoredService,
  trigger: StoredDeploy["trigger"],
  { commitId, status = "created" }: { commitId?: string | undefined; status?: DeployStatus } = {},
): StoredDeploy {
  const date = new Date().toISOString();
  return deploys.put({
    id: newId("dep"),
    serviceId: service.id,
    cursor: newCursor(),
    status,
    trigger,
    commitId: commitId ?? randomBytes(20).toString("hex"),
    createdAt: date,
    updatedAt: date,
    finishedAt: null,
    env: Object.fromEntries(service.envVars.map(({ key, value }) => [key, value])),
  });
}

export function deployRoutes(parts: RenderParts): void {
  const { app, deploys, whenBusy } = parts;
  const path = `${servicePath}/deploys` as const;
  const newestFirst = (service: StoredService) => deploys.where("serviceId", service.id).reverse();
  const find = (service: StoredService, id: string) => {
    const deploy = deploys.get(id);
    if (deploy?.serviceId !== service.id) throw refuse(404, `not found: deploy: ${id}`);
    return deploy;
  };

  app.get(path, (c) => {
    const statuses = c.req.queries("status")?.flatMap((value) => value.split(",")) ?? null;
    const found = newestFirst(findService(parts, c)).filter(({ status }) => statuses?.includes(status) ?? true);
    return page(c, found, (deploy) => ({ deploy: deployView(deploy) }));
  });

  app.post(path, async (c) => {
    const service = findService(parts, c);
    const { clearCache, commitId, imageUrl, deployMode } = await readBody(c, newDeploy);
    if (deployMode === "deploy_only" && (clearCache ?? commitId ?? imageUrl) !== undefined)
      throw refuse(400, "deployMode deploy_only cannot be combined with clearCache, commitId or imageUrl");
    const busy = whenBusy === "queue" && newestFirst(service).some(isRunning);
    const deploy = startDeploy(parts, service, "api", { commitId, status: busy ? "queued" : "created" });
    return busy ? c.body(null, 202) : c.json(deployView(deploy), 201);
  });

  app.get(`${path}/:deploy`, (c) =>
    c.json(deployView(advance(parts, find(findService(parts, c), c.req.param("deploy"))))),
  );

  app.post(`${path}/:deploy/cancel`, (c) => {
    const deploy = find(findService(parts, c), c.req.param("deploy"));
    if (!isRunning(deploy)) throw refuse(400, `a deploy that is ${deploy.status} cannot be canceled`);
    return c.json(deployView(deploys.put({ ...deploy, status: "canceled", finishedAt: new Date().toISOString() })));
  });
}

/** One step; a deploy that becomes live deactivates the previous one. */
function advance({ deploys }: RenderParts, deploy: StoredDeploy): StoredDeploy {
  const status = steps[deploy.status];
  if (status === undefined) return deploy;
  const date = new Date().toISOString();
  if (status === "live")
    for (const other of deploys.where("serviceId", deploy.serviceId))
      if (other.status === "live") deploys.put({ ...other, status: "deactivated", updatedAt: date });
  return deploys.put({ ...deploy, status, updatedAt: date, finishedAt: status === "live" ? date : null });
}
