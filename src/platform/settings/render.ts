import { z } from "zod";
import { variableNamesOf } from "../../catalog/environment.ts";
import type { SettingFinding } from "./findings.ts";
import type { SettingsReader } from "./reader.ts";
import { type Hint, readStructured } from "./structured.ts";

const schema = z.strictObject({
  serviceId: z.string().regex(/^(srv|crn)-[a-z0-9]+$/, "is not a service's id (srv-…)"),
  /** Variables that were set by hand and that this stack may overwrite. */
  adopt: z.array(z.enum(variableNamesOf("server"), "is not a variable of the server app")).optional(),
  deploy: z.enum(["after-change", "never"], 'is neither "after-change" nor "never"').optional(),
});

/** The backend's service. */
export type RenderSettings = z.infer<typeof schema>;

const hints: Record<keyof RenderSettings, Hint> = {
  serviceId: { example: "srv-…", where: "in the service's address in Render's dashboard" },
  adopt: { example: "SENTRY_DSN", where: "names of variables that may be written over" },
  deploy: { example: "after-change", where: '"after-change", or "never" to leave the deploy to others' },
};

/** Reads `render` of the stack's configuration. */
export const readRender = (
  sources: SettingsReader,
): { value: RenderSettings | undefined; findings: SettingFinding[] } =>
  readStructured(sources, "render", schema, hints);
