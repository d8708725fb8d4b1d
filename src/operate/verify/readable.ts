import { randomBytes } from "node:crypto";
import { testErrorTag } from "../../alerts/sentry/index.ts";
import { releasePackages } from "../../model/release.ts";
import { parseDsn } from "../../model/sentry/dsn.ts";
import { valueAt } from "../access/apps.ts";
import { answerWords, fetched } from "../access/fetch.ts";
import type { SentryReleases, ShownFrame, SourceMapDiagnosis } from "../access/releases.ts";
import { sendError } from "../access/send.ts";
import { appsDoNotRun, fails, holds, type Result, skipped } from "../checks/check.ts";
import { eventually, seconds } from "../checks/eventually.ts";
import type { VerifyCheck, VerifyContext } from "./context.ts";
import { type DeployedScript, deployedApp } from "./scripts.ts";
import { debugIdOf, stackOf } from "./stack-of.ts";

const plugin = "`@brandvx/observability/vite`";

/** Checks that Sentry shows an error of the deployed build with file and line of the app's source. */
export const errorsAreReadable: VerifyCheck = {
  name: "readable",
  title: "Errors of the deployed app are readable",
  async run(context) {
    const what = "Errors of the deployed app";
    const { appUrl, appsRun, signal } = context;
    if (!appsRun) return [skipped(what, appsDoNotRun)];
    if (appUrl === undefined) return [skipped(what, "the app's address is not known: give it with `--app <address>`")];
    const app = deployedApp(context, appUrl);
    const page = await app.page;
    if (!page.ok) return [skipped(what, `${appUrl} ${answerWords(page)}`)];
    const [scripts, styles] = await Promise.all([app.scripts(page.text), app.styles(page.text)]);
    if (scripts.length === 0) return [skipped(what, `${appUrl} loads no script`)];
    // Also of a build without the plugin: that is the one which publishes its maps.
    const maps = await published([...scripts, ...styles], appUrl, signal);
    const release = /<meta\b[^>]*\bname="release"[^>]*\bcontent="([^"]{1,200})"/.exec(page.text)?.[1];
    if (release === undefined)
      return [...maps, skipped(what, `${appUrl} does not name its release: it is not built with ${plugin}`)];
    const all = await Promise.all([newest(release, context), readable(release, scripts, context)]);
    return [...maps, ...all.flat()];
  },
};

