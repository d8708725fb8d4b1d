import { localAccount } from "../../src/local/account.ts";
import type { Cloud } from "../../src/local/cloud.ts";
import { byHand } from "./by-hand.ts";

const service = localAccount.render.serviceId;

/** All objects at the vendors that a stack's own resources created, with their ids. */
export async function standing(cloud: Cloud): Promise<Record<string, unknown>> {
  const { posthog, cloudflare, render } = cloud;
  const hand = byHand(cloud);
  const named = async (path: string) => (await hand.sentry("GET", path)) as { id: string; name: string }[];
  const { dashboards, insights, alerts } = posthog.live();
  const project = posthog.settings();
  const { results } = (await hand.posthog("GET", "event_definitions/?limit=200")) as {
    results: { name: string; description: string; tags: string[]; verified: boolean }[];
  };
  const marks = (await hand.posthog("GET", "annotations/")) as { results: { id: number; content: string }[] };
  const flags = (await hand.posthog("GET", "feature_flags/?limit=200")) as {
    results: { id: number; key: string; active: boolean; filters: object; tags: string[] }[];
  };
  const subscriptions = (await hand.posthog("GET", "subscriptions/?limit=200")) as {
    results: { id: number; title: string; target_value: string }[];
  };
  return {
    subscriptions: subscriptions.results.map(({ id, title, target_value }) => ({ id, title, target_value })),
    flags: flags.results.map(({ id, key, active, filters, tags }) => ({ id, key, active, filters, tags })),
    dashboards: dashboards.map(({ id, name, tags, tiles }) => ({
      id,
      name,
      tags,
      tiles: tiles.map((tile) => tile.id),
    })),
    insights: insights.map(({ id, name, query }) => ({ id, name, query })),
    alerts: alerts.map(({ id, name }) => ({ id, name })),
    project,
    events: results.map(({ name, description, tags, verified }) => ({ name, description, tags, verified })),
    marks: marks.results.map(({ id, content }) => ({ id, content })),
    monitors: (await named("organizations/brandvx/detectors/")).map(({ id, name }) => ({ id, name })),
    workflows: (await named("organizations/brandvx/workflows/")).map(({ id, name }) => ({ id, name })),
    keys: (await named("projects/brandvx/operator-ui/keys/")).map(({ id, name }) => ({ id, name })),
    pages: cloudflare.variables("operator-ui"),
    render: render.variables(service),
  };
}
