import { z } from "zod";
import { appOfRelease, commitPattern, releaseName, releasePattern, releaseRule } from "../../model/release.ts";
import { itIs, type SettingFinding } from "./findings.ts";
import type { SettingsReader } from "./reader.ts";

/** The release of the apps that a run belongs to, if known. */
export interface Release {
  release: string | undefined;
  commit: string | undefined;
}

const places = {
  release: {
    variable: "RELEASE",
    key: "release",
    // What `obs release` refuses in Sentry is not marked in PostHog before.
    schema: z
      .string()
      .regex(releasePattern, { error: releaseRule, abort: true })
      .refine(
        (release) => appOfRelease(release) !== undefined,
        `does not begin with its app, ${releaseName("browser", "<version or commit>")} or ${releaseName("server", "<version or commit>")}`,
      ),
    example: `'${releaseName("browser", "<version or commit>")}'`,
  },
  commit: {
    variable: "RELEASE_COMMIT",
    key: "releaseCommit",
    schema: z.string().regex(commitPattern, "is not a commit of 7 to 40 hexadecimal digits"),
    example: "<commit>",
  },
} as const;

/**
 * Reads the release of a run, from the environment first, because a pipeline sets it there. Undefined for a stack that
 * does not mark releases: there, a variable named RELEASE has no meaning.
 */
export function readRelease(
  { config, env, stack }: SettingsReader,
  isMarked: boolean,
): { release: Release | undefined; findings: SettingFinding[] } {
  if (!isMarked) return { release: undefined, findings: [] };
  const findings: SettingFinding[] = [];
  const read = ({ variable, key, schema, example }: (typeof places)[keyof typeof places]): string | undefined => {
    const value = env[variable]?.trim() || config(key)?.trim();
    if (!value) return undefined;
    const { success, error, data } = schema.safeParse(value);
    if (success) return data;
    const from = env[variable]?.trim() ? variable : key;
    findings.push({
      problem: `${from} ${error.issues[0]?.message} ${itIs(value)}`,
      fix: from === variable ? `export ${variable}=${example}` : `pulumi config set --stack ${stack} ${key} ${example}`,
    });
    return undefined;
  };
  return { release: { release: read(places.release), commit: read(places.commit) }, findings };
}
