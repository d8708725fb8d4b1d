import { dirname, relative, resolve } from "node:path";
import type { Plugin, ResolvedConfig } from "vite";
import { nonEmpty } from "../shared/settings.ts";
import { gatherMaps, type Maps, removeFiles } from "./maps.ts";
import { releaseOf } from "./release.ts";
import { pathIn } from "./sources.ts";
import { type Destination, UploadError, upload } from "./upload.ts";

/** The release of a build, and the handling of its source maps. The build's environment decides where they are sent. */
export interface ObservabilityOptions {
  /**
   * The release's full name; SENTRY_RELEASE by default, else the app and its version or commit: `operator-ui@3f2a9c1…`.
   */
  readonly release?: string;
  /** The app's version, for a release named by version instead of commit. */
  readonly version?: string;
  /**
   * Whether the build fails when the maps cannot be uploaded to Sentry. false by default: a line reports the
   * consequence.
   */
  readonly strict?: boolean;
  /** Maximum time of the upload, in ms. 120,000 by default. */
  readonly timeoutMs?: number;
}

/**
 * Makes errors of a build readable: names the release, which `initAnalytics` then knows by itself, gives scripts debug ids,
 * sends the source maps to Sentry, and always removes them from the deployed files. Without SENTRY_AUTH_TOKEN it
 * builds, and says what follows.
 *
 * Reads of the environment: `SENTRY_AUTH_TOKEN` (an organization token, or one with the scope `org:ci`; never as `VITE_…`),
 * `SENTRY_ORG`, `SENTRY_PROJECT`, `SENTRY_URL` (default https://sentry.io/).
 *
 * @example
 * // vite.config.ts
 * export default defineConfig({ plugins: [react(), observability()] });
 */
export function observability(options: ObservabilityOptions = {}): Plugin {
  const env = process.env;
  const token = nonEmpty(env.SENTRY_AUTH_TOKEN);
  let release: string | undefined;
  let config: ResolvedConfig;
  let isRefused = false;
  /** Folders into which the build wrote: one for each output. */
  const written = new Set<string>();
  /** Where the bundler put the map of a script. */
  const built = new Map<string, string>();

  const say = (text: string): void => config.logger.warn(`[observability] ${text}`);

  return {
    name: "brandvx-observability",
    apply: "build",

    async config(user) {
      release = await releaseOf(options, env, user.root ?? ".");
      isRefused = user.build?.sourcemap === false;
      return {
        ...(release !== undefined && { define: { __SENTRY_RELEASE__: JSON.stringify(release) } }),
        ...(!isRefused && { build: { sourcemap: "hidden" as const } }),
      };
    },

    configResolved(resolved) {
      config = resolved;
      refuseTokens(resolved.env, token);
    },

    /** The file in which `obs verify` reads the deployed release. */
    transformIndexHtml: () =>
      release === undefined ? [] : [{ tag: "meta", attrs: { name: "release", content: release }, injectTo: "head" }],

    writeBundle({ dir, file }, bundle) {
      // The bundler's own paths begin where it was started, those of Vite at the app.
      const own = dir ?? (file === undefined ? undefined : dirname(file));
      const folder = own === undefined ? resolve(config.root, config.build.outDir) : resolve(own);
      written.add(folder);
      for (const output of Object.values(bundle))
        if (output.type === "chunk" && output.sourcemapFileName)
          built.set(resolve(folder, output.fileName), resolve(folder, output.sourcemapFileName));
    },

    closeBundle: {
      order: "post",
      sequential: true,
      async handler() {
        if (written.size === 0 || config.build.ssr || config.build.watch) return;
        const folders = outermost([...written]);
        const maps = await gatherMaps(folders, built, config.root);
        try {
          await send(folders, maps);
        } finally {
          await removeFiles(maps.files);
        }
      },
    },
  };

  async function send(folders: readonly string[], { files, broken }: Maps): Promise<void> {
    if (broken.length > 0)
      say(
        `${broken.map((file) => relative(config.root, file)).join(" and ")} could not be read as source maps: errors of their scripts name minified code.`,
      );
    try {
      const to = destination(env, token);
      if (release === undefined)
        throw new UploadError("no commit is known: set SENTRY_RELEASE, or build in the repository");
      if (isRefused) throw new UploadError("build.sourcemap is false: leave it out");
      if (files.length === 0) throw new UploadError("the build made none");
      await upload(folders, release, to, options.timeoutMs ?? 120_000);
      config.logger.info(
        `[observability] ${release}: ${files.length} source maps are at Sentry, and in no deployment.`,
      );
    } catch (error) {
      if (!(error instanceof UploadError)) throw error;
      const text = error.isLate
        ? `Sentry has the source maps of ${release} and has not unpacked them yet: until then errors name minified scripts. \`obs verify\` tells when it has.`
        : `Sentry has no source maps of ${release ?? "this build"}: its errors name minified scripts. ${sentence(error.message)}`;
      if (options.strict) throw new Error(`[observability] ${text}`);
      say(text);
    }
  }
}

/** The folders that are in no other one of them. */
const outermost = (folders: readonly string[]): string[] =>
  folders.filter((folder) => !folders.some((other) => other !== folder && pathIn(other, folder) !== undefined));

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`.replace(/\.\.$/, ".");

type Environment = Readonly<Record<string, string | undefined>>;

/** @throws UploadError that lists what is missing */
function destination(env: Environment, token: string | undefined): Destination {
  const [organization, project] = [nonEmpty(env.SENTRY_ORG), nonEmpty(env.SENTRY_PROJECT)];
  if (token !== undefined && organization !== undefined && project !== undefined)
    return { token, organization, project, url: nonEmpty(env.SENTRY_URL) };
  const missing = Object.entries({ SENTRY_AUTH_TOKEN: token, SENTRY_ORG: organization, SENTRY_PROJECT: project })
    .filter(([, value]) => value === undefined)
    .map(([name]) => name);
  throw new UploadError(`${missing.join(" and ")} ${missing.length > 1 ? "are" : "is"} not set where the app is built`);
}

/** Vite copies every `VITE_…` variable into the scripts. */
function refuseTokens(variables: Readonly<Record<string, unknown>>, token: string | undefined): void {
  const found = Object.entries(variables).find(
    ([, value]) =>
      typeof value === "string" && (/\bsntry[us]_\w/.test(value) || (token !== undefined && value.includes(token))),
  );
  if (found)
    throw new Error(
      `[observability] ${found[0]} holds a token of Sentry, which would be in the scripts for everybody to read: call it SENTRY_AUTH_TOKEN.`,
    );
}
