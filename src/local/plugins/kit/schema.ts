import type { Plugin } from "./resource.ts";
import type { Property } from "./shape.ts";

const anything = { $ref: "pulumi.json#/Any" };

/** Elements of lists and objects may be anything, since a shape does not describe them. */
const types: Record<Property["type"], object> = {
  string: { type: "string" },
  integer: { type: "integer" },
  boolean: { type: "boolean" },
  list: { type: "array", items: anything },
  set: { type: "array", items: anything },
  object: { type: "object", additionalProperties: anything },
};

/**
 * A plugin's schema in Pulumi's format (pulumi/pulumi: pkg/codegen/schema): `pulumi import` uses it to write a resource's
 * declaration.
 *
 * @param version of the plugin, without the leading "v"
 */
export function schemaOf<Client>({ name, resources }: Plugin<Client>, version: string): object {
  return {
    name,
    version,
    // `sentry:index/sentryTeam:SentryTeam` is SentryTeam of the module index.
    meta: { moduleFormat: "(.*)(?:/[^/]*)" },
    resources: Object.fromEntries(
      Object.entries(resources).map(([token, { shape, secrets }]) => {
        const secretNames = new Set(secrets.filter((path) => path.length === 1).map(([first]) => first));
        const inputs = Object.entries(shape).filter(([, { from }]) => from !== "computed");
        const properties = (entries: [string, Property][]) =>
          Object.fromEntries(
            entries.map(([property, { type }]) => [
              property,
              { ...types[type], ...(secretNames.has(property) ? { secret: true } : {}) },
            ]),
          );
        return [
          token,
          {
            properties: properties(Object.entries(shape)),
            required: Object.keys(shape).filter((property) => shape[property]?.from !== "optional"),
            inputProperties: properties(inputs),
            requiredInputs: inputs
              .filter(([, { from, autonamed }]) => from === "required" && autonamed !== true)
              .map(([property]) => property),
          },
        ];
      }),
    ),
  };
}
