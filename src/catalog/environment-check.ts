import type { Finding } from "./finding.ts";
import { valueOrigins } from "./value-origins.ts";
import type { Variable, VariableTable } from "./variable.ts";

const file = "src/catalog/environment.ts";

/** All problems of a table of variables; empty for a valid one. The compiler finds most of them, too. */
export function environmentFindings(table: VariableTable): Finding[] {
  return Object.entries(table).flatMap(([name, variable]) =>
    rules.flatMap((rule) => {
      const found = rule(name, variable);
      return found ? [{ where: `${file}  ${name}`, ...found }] : [];
    }),
  );
}

type Rule = (name: string, variable: Variable) => Omit<Finding, "where"> | undefined;

const isBundled = (name: string): boolean => name.startsWith("VITE_");

const rules: Rule[] = [
  (name, { visibility }) =>
    isBundled(name) && visibility === "secret"
      ? {
          problem: `${name} is secret, but Vite copies every VITE_ variable into the bundle that browsers load`,
          fix: "give it to the server under another name, or make it public if everybody may read it",
          value: visibility,
        }
      : undefined,
  (name, { app }) =>
    isBundled(name) === (app === "browser")
      ? undefined
      : {
          problem: `${name} belongs to the ${app}, but Vite passes VITE_ variables, and no others, to the browser`,
          fix: app === "browser" ? `name it VITE_${name}` : 'make it app: "browser", or name it without VITE_',
          value: app,
        },
  (name, { visibility, valueFrom }) =>
    visibility === "public" && valueOrigins[valueFrom].visibility === "secret"
      ? {
          problem: `${name} is public, but its value comes from ${valueFrom}, which is secret`,
          fix: 'make it visibility: "secret", or take the value from a public source',
          value: valueFrom,
        }
      : undefined,
  (name, { meaning }) =>
    meaning.trim() === ""
      ? { problem: `${name} has no meaning`, fix: "say what the app does with it, and without it", value: meaning }
      : undefined,
  (name, { value, example }) =>
    value.safeParse(example).success
      ? undefined
      : { problem: `${name} has an example that its own schema refuses`, fix: "fix one of them", value: example },
  (name, { visibility, local }) =>
    visibility === "secret" && local !== ""
      ? {
          problem: `${name} is secret and has a value for .env.example`,
          fix: 'make it local: ""',
          value: "(not repeated)",
        }
      : undefined,
];
