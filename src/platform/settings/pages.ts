import { z } from "zod";
import { variableNamesOf } from "../../catalog/environment.ts";
import type { SettingFinding } from "./findings.ts";
import type { SettingsReader } from "./reader.ts";
import { type Hint, readStructured } from "./structured.ts";

const place = {
  accountId: z.string().regex(/^[0-9a-f]{32}$/i, "is not an account's id"),
  projectName: z.string().regex(/^[a-z0-9]([a-z0-9-]{0,56}[a-z0-9])?$/, "is not the name of a Pages project"),
};

const schema = z.discriminatedUnion("project", [
  z.strictObject({
    project: z.literal("existing"),
    ...place,
    /** Variables that were set by hand and that this stack may overwrite. */
    adopt: z.array(z.enum(variableNamesOf("browser"), "is not a variable of the browser app")).optional(),
  }),
  z.strictObject({
    project: z.literal("created"),
    ...place,
    productionBranch: z.string("is not a branch").min(1, "is not a branch").default("main"),
  }),
]);

/** Where the operator UI is deployed: an existing project, or one that this stack creates. */
export type PagesSettings = z.infer<typeof schema>;

const hints: Record<keyof PagesSettings | "adopt" | "productionBranch", Hint> = {
  project: { example: "existing", where: '"existing", or "created" for a project that this stack creates' },
  accountId: { example: "<32 hexadecimal digits>", where: "in the address of Cloudflare's dashboard" },
  projectName: { example: "operator-ui", where: "in Cloudflare: Workers & Pages" },
  adopt: { example: "VITE_SENTRY_DSN", where: "names of variables that may be written over" },
  productionBranch: { example: "main", where: "the branch whose deployments are production" },
};

/**
 * Reads `pages` of the stack's configuration. A project is assumed to exist unless the configuration says otherwise.
 */
export const readPages = (sources: SettingsReader): { value: PagesSettings | undefined; findings: SettingFinding[] } =>
  readStructured(
    sources,
    "pages",
    z.preprocess((given) => (isRecord(given) ? { project: "existing", ...given } : given), schema),
    hints,
  );

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
