import { localAccount } from "./account.ts";
import type { Cloud } from "./cloud.ts";
import { type Console, type ConsoleOptions, startConsole } from "./console/index.ts";
import { pageAt } from "./console/resources/objects.ts";
import { vendors } from "./console/resources/vendor-api.ts";
import { type EditLoop, type EditLoopOptions, followEdits } from "./edits/loop.ts";
import type { Hosting } from "./hosting/index.ts";
import { atPortOrAnother } from "./port.ts";
import type { StackResource } from "./pulumi.ts";
import { type AppVariables, createTraffic, type Traffic } from "./traffic/index.ts";

export { obsDrift } from "./console/resources/drift.ts";

export interface ServeOptions {
  readonly cloud: Cloud;
  readonly hosting: Hosting;
  /** Folder of the local cloud's data. */
  readonly folder: string;
  readonly drift: ConsoleOptions["drift"];
  /** The project whose files are followed, what they say now, and how the stack is brought up with an edit. */
  readonly edited: Pick<EditLoopOptions, "folder" | "atStart" | "checker" | "apply">;
  /** Preferred port of the console. Default 8770. */
  readonly consolePort?: number;
  readonly progress: (line: string) => void;
}

/** BrandVX on the local cloud: the apps with simulated people, and the console. */
export interface Served {
  readonly console: Console;
  /** Sets the stack's present resources. */
  stackIs(resources: readonly StackResource[]): void;
  /**
   * Starts the apps with their deployed variables. Resolves when the history has been sent and every tile of every dashboard
   * shows it.
   */
  deployed(): Promise<void>;
  stop(): Promise<void>;
}

/** How often PostHog looks for alerts that are due. */
const alertClockMs = 60_000;

/** The console answers at once; the history is sent while the stack is brought up. */
export async function serve(options: ServeOptions): Promise<Served> {
  const { cloud, hosting, folder, drift, edited, progress, consolePort = 8770 } = options;
  let resources: readonly StackResource[] = [];
  let console_: Console | undefined;
  let loop: EditLoop | undefined;
  const isNew = cloud.posthog.events().length === 0;
  const traffic: Traffic = createTraffic({
    ...{ folder, isNew, progress, posthog: cloud.posthog },
    notice: (line) => progress(line),
    onDeeds: (deeds) => console_?.recordDeeds(deeds),
  });
  const started = await atPortOrAnother(consolePort, (port) =>
    startConsole({
      ...{ cloud, drift, port, edits: () => loop?.edits ?? edited.atStart },
      resources: () => resources,
      deploy: () => deploy(),
      happen: (what) => traffic.happen(what),
    }),
  );
  console_ = started;
  for (const vendor of vendors) {
    cloud[vendor].showPagesAt((path) => `${started.url}${pageAt(vendor, path, resources)}`);
  }
  loop = followEdits({ ...edited, progress, changed: () => started.stackChanged() });
  if (consolePort !== 0 && !started.url.endsWith(`:${consolePort}`))
    progress(`Port ${consolePort} is used by another program, so the console uses another one.`);
  const deploy = async (): Promise<void> => {
    const variables = deployedVariables(cloud);
    await Promise.all([traffic.goLive(variables), hosting.deploySite(variables.browser)]);
  };
  let checking: Promise<unknown> = Promise.resolve();
  const checkAlerts = (): void => {
    // One look after the other; a query that fails makes its alert errored, as at PostHog.
    checking = checking.then(() => cloud.posthog.checkAlerts()).catch((error: unknown) => progress(String(error)));
  };
  let alertClock: NodeJS.Timeout | undefined;
  const history = traffic.tellHistory(accountVariables(cloud));
  // `deployed` awaits it and reports its failure.
  history.catch(() => {});
  return {
    console: started,
    stackIs(now) {
      resources = now;
      started.stackChanged();
    },
    async deployed() {
      await history;
      await Promise.all([deploy(), started.drawAll()]);
      hosting.deployBackend(traffic.health);
      checkAlerts();
      alertClock = setInterval(checkAlerts, alertClockMs);
    },
    async stop() {
      clearInterval(alertClock);
      await Promise.all([loop?.stop(), started.stop(), traffic.stop(), checking]);
    },
  };
}

/** Variables of the apps before this stack sets them: the same PostHog project. */
function accountVariables({ posthog }: Cloud): AppVariables {
  const { projectKey } = localAccount.posthog;
  return {
    browser: { VITE_POSTHOG_KEY: projectKey, VITE_POSTHOG_HOST: posthog.url },
    server: { POSTHOG_API_KEY: projectKey, POSTHOG_HOST: posthog.url },
  };
}

/** The variables that Pages and Render would start the apps with. */
function deployedVariables({ cloudflare, render, redis }: Cloud): AppVariables {
  const pages = Object.entries(cloudflare.variables("operator-ui") ?? {});
  return {
    browser: Object.fromEntries(pages.map(([name, { value }]) => [name, value])),
    server: render.variables(localAccount.render.serviceId) ?? {},
    redisAuthority: redis.authority(),
  };
}
