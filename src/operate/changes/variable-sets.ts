import { isObject, object } from "../../insights/define/check/json.ts";
import { isUnknown } from "../../model/unknown.ts";
import { type VariablePlaceName, variablePlaces } from "../../model/vendors/index.ts";
import { type PagesEnvironment, pagesEnvironments } from "../../resources/cloudflare/api.ts";
import type { Resource } from "../plan/plan.ts";

/** Variables of one app in one place, as a resource's inputs have them. */
export interface VariableSet {
  /** The app, by the name of its resource. */
  readonly app: string;
  readonly vendor: VariablePlaceName;
  /** The project or service, as the vendor knows it. */
  readonly place: string;
  readonly stage: PagesEnvironment;
  /** Path of the set in the resource's inputs. */
  readonly path: readonly string[];
  readonly variables: Readonly<Record<string, StatedVariable>>;
}

export interface StatedVariable {
  /** As the resource has it, which may be wrong. */
  readonly visibility: "public" | "secret" | "unknown";
  /** Compare or check it, but never print it. Undefined when it is not known yet. */
  readonly value: unknown;
}

/** The sets of variables that a resource writes; none for a resource of another kind. */
export function variableSets({ type, name, inputs }: Pick<Resource, "type" | "name" | "inputs">): VariableSet[] {
  switch (type) {
    case "pulumi-nodejs:dynamic/cloudflare:PagesVariables":
      return pagesEnvironments
        .filter((stage) => isObject(inputs[stage]))
        .map((stage) => ({
          ...pages(name, inputs.projectName, stage),
          path: [stage],
          variables: stated(inputs[stage]),
        }));
    case "cloudflare:index/pagesProject:PagesProject": {
      const configs = object(inputs.deploymentConfigs);
      return pagesEnvironments
        .filter((stage) => isObject(object(configs[stage]).envVars))
        .map((stage) => ({
          ...pages(name, inputs.name, stage),
          path: ["deploymentConfigs", stage, "envVars"],
          variables: stated(object(configs[stage]).envVars),
        }));
    }
    case "pulumi-nodejs:dynamic/render:ServiceVariables":
      return [
        {
          ...{ app: name, vendor: variablePlaces.render.place, place: String(inputs.serviceId), stage: "production" },
          path: ["variables"],
          variables: stated(inputs.variables),
        },
      ];
    default:
      return [];
  }
}

/** True when the variables' names are known only after the update. */
export function hasOpenSet({ type, inputs }: Pick<Resource, "type" | "inputs">): boolean {
  switch (type) {
    case "pulumi-nodejs:dynamic/cloudflare:PagesVariables":
      return pagesEnvironments.some((stage) => isUnknown(inputs[stage]));
    case "cloudflare:index/pagesProject:PagesProject": {
      const configs = object(inputs.deploymentConfigs);
      const sets = pagesEnvironments.flatMap((stage) => [configs[stage], object(configs[stage]).envVars]);
      return isUnknown(inputs.deploymentConfigs) || sets.some(isUnknown);
    }
    case "pulumi-nodejs:dynamic/render:ServiceVariables":
      return isUnknown(inputs.variables);
    default:
      return false;
  }
}

const pages = (app: string, project: unknown, stage: PagesEnvironment) =>
  ({ app, vendor: variablePlaces.cloudflare.place, place: String(project), stage }) as const;

/** Both vendors' forms: `{ type: "secret_text" }` at Cloudflare, `{ visibility: "secret" }` for Render. */
const stated = (variables: unknown): Record<string, StatedVariable> =>
  Object.fromEntries(
    Object.entries(object(variables)).map(([name, variable]) => {
      const { type, visibility, value } = object(variable);
      if (isUnknown(variable)) return [name, { visibility: "unknown", value: variable }];
      if (isUnknown(type) || isUnknown(visibility)) return [name, { visibility: "unknown", value }];
      const isSecret = type === "secret_text" || visibility === "secret";
      return [name, { visibility: isSecret ? "secret" : "public", value }];
    }),
  );
