import { type Api, type ApiRequest, forbidDestroy, numericId, type RouteOptions } from "../http/api.ts";
import { notFound } from "../http/errors.ts";
import { mentions, page } from "../http/page.ts";
import { userBasic } from "../people/users.ts";
import type { HogFunctionRecord, JsonObject } from "../records.ts";
import type { World } from "../world.ts";
import { createHogFunction, updateHogFunction } from "./rules.ts";
import { templates } from "./templates.ts";

const options: RouteOptions = { scope: "hog_function" };
const onlyRead: RouteOptions = { scope: "integration:read" };

/** Hog functions and the integrations that they send by. Source: products/cdp/backend/api/hog_function.py. */
export function destinationRoutes(world: World, { inProject }: Api): void {
  inProject("GET", "/hog_functions", options, ({ url }) => {
    const kinds = (url.searchParams.get("type") ?? url.searchParams.get("types"))?.split(",");
    const search = url.searchParams.get("search");
    const found = world.hogFunctions
      .all()
      .filter((it) => !it.deleted && (kinds === undefined || kinds.includes(it.type)))
      .filter((it) => search === null || mentions(search, it.name));
    const isFull = url.searchParams.get("full") === "true";
    return page(url, found, (it) => (isFull ? answer(world, it) : minimal(world, it)));
  });
  inProject("POST", "/hog_functions", options, ({ body, caller }) =>
    Response.json(answer(world, createHogFunction(world, body, caller)), { status: 201 }),
  );
  inProject("GET", "/hog_functions/:id", options, (request) => Response.json(answer(world, known(request))));
  inProject("PATCH", "/hog_functions/:id", options, (request) =>
    Response.json(answer(world, updateHogFunction(world, known(request), request.body))),
  );
  inProject("DELETE", "/hog_functions/:id", options, forbidDestroy);
  inProject("GET", "/integrations", onlyRead, ({ url }) => page(url, world.integrations, (it) => ({ ...it })));
  inProject("GET", "/integrations/:id", onlyRead, ({ path }) => {
    const found = world.integrations.find(({ id }) => id === numericId(path("id")));
    if (!found) throw notFound();
    return Response.json(found);
  });

  /** A deleted one is found only by the request that restores it. */
  function known({ method, path, body }: ApiRequest): HogFunctionRecord {
    const found = world.hogFunctions.get(path("id"));
    if (found === null || (found.deleted && !(method === "PATCH" && body.deleted === false))) throw notFound();
    return found;
  }
}

function minimal(world: World, it: HogFunctionRecord) {
  const { id, type, name, description, created_at, updated_at, enabled, hog, filters } = it;
  const template = templates.find((one) => one.id === it.template_id);
  return {
    ...{ id, type, name, description, created_at, updated_at, enabled, hog, filters },
    created_by: userBasic(world, it.created_by),
    icon_url: null,
    execution_order: null,
    status: { state: enabled ? 1 : 0, tokens: 10_000 },
    template: template ? { ...template, template_id: template.id, free: true } : null,
  };
}

/** A secret input is answered by a mark that it is set. */
function answer(world: World, it: HogFunctionRecord) {
  const masked: JsonObject = Object.fromEntries(Object.keys(it.encrypted_inputs).map((key) => [key, { secret: true }]));
  return {
    ...minimal(world, it),
    inputs_schema: it.inputs_schema,
    inputs: { ...it.inputs, ...masked },
    masking: null,
    mappings: null,
    bytecode: ["_H", 1],
    transpiled: null,
    version: 1,
    draft: null,
  };
}
