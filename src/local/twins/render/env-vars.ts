import { randomBytes } from "node:crypto";
import * as z from "zod";
import { newCursor, page, readBody, refuse } from "./http.ts";
import { findService, type RenderParts, servicePath } from "./parts.ts";
import type { EnvVar } from "./service.ts";

const key = z
  .string()
  .regex(/^[-._a-zA-Z][-._a-zA-Z0-9]*$/, "must be letters, digits, '_', '-' or '.', and not start with a digit");
const content = z.union([z.object({ value: z.string() }), z.object({ generateValue: z.literal(true) })]);
export const envVarInput = z.intersection(z.object({ key }), content);
const allVariables = z
  .array(envVarInput)
  .refine((list) => new Set(list.map((each) => each.key)).size === list.length, "keys must be unique");

const writtenValue = (input: z.output<typeof content>) =>
  "value" in input ? input.value : randomBytes(32).toString("base64");

export const storedVariables = (inputs: z.output<typeof allVariables>): EnvVar[] =>
  inputs.map((input) => ({ key: input.key, value: writtenValue(input), cursor: newCursor() }));

/**
 * A service's own variables, without those of its groups. No write deploys anything
 * (api-docs.render.com/reference/update-env-vars-for-service).
 */
export function envVarRoutes(parts: RenderParts): void {
  const { app, services } = parts;
  const path = `${servicePath}/env-vars` as const;
  const view = (variable: EnvVar) => ({ envVar: { key: variable.key, value: variable.value } });
  const missing = (name: string) => refuse(404, `not found: environment variable: ${name}`);

  app.get(path, (c) => page(c, findService(parts, c).envVars, view));
  app.put(path, async (c) => {
    const service = findService(parts, c);
    const envVars = storedVariables(await readBody(c, allVariables));
    services.put({ ...service, envVars, updatedAt: new Date().toISOString() });
    return c.json(envVars.map((variable) => ({ ...view(variable), cursor: variable.cursor })));
  });

  app.get(`${path}/:key`, (c) => {
    const found = findService(parts, c).envVars.find((variable) => variable.key === c.req.param("key"));
    if (found === undefined) throw missing(c.req.param("key"));
    return c.json(view(found).envVar);
  });
  app.put(`${path}/:key`, async (c) => {
    const service = findService(parts, c);
    const name = key.safeParse(c.req.param("key"));
    if (!name.success) throw refuse(400, `invalid key: ${name.error.issues[0]?.message}`);
    const value = writtenValue(await readBody(c, content));
    const before = service.envVars.find((variable) => variable.key === name.data);
    const after = { key: name.data, value, cursor: before?.cursor ?? newCursor() };
    const envVars =
      before === undefined
        ? [...service.envVars, after]
        : service.envVars.map((each) => (each === before ? after : each));
    services.put({ ...service, envVars, updatedAt: new Date().toISOString() });
    return c.json(view(after).envVar);
  });
  app.delete(`${path}/:key`, (c) => {
    const service = findService(parts, c);
    const envVars = service.envVars.filter((variable) => variable.key !== c.req.param("key"));
    if (envVars.length === service.envVars.length) throw missing(c.req.param("key"));
    services.put({ ...service, envVars, updatedAt: new Date().toISOString() });
    return c.body(null, 204);
  });
}
