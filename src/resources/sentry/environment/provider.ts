import { z } from "zod";
import { parseDsn } from "../../../model/sentry/dsn.ts";
import { sentryTextProblem } from "../../../model/sentry/texts.ts";
import { vendorText } from "../../../model/text.ts";
import { type Clock, systemClock } from "../../kernel/clock.ts";
import { tellProgress } from "../../kernel/http.ts";
import { dynamicProvider } from "../../kernel/provider.ts";
import type { SentryApi } from "../api.ts";
import { configure, connect } from "../settings.ts";
import { sendFirstEvent } from "./first-event.ts";

const environmentInputs = z.object({
  organization: z.string().min(1),
  project: z.string().min(1),
  name: vendorText("an environment has a name", (text) => sentryTextProblem(text, "environment")),
});
export type EnvironmentInputs = z.infer<typeof environmentInputs>;

interface EnvironmentOutputs {
  /** True when this program sent its first event. */
  wasFirst: boolean;
}

/** Milliseconds between checks; two minutes in total. */
const pausesMs = [500, 1000, 2000, 3000, 5000, 8000, 10_000, ...Array.from({ length: 6 }, () => 15_000)];
/** From this check on, the user is told what is pending. */
const silentLooks = 4;

/**
 * An environment that exists in Sentry, which refuses monitors and alerts for unknown ones. Only an event can create
 * one, and nothing can delete one. Its id is `<organization>/<name>`.
 */
export const environment = dynamicProvider<EnvironmentInputs, EnvironmentOutputs>({
  inputs: environmentInputs,
  identity: ["organization", "name"],
  configure,

  async create(given) {
    const news = environmentInputs.parse(given);
    const wasFirst = await ensure(connect(news.organization), news, systemClock);
    return { id: `${news.organization}/${news.name}`, outputs: { wasFirst } };
  },

  async read(_id, state) {
    const isThere = await isListed(connect(state.organization), state.name);
    return isThere ? { inputs: state, outputs: { wasFirst: state.wasFirst } } : undefined;
  },

  /** Which project sent the event no longer matters. */
  update: async (_id, { wasFirst }) => ({ wasFirst }),

  async delete() {},
});

const isListed = async (api: SentryApi, name: string): Promise<boolean> =>
  (await api.environments()).some((one) => one.name === name);

/** @returns whether its first event was sent */
async function ensure(api: SentryApi, { project, name }: EnvironmentInputs, clock: Clock): Promise<boolean> {
  if (await isListed(api, name)) return false;
  await sendFirstEvent(await dsnOf(api, project), name);
  for (const [look, pauseMs] of pausesMs.entries()) {
    if (look === silentLooks)
      tellProgress(`Sentry has an event of the environment "${name}": waiting until it lists it`);
    await clock.sleep(pauseMs);
    if (await isListed(api, name)) return true;
  }
  throw new Error(
    `Sentry took an event of the environment "${name}" and does not list it after two minutes: its events may be late (status.sentry.io), or dropped by a quota or a filter (Stats in Sentry). Run the same command again`,
  );
}

async function dsnOf(api: SentryApi, project: string) {
  const { slug } = await api.project(project);
  const key = (await api.keys(slug)).find(({ isActive, dsn }) => isActive !== false && dsn);
  const dsn = parseDsn(key?.dsn?.public ?? "");
  if (dsn) return dsn;
  throw new Error(
    `the project "${slug}" has no key that is switched on, with which the first event of an environment is sent: look at Settings > Projects > ${slug} > Client Keys`,
  );
}
