import {
  localTime,
  type SubscriptionSchedule,
  scheduleFields,
  type Weekday,
  type WeekOfMonth,
  weekdays,
  weeksOfMonth,
} from "../../../model/posthog/subscriptions.ts";
import { sameJson, withoutUndefined } from "../../kernel/json.ts";
import type { Insight, LiveSubscription } from "../answers.ts";
import { shownTitle } from "../dashboard/words.ts";
import { isSameText } from "../texts.ts";
import type { SubscriptionInputs, SubscriptionOutputs, SubscriptionTarget } from "./inputs.ts";

/**
 * The live subscription in the inputs' terms: what means the same as in `state` is given as it is there, and what inputs
 * cannot say is in `setByHand`.
 *
 * @param onDashboard the insights of its dashboard, by which those that somebody added are named
 * @param now milliseconds since 1970
 */
export function reflectSubscription(
  state: SubscriptionInputs & SubscriptionOutputs,
  live: LiveSubscription,
  onDashboard: readonly Insight[],
  now: number,
): SubscriptionInputs {
  const { projectId, dashboardId, owner } = state;
  return withoutUndefined({
    ...{ projectId, dashboardId, owner },
    title: isSameText(state.title, live.title) ? state.title : (live.title ?? ""),
    tiles: reflectTiles(state, live, onDashboard),
    target: reflectTarget(state.target, live),
    schedule: reflectSchedule(state.schedule, live),
    setByHand: setByHand(state, live, now),
  }) as SubscriptionInputs;
}

function reflectTiles(
  { tiles, insightIds }: SubscriptionInputs & SubscriptionOutputs,
  { dashboard_export_insights }: LiveSubscription,
  onDashboard: readonly Insight[],
): Record<string, string> {
  const live = dashboard_export_insights ?? [];
  const own = Object.entries(tiles).filter(([key]) => live.includes(insightIds[key] ?? -1));
  const strangers = live
    .filter((id) => !Object.values(insightIds).includes(id))
    .map((id): [string, string] => {
      const found = onDashboard.find((insight) => insight.id === id);
      return [`insight ${id}`, (found && shownTitle(found)) || `insight ${id}`];
    });
  return Object.fromEntries([...own, ...strangers]);
}

function reflectTarget(target: SubscriptionTarget, live: LiveSubscription): SubscriptionTarget {
  if (live.target_type === "slack") {
    const integrationId = live.integration_id ?? 0;
    const isSame =
      target.type === "slack" &&
      target.integrationId === integrationId &&
      live.target_value.split("|").includes(target.channel);
    return isSame ? target : { type: "slack", integrationId, channel: live.target_value };
  }
  if (live.target_type !== "email") return { type: "webhook" };
  const emails = live.target_value
    .split(",")
    .map((email) => email.trim().toLowerCase())
    .filter((email) => email !== "");
  const sorted = target.type === "email" ? target.emails.map((email) => email.toLowerCase()).toSorted() : [];
  return target.type === "email" && sameJson(emails.toSorted(), sorted) ? target : { type: "email", emails };
}

function reflectSchedule(defined: SubscriptionSchedule, live: LiveSubscription): SubscriptionSchedule {
  const { hour, weekdayOf } = localTime(live.start_date, defined.timeZone);
  const { timeZone } = defined;
  const [first] = (live.byweekday ?? []).filter(isWeekday);
  const weekday = first === undefined ? undefined : weekdayOf(first);
  // Without weekdays PostHog keeps that of the start.
  const ofStart = weekdays[(new Date(live.start_date).getUTCDay() + 6) % 7] ?? "monday";
  if (live.frequency === "weekly")
    return { frequency: "weekly", weekday: weekday ?? weekdayOf(ofStart), hour, timeZone };
  const week = Object.entries(weeksOfMonth).find(([, position]) => position === live.bysetpos)?.[0];
  if (live.frequency === "monthly")
    return { frequency: "monthly", week: (week ?? "no") as WeekOfMonth, weekday: weekday ?? ofStart, hour, timeZone };
  return { frequency: live.frequency as "daily", hour, timeZone };
}

const isWeekday = (name: string): name is Weekday => (weekdays as readonly string[]).includes(name);

function setByHand(
  { schedule, dashboardId }: SubscriptionInputs,
  live: LiveSubscription,
  now: number,
): SubscriptionInputs["setByHand"] {
  const wanted = scheduleFields(schedule);
  const several = (live.byweekday ?? []).length > 1 || (live.frequency === "daily" && live.byweekday?.length);
  const start = Date.parse(live.start_date);
  const found = withoutUndefined({
    paused: live.enabled === false ? true : undefined,
    interval: (live.interval ?? 1) === wanted.interval ? undefined : live.interval,
    weekdays: several ? (live.byweekday ?? undefined) : undefined,
    times: live.count ?? undefined,
    until: live.until_date ?? undefined,
    from: start > now ? new Date(start).toISOString() : undefined,
    aiSummary: live.summary_enabled === true ? true : undefined,
    dashboard: live.dashboard === Number(dashboardId) ? undefined : (live.dashboard ?? 0),
  });
  return Object.keys(found).length > 0 ? (found as SubscriptionInputs["setByHand"]) : undefined;
}
