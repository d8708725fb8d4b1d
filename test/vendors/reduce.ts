/*
 * Writes test/vendors/fixtures: the parts of the vendors' public API descriptions, and of recordings of other clients, that
 * the tests assert. Needed only when a test asks about an operation that is not in a fixture yet:
 *
 *     node test/vendors/reduce.ts <folder of the whole descriptions>
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { descriptions, type OpenApiFile, recordings, schemaCut } from "./manifest.ts";

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const from = process.argv[2];
if (from === undefined) {
  console.error("usage: node test/vendors/reduce.ts <folder of the whole descriptions>");
  process.exit(2);
}
const read = (file: string): string => readFileSync(join(from, file), "utf8");
const fixtures = fileURLToPath(new URL("./fixtures/", import.meta.url));

/** Prose and examples: no test asserts them. A property may have one of these names, so texts alone are left out. */
const prose = new Set([
  "description",
  "summary",
  "title",
  "example",
  "examples",
  "operationId",
  "tags",
  "security",
  "externalDocs",
]);

function withoutProse(value: unknown, isNames = false): unknown {
  if (Array.isArray(value)) return value.map((one) => withoutProse(one));
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(([key]) => isNames || !(prose.has(key) || key.startsWith("x-")));
  return Object.fromEntries(kept.map(([key, part]) => [key, withoutProse(part, !isNames && key === "properties")]));
}

const partsOf = (pointer: string): string[] =>
  pointer.split("/").map((part) => decodeURIComponent(part).replaceAll("~1", "/").replaceAll("~0", "~"));

/** The parts that these ones refer to with `$ref`, by their path below `root`. */
function referenced(root: Json, parts: unknown): Map<string, unknown> {
  const found = new Map<string, unknown>();
  const visit = (value: unknown): void => {
    for (const [, pointer = ""] of JSON.stringify(value).matchAll(/"\$ref":"#\/([^"]+)"/g)) {
      if (found.has(pointer)) continue;
      const target = partsOf(pointer).reduce<unknown>((at, part) => (at as Json | undefined)?.[part], root);
      if (target === undefined) throw new Error(`Nothing stands at ${pointer}`);
      found.set(pointer, withoutProse(target));
      visit(found.get(pointer));
    }
  };
  visit(parts);
  return found;
}

function put(into: Json, pointer: string, value: unknown): void {
  const parts = partsOf(pointer);
  const last = parts.pop() ?? "";
  let at = into;
  for (const part of parts) {
    at[part] ??= {};
    at = at[part] as Json;
  }
  at[last] = value;
}

function reduceOpenApi({ file, source, operations }: OpenApiFile): Json {
  const whole = parse(read(file)) as { openapi: string; paths: Record<string, Json> };
  const paths: Json = {};
  for (const operation of operations) {
    const [method = "", path = ""] = operation.split(" ");
    const found = whole.paths[path]?.[method.toLowerCase()] as Json | undefined;
    if (found === undefined) throw new Error(`${file} has no ${operation}`);
    const { requestBody, responses } = withoutProse(found) as Json;
    paths[path] = { ...(paths[path] as Json), [method.toLowerCase()]: { requestBody, responses } };
  }
  const reduced: Json = { $comment: source, openapi: whole.openapi, paths };
  for (const [pointer, part] of referenced(whole as unknown as Json, paths)) put(reduced, pointer, part);
  return reduced;
}

function reducePostHogSchema(): Json {
  const { definitions } = JSON.parse(read(schemaCut.file)) as { definitions: Record<string, Json> };
  for (const [name, kinds] of Object.entries(schemaCut.unions)) {
    const { anyOf, properties } = definitions[name] as { anyOf?: Json[]; properties?: { source?: { anyOf: Json[] } } };
    const union = anyOf ?? properties?.source?.anyOf ?? [];
    const kept = union.filter(({ $ref }) => kinds.includes(String($ref).replace("#/definitions/Schemas.", "")));
    union.splice(0, union.length, ...kept);
  }
  for (const definition of Object.values(definitions))
    if (isObject(definition.properties) && "response" in definition.properties) definition.properties.response = {};
  const root = { definitions };
  const roots = Object.fromEntries(schemaCut.roots.map((name) => [name, { $ref: `#/definitions/${name}` }]));
  const reduced: Json = { $comment: schemaCut.source };
  for (const [pointer, part] of referenced(root, roots)) put(reduced, pointer, part);
  return reduced;
}

function reduceEndpoints(): Json {
  const endpoints = JSON.parse(read(schemaCut.endpoints)) as { path: string; method: string; responses: string }[];
  const kept = endpoints.filter(({ path }) =>
    schemaCut.kinds.some((kind) => new RegExp(`^/api/projects/{project_id}/${kind}/({id}/)?$`).test(path)),
  );
  return {
    $comment: schemaCut.source,
    endpoints: kept.map(({ method, path, responses }) => ({ method, path, responses })),
  };
}

/** The complete JSON blocks of Sentry's own text on alerts; incomplete ones contain dots. */
function alertExamples(): Json {
  const { file, source } = descriptions.sentry;
  const { paths } = JSON.parse(read(file));
  const body = paths["/api/0/organizations/{organization_id_or_slug}/workflows/"].post.requestBody.content;
  const text: string = body["application/json"].schema.properties.action_filters.description;
  const examples = [...text.matchAll(/```json\s*(\{[\s\S]*?\})\s*,?\s*```/g)].flatMap(([, block = ""]) => {
    try {
      return JSON.parse(`[${block}]`);
    } catch {
      return [];
    }
  });
  return { $comment: source, examples };
}

function reduceRecording(file: string): Json {
  const { about, steps } = JSON.parse(read(file)) as { about: string; steps: { step: string; requests: Json[] }[] };
  const requests = (all: Json[]) =>
    all.map(({ vendor, method, path, body }) => ({ ...(vendor === undefined ? {} : { vendor }), method, path, body }));
  return { $comment: about, steps: steps.map((one) => ({ step: one.step, requests: requests(one.requests) })) };
}

/** One line for each path, definition or step, so that a change of one shows as one line. */
function oneEntryALine(value: Json): string {
  const line = (key: string | undefined, part: unknown): string =>
    key === undefined ? JSON.stringify(part) : `${JSON.stringify(key)}: ${JSON.stringify(part)}`;
  const entries = Object.entries(value).map(([key, part]) => {
    if (Array.isArray(part))
      return `${JSON.stringify(key)}: [\n${part.map((one) => line(undefined, one)).join(",\n")}\n]`;
    if (!isObject(part)) return line(key, part);
    return `${JSON.stringify(key)}: {\n${Object.entries(part)
      .map(([inner, one]) => line(inner, one))
      .join(",\n")}\n}`;
  });
  return `{\n${entries.join(",\n")}\n}`;
}

function write(name: string, value: Json): void {
  const lines = `${oneEntryALine(value)}\n`;
  writeFileSync(join(fixtures, name), lines);
  console.log(`${name}  ${Math.round(lines.length / 1024)} kB`);
}

mkdirSync(fixtures, { recursive: true });
for (const [name, file] of Object.entries(descriptions)) write(`${name}.json`, reduceOpenApi(file));
write("posthog-schema.json", reducePostHogSchema());
write("posthog-endpoints.json", reduceEndpoints());
write("sentry-alert-examples.json", alertExamples());
for (const [name, file] of Object.entries(recordings)) write(`${name}.json`, reduceRecording(file));
