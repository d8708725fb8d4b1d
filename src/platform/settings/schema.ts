import { z } from "zod";
import type { SettingFinding } from "./findings.ts";
import type { Sources } from "./sources.ts";

/** A stack's configuration, by Pulumi's own key. Each entry says how it is set, for the one who has not set it. */
const configuration = {
  "posthog:host": {
    schema: z
      .url({ protocol: /^https?$/, error: "is not an http(s) address" })
      .refine((host) => !/\.i\.posthog\.com(:|\/|$)/.test(host), "is where events are sent to, not the app's address")
      .default("https://us.posthog.com"),
    example: "https://us.posthog.com",
    where: "the address in your browser when you are logged in to PostHog",
  },
  "posthog:projectId": {
    schema: z.coerce.number("is not a number").int("is not a whole number").positive("is not a project's number"),
    example: "<number>",
    where: "in PostHog: Settings > Project > Project ID",
  },
} as const;

type Key = keyof typeof configuration;
type Values = { [K in Key]: z.output<(typeof configuration)[K]["schema"]> };

/** Reads every configuration value. Findings name each one that is missing or wrong. */
export function readConfiguration({ config, stack }: Sources): { values: Partial<Values>; findings: SettingFinding[] } {
  const values: Record<string, unknown> = {};
  const findings: SettingFinding[] = [];
  for (const [key, { schema, example, where }] of Object.entries(configuration)) {
    const given = config(key);
    const read = schema.safeParse(given);
    if (read.success) {
      values[key] = read.data;
      continue;
    }
    const problem =
      given === undefined
        ? `${key} is not set`
        : `${key} ${read.error.issues[0]?.message} (it is ${JSON.stringify(given)})`;
    findings.push({ problem, fix: `pulumi config set --stack ${stack} ${key} ${example}    (${where})` });
  }
  return { values: values as Partial<Values>, findings };
}
