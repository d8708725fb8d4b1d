import { randomUUID } from "node:crypto";
import { z } from "zod";
import { invalid } from "../http/errors.ts";
import { choice, definedFields, flag, json, list, object, parseFields, text } from "../http/fields.ts";
import type { Caller } from "../http/keys.ts";
import { isObject } from "../queries/source.ts";
import type { HogFunctionRecord, JsonObject } from "../records.ts";
import type { World } from "../world.ts";
import { type Template, templates } from "./templates.ts";

const types = [
  ...["destination", "site_destination", "internal_destination", "source_webhook", "site_app"],
  ...["transformation", "transformation_log"],
] as [string, ...string[]];

/** Source: products/cdp/backend/api/hog_function.py, HogFunctionSerializer. */
const written = z.object({
  type: choice(types),
  template_id: text().nullable().optional(),
  name: text({ max: 400 }).nullable().optional(),
  description: text().nullable().optional(),
  enabled: flag().optional(),
  deleted: flag().optional(),
  hog: text().optional(),
  inputs_schema: list(object()).optional(),
  inputs: object().optional(),
  filters: object().nullable().optional(),
  masking: json().optional(),
  mappings: json().optional(),
  icon_url: text().nullable().optional(),
  execution_order: json().optional(),
});

export function createHogFunction(world: World, body: JsonObject, caller: Caller): HogFunctionRecord {
  const fields = parseFields(written, body);
  const template = templateOf(fields.template_id ?? null);
  if (template?.status === "hidden") {
    const detail = `Template '${template.id}' is internal and cannot be used to create a function.`;
    throw invalid(detail, "template_id");
  }
  const code = fields.hog ?? template?.code;
  if (code === undefined || code === "") throw invalid("Required.", "hog");
  const at = world.timestamp();
  return write(world, {
    id: randomUUID(),
    type: fields.type,
    template_id: template?.id ?? null,
    name: fields.name || (template?.name ?? null),
    description: fields.description ?? "",
    enabled: fields.enabled ?? false,
    deleted: false,
    hog: code,
    inputs_schema: fields.inputs_schema?.length ? fields.inputs_schema : [...(template?.inputs_schema ?? [])],
    inputs: fields.inputs ?? {},
    encrypted_inputs: {},
    filters: fields.filters ?? {},
    created_by: caller.userId,
    created_at: at,
    updated_at: at,
  });
}

export function updateHogFunction(world: World, before: HogFunctionRecord, body: JsonObject): HogFunctionRecord {
  const { type, template_id: _, filters, ...fields } = parseFields(written.partial(), body);
  if (type !== undefined && type !== before.type) {
    throw invalid("Cannot modify the type of an existing function", "type");
  }
  const { inputs = before.inputs, ...others } = definedFields(fields);
  const after = { ...before, ...(others as Partial<HogFunctionRecord>), updated_at: world.timestamp() };
  return write(world, { ...after, inputs, filters: filters === undefined ? before.filters : (filters ?? {}) });
}

function write(world: World, after: HogFunctionRecord): HogFunctionRecord {
  const events = Array.isArray(after.filters.events) ? after.filters.events : [];
  if (events.some((event) => isObject(event) && managed.has(String(event.id)))) {
    throw invalid("Alert notification destinations are managed through the alert API.", "filters");
  }
  const { open, secret } = checkedInputs(after);
  return world.hogFunctions.put({
    ...after,
    inputs: open,
    encrypted_inputs: secret,
    // The server compiles what it stores, and shows it.
    filters: { source: "events", ...after.filters, bytecode: ["_H", 1, 29] },
  });
}

/** Events whose destinations belong to an alert of another kind; alerts on insights are older than that rule. */
const managed = new Set(["$logs_alert_firing", "$logs_alert_resolved"]);

function templateOf(id: string | null): Template | undefined {
  if (id === null) return undefined;
  const found = templates.find((template) => template.id === id);
  if (!found) throw invalid(`No template found for id '${id}'`, "template_id");
  return found;
}

/** Source: posthog/cdp/validation.py, InputsSerializer: secrets are stored apart, and `{secret: true}` keeps the stored one. */
function checkedInputs({ inputs_schema, inputs, encrypted_inputs }: HogFunctionRecord) {
  const open: JsonObject = {};
  const secret: JsonObject = {};
  inputs_schema.forEach((schema, order) => {
    const key = String(schema.key);
    const given = inputs[key];
    const kept = schema.secret === true && (given === undefined || (isObject(given) && given.secret === true));
    const input = kept ? encrypted_inputs[key] : given;
    const value = isObject(input) ? input.value : undefined;
    const isMissing = value === undefined || value === null || value === "";
    if (schema.required === true && isMissing) throw invalid("This field is required.", `inputs__${key}`);
    if (isMissing) return;
    if (schema.type === "integration" && !Number.isInteger(value)) {
      throw invalid("Value must be an Integration ID.", `inputs__${key}`);
    }
    if (schema.type === "string" && typeof value !== "string") {
      throw invalid("Value must be a string.", `inputs__${key}`);
    }
    const stored = { ...(input as JsonObject), value, order, bytecode: ["_H", 1, 32, value] };
    if (schema.secret === true) secret[key] = stored;
    else open[key] = stored;
  });
  return { open, secret };
}
