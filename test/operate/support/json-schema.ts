import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";

const schema = JSON.parse(readFileSync(new URL("../../../docs/obs.schema.json", import.meta.url), "utf8")) as {
  anyOf: { properties: { command?: { const?: string }; outcome: { const?: string } } }[];
};
const ajv = new Ajv2020({ strict: false, allErrors: true });

interface Printed {
  schemaVersion: number;
  command: string;
  outcome: "fine" | "changes" | "broken" | "failed";
}

/**
 * Checks what a command printed with `--json` against docs/obs.schema.json.
 * @throws Error with the differences, from the command's own part of the schema
 */
export function heldAgainstSchema(stdout: string): Printed {
  const printed = JSON.parse(stdout) as Printed;
  const part = schema.anyOf.find(({ properties: { command, outcome } }) =>
    printed.outcome === "failed" ? outcome.const === "failed" : command?.const === printed.command,
  );
  if (!part) throw new Error(`docs/obs.schema.json has nothing about it: ${stdout.slice(0, 200)}`);
  const validate = ajv.compile(part);
  const isAsDescribed: boolean = validate(printed);
  if (!isAsDescribed) throw new Error(`${printed.command}: ${ajv.errorsText(validate.errors)}`);
  return printed;
}
