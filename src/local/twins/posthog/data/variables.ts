import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Api, ApiRequest, RouteOptions } from "../http/api.ts";
import { invalid, notFound } from "../http/errors.ts";
import { choice, definedFields, json, parseFields, text } from "../http/fields.ts";
import { page } from "../http/page.ts";
import { userBasic } from "../people/users.ts";
import type { VariableRecord } from "../records.ts";
import type { World } from "../world.ts";

const requestFields = z.object({
  name: text({ max: 400, blank: false }),
  type: choice(["String", "Number", "Boolean", "List", "Date"]),
  default_value: json().optional(),
  values: json().optional(),
});

const options: RouteOptions = { scope: "insight_variable" };

/** Variables of SQL insights. `code_name` is made from the name and cannot be written. Source: posthog/api/insight_variable.py. */
export function variableRoutes(world: World, { inProject }: Api): void {
  inProject("GET", "/insight_variables", options, ({ url }) =>
    page(url, world.variables.all(), (it) => answer(world, it)),
  );
  inProject("POST", "/insight_variables", options, ({ body, caller }) => {
    const fields = parseFields(requestFields, body);
    const codeName = fields.name
      .toLowerCase()
      .replaceAll(/[^a-z0-9\s_]/g, "")
      .trim()
      .replaceAll(/\s+/g, "_");
    if (world.variables.all().some((it) => it.code_name === codeName)) {
      throw invalid("Variable with this code name already exists");
    }
    const made = world.variables.put({
      id: randomUUID(),
      name: fields.name,
      type: fields.type,
      default_value: fields.default_value ?? null,
      code_name: codeName,
      values: fields.values ?? null,
      created_by: caller.userId,
      created_at: world.timestamp(),
    });
    return Response.json(answer(world, made), { status: 201 });
  });
  inProject("GET", "/insight_variables/:id", options, (request) => Response.json(answer(world, known(request))));
  inProject("PATCH", "/insight_variables/:id", options, (request) => {
    const fields = parseFields(requestFields.partial(), request.body);
    return Response.json(answer(world, world.variables.put({ ...known(request), ...definedFields(fields) })));
  });
  inProject("DELETE", "/insight_variables/:id", options, (request) => {
    world.variables.delete(known(request).id);
    return new Response(null, { status: 204 });
  });

  function known({ path }: ApiRequest): VariableRecord {
    const found = world.variables.get(path("id"));
    if (found === null) throw notFound();
    return found;
  }
}

const answer = (world: World, it: VariableRecord) => ({ ...it, created_by: userBasic(world, it.created_by) });