/** Checks that no source map is served: it would show the sources to everybody. */
async function published(parts: readonly DeployedScript[], appUrl: string, signal: AbortSignal): Promise<Result[]> {
  const what = "Source maps";
  // Scripts of others are at other hosts, and without a debug id.
  const { origin } = new URL(appUrl);
  const own = parts.filter((part) => new URL(part.url).origin === origin || debugIdOf(part) !== undefined);
  const found = await Promise.all(
    own.map(async ({ url, text }) => {
      const named = [...text.matchAll(/(?:\/\/|\/\*)[#@]\s*sourceMappingURL=([^\s*]+)/g)].at(-1)?.[1];
      if (named?.startsWith("data:")) return [`${new URL(url).pathname} (its map is in it)`];
      const beside = new URL(url);
      beside.pathname += ".map";
      const places = new Set([
        beside.href,
        ...(named !== undefined && URL.canParse(named, url) ? [new URL(named, url).href] : []),
      ]);
      const maps = await Promise.all(
        [...places].map(async (place) => ({ place, map: await fetched(place, {}, signal) })),
      );
      return maps.filter(({ map }) => map.ok && isMap(map.text)).map(({ place }) => new URL(place).pathname);
    }),
  );
  const open = [...new Set(found.flat())];
  if (open.length === 0) return [holds(what, "none is served")];
  const others = open.length > 1 ? ` and ${open.length - 1} more` : "";
  return [
    fails(
      what,
      `${open[0]}${others} can be read by everybody, with the app's sources in it`,
      `build with ${plugin}, which takes them out of what is deployed, and deploy again`,
    ),
  ];
}

function isMap(text: string): boolean {
  try {
    // Some servers put an unparsable line before the JSON.
    const map: unknown = JSON.parse(text.replace(/^\)\]\}'[^\n]*\n/, ""));
    return typeof map === "object" && map !== null && ("mappings" in map || "sections" in map);
  } catch {
    return false;
  }
}

async function newest(release: string, { releases, access }: VerifyContext): Promise<Result[]> {
  const what = `The deployed release \`${release}\``;
  // An upload and every first error make a release, too, also the error that this check sends: only a date says that it was marked.
  const mark = `\`npx obs release --stack ${access.stack} --release ${release}\``;
  const [own, newer] = await Promise.all([releases.release(release), newerIn(access.stage, release, releases)]);
  if (newer !== undefined)
    return [
      fails(
        what,
        `is not the newest in Sentry, which is ${newer}`,
        own?.dateReleased
          ? `deploy ${newer} again; Sentry shows errors of ${release}, which was marked before it, as those of an older release: leave this check out while you have gone back to it, with \`--skip readable\``
          : `deploy ${newer}; where ${release} is meant, it is not marked yet: ${mark}`,
      ),
    ];
  if (!own?.dateReleased) return [skipped(what, `it is not marked in Sentry yet: ${mark} does it`)];
  return [holds(what, `is the newest in Sentry${own.lastDeploy ? `, deployed to ${own.lastDeploy.environment}` : ""}`)];
}

/** The newest release that a stage has and that was marked after another one: other stages may be ahead of it. */
async function newerIn(stage: string, release: string, releases: SentryReleases): Promise<string | undefined> {
  let asked = 0;
  const found = await releases.newest(`${releasePackages.browser}@`, async ({ version, dateReleased, lastDeploy }) => {
    if (!dateReleased) return false;
    if (version === release || !lastDeploy || lastDeploy.environment === stage) return true;
    asked += 1;
    return asked <= 20 && (await releases.deploys(version)).some(({ environment }) => environment === stage);
  });
  return found?.version === release ? undefined : found?.version;
}

async function readable(
  release: string,
  scripts: readonly DeployedScript[],
  context: VerifyContext,
): Promise<Result[]> {
  const { access, apps, dsns, patienceMs, releases, sentry, signal } = context;
  const what = "An error of the deployed app";
  const dsn = parseDsn(valueAt(apps.browser, "VITE_SENTRY_DSN") ?? dsns.browser ?? "");
  if (!dsn) return [skipped(what, "cannot be sent: there is no DSN, which the check of errors reports")];
  const withId = scripts.filter((script) => debugIdOf(script) !== undefined);
  if (withId.length === 0)
    return [
      fails(
        what,
        `would name minified scripts: none of the ${scripts.length} scripts of ${release} has a debug id`,
        "set SENTRY_AUTH_TOKEN, SENTRY_ORG and SENTRY_PROJECT where the app is built, and deploy it again",
      ),
    ];
  const eventId = randomBytes(16).toString("hex");
  const sent = stackOf(withId);
  const answer = await sendError(dsn, testError(eventId, release, withId, sent, access.stage), signal);
  if (!answer.ok) return [skipped(what, `Sentry ${answerWords(answer)}, which the check of errors explains`)];
  const event = await eventually(context, () => sentry.event(eventId));
  if (!event)
    return [skipped(what, `after ${seconds(patienceMs)} it has not arrived, which the check of errors explains`)];
  await sentry.resolve(event.issueId);
  const project = event.project ?? access.sentry.projects.browser;
  const shown = await releases.frames(project, eventId);
  const tried = withId.filter(({ url }) => sent.some((frame) => frame.abs_path === url));
  const minified = unreadableScripts(tried, sent, shown);
  if (minified.length > 0) {
    const diagnosis = await releases.whyUnreadable(project, eventId);
    const without = minified.length === tried.length ? minified : withoutMap(minified, diagnosis);
    if (without.length > 0) return [unreadable(what, release, without, tried.length, diagnosis)];
  }
  const urls = new Set(withId.map(({ url }) => url));
  const resolved = shown.filter((frame) => isResolved(frame, urls));
  const own = resolved.findLast(({ filename }) => !/(?:^|\/)node_modules\//.test(filename ?? ""));
  if (own) return [holds(what, `is shown at ${own.filename}:${own.lineNo} with its source, in the release ${release}`)];
  return [
    skipped(
      what,
      resolved.length > 0
        ? `is readable, but all tried lines belong to libraries, such as ${resolved.at(-1)?.filename}`
        : "has no line in Sentry's answer that was tried",
    ),
  ];
}

/**
 * Scripts none of whose tried places is shown in a source. A single place may have none: what a bundler adds by itself is in no
 * source. Scripts that two builds have in common keep their debug ids, so each script is looked at.
 */
function unreadableScripts(
  scripts: readonly DeployedScript[],
  sent: readonly { readonly abs_path: string }[],
  shown: readonly ShownFrame[],
): DeployedScript[] {
  const urls = new Set(scripts.map(({ url }) => url));
  return scripts.filter(({ url }) => {
    const tried = sent.filter((frame) => frame.abs_path === url).length;
    const left = shown.filter((frame) => frame.absPath === url && !isResolved(frame, urls)).length;
    return tried > 0 && left >= tried;
  });
}

const isResolved = ({ absPath, context }: ShownFrame, scripts: ReadonlySet<string>): boolean =>
  !scripts.has(absPath ?? "") && (context ?? []).length > 0;

/** Where others are readable, a script whose map Sentry has only happened to be tried at places that are in no source. */
const withoutMap = (scripts: readonly DeployedScript[], { exceptions }: SourceMapDiagnosis): DeployedScript[] => {
  const mapped = exceptions
    .flatMap(({ frames }) => frames)
    .flatMap(({ debug_id_process: at }) => (at.uploaded_source_map_with_correct_debug_id ? [at.debug_id] : []));
  return scripts.filter((script) => !mapped.includes(debugIdOf(script) ?? null));
};

/** Finds out which cause it is, with Sentry's data. */
function unreadable(
  what: string,
  release: string,
  minified: readonly DeployedScript[],
  all: number,
  diagnosis: SourceMapDiagnosis,
): Result {
  const ids = new Set(minified.map(debugIdOf));
  const frames = diagnosis.exceptions
    .flatMap((exception) => exception.frames)
    .map((frame) => frame.debug_id_process)
    .filter(({ debug_id }) => ids.has(debug_id ?? undefined));
  const [first] = minified;
  const names =
    first === undefined || minified.length === all
      ? "names minified scripts"
      : `names minified scripts in ${minified.length} of ${all}, such as ${new URL(first.url).pathname}`;
  const scripts = frames.filter((frame) => frame.uploaded_source_file_with_correct_debug_id);
  const again = "build and deploy again";
  if (frames.some((frame) => frame.uploaded_source_map_with_correct_debug_id))
    return fails(
      what,
      `${names}, although Sentry has their maps by their debug ids`,
      "Sentry may still be processing them: try again in some minutes",
    );
  if (scripts.length > 0)
    return fails(
      what,
      `${names}: Sentry has the scripts by their debug ids and not their maps`,
      `${again}, with ${plugin} as the only one that makes source maps`,
    );
  if (diagnosis.release_has_some_artifact)
    return fails(
      what,
      `${names}: the debug ids of what is deployed are of another build than the maps that Sentry has of ${release}`,
      "deploy the same folder that was built with SENTRY_AUTH_TOKEN: build and deploy in one job",
    );
  return fails(
    what,
    `${names}: Sentry has no source maps of ${release}`,
    `${again} with SENTRY_AUTH_TOKEN where the app is built; \`observability({ strict: true })\` makes the build fail without`,
  );
}

/** The error as the deployed app's SDK would send it. All such errors are grouped into one issue. */
const testError = (
  eventId: string,
  release: string,
  scripts: readonly DeployedScript[],
  frames: readonly object[],
  environment: string,
) => ({
  event_id: eventId,
  timestamp: new Date().toISOString(),
  platform: "javascript",
  level: "error",
  release,
  environment,
  fingerprint: ["obs-verify", "readable"],
  tags: { [testErrorTag]: "verify" },
  exception: {
    values: [
      {
        type: "Error",
        value: "Test error of obs verify (deployed build): nothing is broken, nothing has to be done",
        stacktrace: { frames },
      },
    ],
  },
  debug_meta: {
    images: scripts.map((script) => ({ type: "sourcemap", code_file: script.url, debug_id: debugIdOf(script) })),
  },
});
