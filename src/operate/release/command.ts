import { Command, Option } from "commander";
import type { App } from "../../catalog/variable.ts";
import {
  appOfRelease,
  commitPattern,
  releaseName,
  releasePackages,
  releasePattern,
  releaseRule,
} from "../../model/release.ts";
import { systemClock } from "../../resources/kernel/clock.ts";
import { readAccess } from "../access/access.ts";
import { browserAppUrl } from "../access/apps.ts";
import { SentryReleases } from "../access/releases.ts";
import { runChecks } from "../checks/check.ts";
import { type CheckReport, checkPage, checkReport } from "../checks/report.ts";
import type { Outcome } from "../command/exit.ts";
import { Failure } from "../command/failure.ts";
import { address, jsonOption, markdownOption, type StackOption, stackOption, withHelp } from "../command/options.ts";
import { type OutputOptions, printReport } from "../command/output.ts";
import { action } from "../command/run.ts";
import type { Surroundings } from "../command/surroundings.ts";
import { withStack } from "../stack/open.ts";
import type { Stack } from "../stack/stack.ts";
import { commitsIn, wholeCommit } from "./commits.ts";
import { markRelease } from "./mark.ts";

interface Options extends StackOption, OutputOptions {
  readonly release?: string;
  readonly app?: App;
  readonly commit?: string;
  readonly checkout?: string;
  readonly repository?: string;
  readonly url?: string;
}

const apps = Object.keys(releasePackages) as App[];

export function releaseCommand(): Command {
  const command = new Command("release")
    .summary("marks a release of an app as deployed, in Sentry")
    .description(
      "Makes the release in Sentry, gives it its commits, marks its deploy for the stack's environment and finalizes it. Repeated, interrupted or concurrent runs end with one release and one deploy. A release has the same name everywhere: in the build, in Sentry and on PostHog's charts.",
    )
    .addOption(stackOption())
    .addOption(
      new Option(
        "--release <name>",
        "its name, e.g. operator-ui@1.4.0 (default: RELEASE, else made from --app and --commit)",
      ).env("RELEASE"),
    )
    .addOption(new Option("--app <app>", "the app, if the name does not begin with it").choices(apps))
    .addOption(new Option("--commit <commit>", "the app's commit (default: RELEASE_COMMIT)").env("RELEASE_COMMIT"))
    .addOption(
      new Option(
        "--checkout <folder>",
        "the app's checkout, for the commits since its last release; without it only the one commit is listed",
      ),
    )
    .addOption(new Option("--repository <owner/name>", "the app's repository, shown with its commits"))
    .addOption(
      new Option(
        "--url <address>",
        "address of the deployment (default for the browser app: the app's address)",
      ).argParser(address),
    )
    .addOption(jsonOption())
    .addOption(markdownOption());
  withHelp(
    command,
    ["0  the release is as it should be", "1  it is not: the report says what is wrong, and what to do"],
    [
      [
        "npx obs release --app browser --commit 3f2a9c1 --checkout ../operator-ui --stack production",
        "after a deploy of the operator UI",
      ],
      ["npx obs release --release backend@1.4.0 --stack production", "named by its version"],
    ],
  );
  return action<Options>(command, release);
}

async function release(options: Options, surroundings: Surroundings): Promise<Outcome> {
  const { checkout, commit } = options;
  const isShort = commit !== undefined && /^[0-9a-f]{7,39}$/i.test(commit);
  const named = nameOf(
    isShort && checkout !== undefined ? { ...options, commit: await wholeCommit(checkout, commit) } : options,
  );
  const report = await withStack(options.stack, surroundings, (stack) => reportOf(stack, named, options, surroundings));
  const outcome = report.outcome === "something fails" ? "broken" : "fine";
  printReport(surroundings, options, report, outcome, () => checkPage(report));
  return outcome;
}

interface Named {
  readonly version: string;
  readonly app: App;
  readonly commit: string | undefined;
}

/** @throws Failure that says what is missing, before any request */
export function nameOf({ release, app, commit }: Pick<Options, "release" | "app" | "commit">): Named {
  const example = `npx obs release --app browser --commit <commit>`;
  if (commit !== undefined && !commitPattern.test(commit))
    throw new Failure(`${JSON.stringify(commit)} is no commit of 7 to 40 hexadecimal digits`, { fix: example });
  if (!release?.trim() && app && commit && commit.length < 40)
    throw new Failure(`the commit ${commit} is shortened, but a build names its release by the full hash`, {
      fix: `git rev-parse ${commit} (in the app's checkout) prints it; --checkout <folder> finds it`,
    });
  const version = release?.trim() || (app && commit && releaseName(app, commit.toLowerCase()));
  if (!version) throw new Failure("no release is named", { fix: `${example}, or --release <name>` });
  if (!releasePattern.test(version))
    throw new Failure(`the release ${JSON.stringify(version)} ${releaseRule}`, {
      fix: `name it as the build does: ${releaseName("browser", "<version or commit>")}`,
    });
  const ofName = appOfRelease(version);
  if (app !== undefined && ofName !== undefined && app !== ofName)
    throw new Failure(`the release ${version} is of the ${ofName} app, and --app says ${app}`, {
      fix: "leave --app out",
    });
  const known = ofName ?? app;
  if (known === undefined)
    throw new Failure(`the name of the release ${version} does not tell its app`, {
      fix: `--app ${apps.join(" or --app ")}, or a name that begins with ${apps.map((one) => releaseName(one, "")).join(" or ")}`,
    });
  return { version, app: known, commit: commit?.toLowerCase() };
}

async function reportOf(
  stack: Stack,
  { version, app, commit }: Named,
  options: Options,
  { progress }: Surroundings,
): Promise<CheckReport> {
  const access = await readAccess(stack);
  const sentry = new SentryReleases(access);
  progress(`Marking ${version} in Sentry …`);
  const runs = await runChecks(
    [
      {
        name: "release",
        title: `The release ${version}`,
        run: async () =>
          markRelease(
            {
              ...{ version, commit, project: access.sentry.projects[app], environment: access.stage },
              commits: await commitsOf(sentry, app, version, commit, options),
              url: options.url ?? (app === "browser" ? await browserAppUrl(access) : undefined),
            },
            { sentry, clock: systemClock, signal: stack.signal, progress },
          ),
      },
    ],
    { signal: stack.signal },
  );
  return checkReport(stack.name, runs);
}

/** What this run knows of the release's commits. */
export async function commitsOf(
  sentry: SentryReleases,
  app: App,
  version: string,
  commit: string | undefined,
  { checkout, repository }: Pick<Options, "checkout" | "repository">,
) {
  const repositoryPart = repository === undefined ? {} : { repository };
  if (commit === undefined) return undefined;
  if (checkout === undefined) return [{ id: commit, ...repositoryPart }];
  // Uploads and errors of previews make releases, too: only those with a date and a commit were marked.
  const before = await sentry.newest(releaseName(app, ""), (one) =>
    Boolean(one.version !== version && one.dateReleased && one.ref),
  );
  return commitsIn(checkout, commit, before?.ref ?? undefined, repository);
}
