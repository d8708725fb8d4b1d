import { destinationsOf } from "../destinations/of-alert.ts";
import { runDestination, type Sent } from "../destinations/run.ts";
import type { AlertRecord } from "../records.ts";
import type { World } from "../world.ts";
import { nextCheck } from "./clock.ts";
import { type Ask, checkTrendAlert } from "./evaluation.ts";
import { checkFunnelAlert, isOnFunnel } from "./funnels.ts";

/** What a check of an alert found, and whom PostHog told. */
export interface AlertCheck {
  readonly alertId: string;
  readonly name: string;
  readonly state: AlertRecord["state"];
  readonly value: number | null;
  /** The values beyond the threshold, in PostHog's words; empty when it does not fire. */
  readonly breaches: readonly string[];
  readonly sent: readonly Sent[];
}

/** Ways out of the twin. */
export interface Outside {
  readonly ask: Ask;
  /** Address of Slack's API; undefined: nothing is posted there. */
  readonly slackUrl: string | undefined;
}

/**
 * Checks the alerts that are due, and tells whom they concern when they fire. A firing alert tells at each check. Source:
 * posthog/tasks/alerts/utils.py (add_alert_check, send_notifications_for_breaches).
 * @param all also those that are not due
 */
export async function checkAlerts(world: World, outside: Outside, all = false): Promise<AlertCheck[]> {
  const now = world.now();
  const due = world.alerts.all().filter((alert) => isActive(alert, now) && (all || isDue(alert, now)));
  const done: AlertCheck[] = [];
  for (const alert of due) done.push(await checkOne(world, alert, outside));
  return done;
}

const isActive = ({ enabled, snoozed_until: until }: AlertRecord, now: Date): boolean =>
  enabled && (until === null || Date.parse(until) <= now.getTime());

const isDue = ({ next_check_at: next }: AlertRecord, now: Date): boolean =>
  next === null || next === undefined || Date.parse(next) <= now.getTime();

async function checkOne(world: World, alert: AlertRecord, outside: Outside): Promise<AlertCheck> {
  const { id: alertId, name } = alert;
  const insight = world.insights.get(alert.insight_id);
  const check = isOnFunnel(alert) ? checkFunnelAlert : checkTrendAlert;
  const found = await check(alert, insight?.query ?? {}, outside.ask).catch((error: unknown) => ({
    ...{ value: null, breaches: [] },
    error: String(error),
  }));
  const { value, breaches } = found;
  const state = "error" in found ? "Errored" : breaches.length > 0 ? "Firing" : "Not firing";
  const at = world.timestamp();
  // It may have been changed or deleted while the query ran.
  const present = world.alerts.get(alertId);
  if (present === null) return { alertId, name, state, value, breaches, sent: [] };
  const next = nextCheck(present.calculation_interval, present.next_check_at ?? null, world.now()).toISOString();
  const checked = { ...present, state, last_checked_at: at, next_check_at: next, last_value: value } as const;
  world.alerts.put({ ...checked, last_notified_at: state === "Firing" ? at : (present.last_notified_at ?? null) });
  const sent = state === "Firing" ? await tell(world, checked, breaches, outside) : [];
  return { alertId, name, state, value, breaches, sent };
}

async function tell(world: World, alert: AlertRecord, breaches: string[], { slackUrl }: Outside): Promise<Sent[]> {
  const insight = world.insights.get(alert.insight_id);
  const mails = alert.subscribed_users.flatMap((userId): Sent[] => {
    const to = world.members.find(({ id }) => id === userId)?.email;
    if (to === undefined) return [];
    const subject = `PostHog alert ${alert.name} is firing`;
    return [{ by: "e-mail", to, text: `${subject}\n${breaches.join("\n")}`, problem: undefined }];
  });
  const event = {
    alert_id: alert.id,
    alert_name: alert.name,
    insight_name: insight?.name ?? "",
    insight_id: insight?.short_id ?? "",
    state: alert.state,
    last_checked_at: alert.last_checked_at ?? null,
    breaches: breaches.join(", "),
  };
  const destinations = destinationsOf(world, alert.id).filter(({ enabled }) => enabled);
  const posted: Sent[] = [];
  for (const destination of destinations) posted.push(await runDestination(world, destination, event, slackUrl));
  const sent = [...mails, ...posted];
  for (const one of sent)
    world.sent.put({ id: world.sent.nextId(), at: world.timestamp(), alert_name: alert.name, ...one });
  return sent;
}
