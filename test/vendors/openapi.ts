import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import type { descriptions, recordings } from "./manifest.ts";

type Fixture =
  | keyof typeof descriptions
  | keyof typeof recordings
  | "posthog-schema"
  | "posthog-endpoints"
  | "sentry-alert-examples";

/** A part of the vendors' own descriptions, or a recording of another client. */
export function readFixture(name: Fixture) {
  return JSON.parse(readFileSync(new URL(`./fixtures/${name}.json`, import.meta.url), "utf8"));
}

type Json = Record<string, unknown>;

/** Validates bodies against a vendor's OpenAPI description; returns the list of problems, empty when it fits. */
export interface OpenApi {
  request(method: string, path: string, body: unknown): string[];
  response(method: string, path: string, status: number, body: unknown): string[];
}

export function openApi(file: keyof typeof descriptions): OpenApi {
  const document = asJsonSchema(readFixture(file)) as Json;
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
  ajv.addSchema(document, "api");

  const operation = (method: string, path: string) => {
    const paths = Object.keys(document.paths as Json);
    const found = paths.find((candidate) => matches(candidate, path.split("?")[0] ?? ""));
    if (found === undefined) throw new Error(missing(file, method, path));
    const pointer = ["paths", found, method.toLowerCase()];
    if (at(document, pointer) === undefined) throw new Error(missing(file, method, found));
    return pointer;
  };
  const check = (pointer: string[], body: unknown) => {
    const content = at(document, [...pointer, "content"]) as Json | undefined;
    if (content === undefined) return [];
    const type =
      Object.keys(content).find((name) => name.startsWith("application/json")) ?? Object.keys(content)[0] ?? "";
    const reference = [...pointer, "content", type, "schema"].map(escapePointer).join("/");
    const validate = ajv.getSchema(`api#/${reference}`) ?? ajv.compile({ $ref: `api#/${reference}` });
    validate(body);
    return (validate.errors ?? []).map(
      (error) => `${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`,
    );
  };

  return {
    request: (method, path, body) => check(resolve(document, [...operation(method, path), "requestBody"]), body),
    response(method, path, status, body) {
      const pointer = [...operation(method, path), "responses", String(status)];
      if (at(document, pointer) === undefined) return [`${method} ${path} has no documented ${status}`];
      return check(resolve(document, pointer), body);
    },
  };
}

const missing = (file: string, method: string, path: string): string =>
  `The fixture ${file} has no ${method} ${path}: add it to test/vendors/manifest.ts and run reduce.ts`;

const escapePointer = (part: string) => encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1"));

function at(document: Json, pointer: string[]): unknown {
  let value: unknown = document;
  for (const part of pointer) value = (value as Json | undefined)?.[part];
  return value;
}

/** Follows a `$ref` in place of a request body or a response. */
function resolve(document: Json, pointer: string[]): string[] {
  const reference = (at(document, pointer) as Json | undefined)?.$ref;
  return typeof reference === "string" ? resolve(document, reference.slice(2).split("/")) : pointer;
}

function matches(template: string, path: string): boolean {
  const [wanted, given] = [template.split("/"), path.split("/")];
  return wanted.length === given.length && wanted.every((part, index) => part.startsWith("{") || part === given[index]);
}

/** OpenAPI 3.0 says `nullable` where JSON Schema says "or null"; `oneOf` with overlapping parts is meant as "any of". */
function asJsonSchema(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asJsonSchema);
  if (typeof value !== "object" || value === null) return value;
  const { nullable, oneOf, discriminator, example, examples, ...rest } = value as Json;
  const schema = Object.fromEntries(Object.entries(rest).map(([key, part]) => [key, asJsonSchema(part)]));
  if (Array.isArray(oneOf)) schema.anyOf = oneOf.map(asJsonSchema);
  return nullable === true ? { anyOf: [schema, { type: "null" }] } : schema;
}
