import { allVendors } from "../model/vendors/index.ts";

/** Credentials of each vendor, as a table for docs/settings.md. */
export function keysTable(): string {
  const code = (text: string): string => `\`${text}\``;
  const rows = allVendors.flatMap(({ name, credentials }) =>
    Object.values(credentials).map(
      ({ variable, alternatives = [], configKey, need }) =>
        `| ${name} | ${[variable, ...alternatives].map(code).join(", else ")} | ${code(configKey)} | ${need} |`,
    ),
  );
  return [
    "| vendor | in the environment | or encrypted in the configuration | what it is |",
    "|---|---|---|---|",
    ...rows,
  ].join("\n");
}
