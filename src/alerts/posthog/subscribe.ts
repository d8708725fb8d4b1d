import type { Owner } from "../../catalog/owners.ts";
import type { Dashboard, TextTile, Tile } from "../../insights/define/index.ts";
import { projectCalendar } from "../../model/posthog/calendar.ts";
import type { SubscriptionSchedule, Weekday, WeekOfMonth } from "../../model/posthog/subscriptions.ts";

/** A subscription of a dashboard, as plain data. */
export interface SubscriptionDefinition {
  readonly dashboardKey: string;
  readonly key: string;
  readonly title: string;
  /** Titles of the tiles that are sent, by their keys. */
  readonly tiles: Readonly<Record<string, string>>;
  /** Teams that get it; the first one owns the subscription. */
  readonly to: readonly [Owner, ...Owner[]];
  readonly by: "e-mail" | "Slack";
  readonly schedule: SubscriptionSchedule;
}

/** Keys of the tiles that PostHog can send: those with an insight. */
type SentKey<Tiles extends Readonly<Record<string, Tile>>> = {
  [Key in keyof Tiles & string]: Tiles[Key] extends TextTile ? never : Key;
}[keyof Tiles & string];

export interface SubscriptionOptions<Key extends string> {
  /** Lower-case words joined by hyphens; one of its own among the dashboard's subscriptions. Stays when the title changes. */
  readonly key: string;
  /** What it is called in PostHog and in the message, at most 100 characters. */
  readonly title: string;
  /** Keys of 1 to 6 tiles, which is what PostHog sends at most. Texts are not sent. */
  readonly tiles: readonly [Key, Key?, Key?, Key?, Key?, Key?];
  /** Teams that get it, each where the stack's setting `teams` says; the first one owns the subscription. */
  readonly to: readonly [Owner, ...Owner[]];
  /**
   * To the teams' e-mail addresses, or to their Slack channels.
   * @default "e-mail"
   */
  readonly by?: "e-mail" | "Slack";
  /** {@link daily}, {@link weekly} or {@link monthly}. */
  readonly comes: SubscriptionSchedule;
}

/**
 * A digest: PostHog sends pictures of a dashboard's tiles to a team again and again. Made on stacks with the setting
 * `posthogSubscriptions`, since PostHog's free plan has no subscriptions. A tile that does not exist does not compile, nor
 * does a text or a seventh tile.
 *
 * @example
 * const asked = trend({ title: "Prompts", reading: "How often AskVX is asked.", series: [count("ask.prompt_submitted")], place: { column: 0, row: 0, width: 6, height: 5 } });
 * const askvx = dashboard({ key: "askvx", title: "AskVX", owner: "ai", question: "Is AskVX used?", tiles: { asked } });
 * subscribe(askvx, { key: "weekly", title: "AskVX, week by week", tiles: ["asked"], to: ["ai"], comes: weekly({ on: "monday", hour: 9 }) });
 */
export function subscribe<Key extends string, Tiles extends Readonly<Record<string, Tile>>>(
  { key: dashboardKey, tiles: all }: Dashboard<Key, Tiles>,
  { tiles, by = "e-mail", comes, ...options }: SubscriptionOptions<SentKey<NoInfer<Tiles>>>,
): SubscriptionDefinition {
  const titles = tiles
    .filter((key) => key !== undefined)
    .map((key): [string, string] => {
      const tile: Tile | undefined = all[key];
      return [key, tile?.kind === "insight" ? tile.title : key];
    });
  return { dashboardKey, ...options, by, tiles: Object.fromEntries(titles), schedule: comes };
}

/**
 * What a subscription is called in a stack: "activation-funnel/weekly".
 *
 * @internal
 */
export const subscriptionAddress = ({ dashboardKey, key }: SubscriptionDefinition): string => `${dashboardKey}/${key}`;

const { timeZone } = projectCalendar;

/** When in a day. */
export interface TimeOfDay {
  /** A whole hour, 0 to 23, in the project's time zone as it is in winter: PostHog reckons in UTC. */
  readonly hour: number;
}

/**
 * Comes each day.
 *
 * @example daily({ hour: 8 });
 */
export const daily = ({ hour }: TimeOfDay): SubscriptionSchedule => ({ frequency: "daily", hour, timeZone });

/**
 * Comes each week, on a weekday.
 *
 * @example weekly({ on: "monday", hour: 9 });
 */
export const weekly = ({ on, hour }: TimeOfDay & { readonly on: Weekday }): SubscriptionSchedule => ({
  ...{ frequency: "weekly", weekday: on, hour, timeZone },
});

/**
 * Comes each month, such as on its "first monday" or its "last friday".
 *
 * @example monthly({ on: "first monday", hour: 9 });
 */
export function monthly({ on, hour }: TimeOfDay & { readonly on: `${WeekOfMonth} ${Weekday}` }): SubscriptionSchedule {
  const [week, weekday] = on.split(" ") as [WeekOfMonth, Weekday];
  return { frequency: "monthly", week, weekday, hour, timeZone };
}
