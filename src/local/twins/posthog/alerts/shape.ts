import { insightBasic } from "../insights/basic.ts";
import { userBasic } from "../people/users.ts";
import type { AlertRecord, InsightRecord } from "../records.ts";
import type { World } from "../world.ts";

/** An alert in an answer: written ids come back as objects. Source: AlertSerializer.to_representation. */
export function alertAnswer(world: World, alert: AlertRecord, insight: InsightRecord) {
  const { insight_id: _, ...kept } = alert;
  return {
    ...kept,
    created_by: userBasic(world, alert.created_by),
    insight: insightBasic(world, insight),
    subscribed_users: alert.subscribed_users.map((id) => userBasic(world, id)),
    last_notified_at: alert.last_notified_at ?? null,
    last_checked_at: alert.last_checked_at ?? null,
    next_check_at: alert.next_check_at ?? null,
    checks: [],
    last_value: alert.last_value ?? null,
    investigation_agent_enabled: false,
    investigation_gates_notifications: false,
    investigation_inconclusive_action: "notify",
  };
}
