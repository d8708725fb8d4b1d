import * as z from "zod";
import { startDeploy } from "./deploys.ts";
import { envVarInput, storedVariables } from "./env-vars.ts";
import { newCursor, newId, page, readBody, refuse } from "./http.ts";
import { findService, type RenderParts, servicePath } from "./parts.ts";
import { type ServiceType, type StoredService, serviceTypes, serviceView } from "./service.ts";

const newService = z.looseObject({
  type: z.enum(serviceTypes),
  name: z.string().min(1),
  ownerId: z.string().min(1),
  envVars: z.array(envVarInput).default([]),
});

export function createService(
  { services, ownerId }: Pick<RenderParts, "services" | "ownerId">,
  seed: { id?: string; name: string; type?: ServiceType; envVars?: Record<string, string> },
): StoredService {
  const date = new Date().toISOString();
  return services.put({
    id: seed.id ?? newId("srv"),
    cursor: newCursor(),
    name: seed.name,
    type: seed.type ?? "web_service",
    ownerId,
    createdAt: date,
    updatedAt: date,
    envVars: Object.entries(seed.envVars ?? {}).map(([key, value]) => ({ key, value, cursor: newCursor() })),
    restarts: 0,
  });
}

/** Services and their owner. API: api-docs.render.com/reference */
export function serviceRoutes(parts: RenderParts): void {
  const { app, services, deploys, ownerId } = parts;
  const owner = { id: ownerId, name: "BrandVX", email: "owner@example.com", type: "team", twoFactorAuthEnabled: true };

  app.get("/v1/owners", (c) => page(c, [{ owner, cursor: ownerId }], (item) => ({ owner: item.owner })));
  app.get("/v1/owners/:owner", (c) => {
    if (c.req.param("owner") !== ownerId) throw refuse(404, "not found");
    return c.json(owner);
  });

  app.get("/v1/services", (c) => {
    const wanted = (name: string) => c.req.queries(name)?.flatMap((value) => value.split(",")) ?? null;
    const [names, types, owners] = [wanted("name"), wanted("type"), wanted("ownerId")];
    const found = services
      .all()
      .filter(({ name }) => names?.includes(name) ?? true)
      .filter(({ type }) => types?.includes(type) ?? true)
      .filter((service) => owners?.includes(service.ownerId) ?? true);
    return page(c, found, (service) => ({ service: serviceView(service) }));
  });
  app.post("/v1/services", async (c) => {
    const { name, type, envVars } = await readBody(c, newService);
    if (services.all().some((service) => service.name === name)) throw refuse(400, `name is already in use: ${name}`);
    const service = services.put({ ...createService(parts, { name, type }), envVars: storedVariables(envVars) });
    return c.json({ service: serviceView(service), deployId: startDeploy(parts, service, "service_updated").id }, 201);
  });
  app.get(servicePath, (c) => c.json(serviceView(findService(parts, c))));
  app.delete(servicePath, (c) => {
    const { id } = findService(parts, c);
    for (const deploy of deploys.where("serviceId", id)) deploys.delete(deploy.id);
    services.delete(id);
    return c.body(null, 204);
  });
  app.post(`${servicePath}/restart`, (c) => {
    const service = findService(parts, c);
    if (service.type === "cron_job" || service.type === "static_site")
      throw refuse(400, `a ${service.type} cannot be restarted`);
    services.put({ ...service, restarts: service.restarts + 1 });
    return c.body(null, 200);
  });
}
