import { randomUUID } from "node:crypto";
import * as z from "zod";
import { domainExists, domainNotFound, page, readBody, succeeded } from "./envelope.ts";
import { type CloudflareParts, projectPath } from "./parts.ts";
import { domainView } from "./project.ts";

const newDomain = z.looseObject({ name: z.string().regex(/^([a-z0-9-]+\.)+[a-z]{2,}$/i, "must be a domain name") });

/** Custom domains of a project; active at once. */
export function domainRoutes({ app, domains, findProject }: CloudflareParts): void {
  const find = (projectId: string, name: string | undefined) => {
    const domain = domains.get(`${projectId}/${name}`);
    if (domain === null) throw domainNotFound();
    return domain;
  };

  app.get(`${projectPath}/domains`, (c) => {
    const { id, account } = findProject(c);
    return page(c, domains.where("projectId", id), (domain) => domainView(domain, account));
  });
  app.post(`${projectPath}/domains`, async (c) => {
    const { id, account } = findProject(c);
    const { name } = await readBody(c, newDomain);
    if (domains.get(`${id}/${name}`) !== null) throw domainExists();
    const domain = domains.put({
      id: `${id}/${name}`,
      uuid: randomUUID(),
      projectId: id,
      name,
      created_on: new Date().toISOString(),
    });
    return c.json(succeeded(domainView(domain, account)));
  });
  for (const method of ["GET", "PATCH"])
    app.on(method, `${projectPath}/domains/:domain`, (c) => {
      const { id, account } = findProject(c);
      return c.json(succeeded(domainView(find(id, c.req.param("domain")), account)));
    });
  app.delete(`${projectPath}/domains/:domain`, (c) => {
    domains.delete(find(findProject(c).id, c.req.param("domain")).id);
    return c.json(succeeded(null));
  });
}
