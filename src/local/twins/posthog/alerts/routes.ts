import { deleteAlert } from "../destinations/of-alert.ts";
import type { Api, ApiRequest, RouteOptions } from "../http/api.ts";
import { notFound } from "../http/errors.ts";
import { mentions, page } from "../http/page.ts";
import type { AlertRecord } from "../records.ts";
import type { World } from "../world.ts";
import { createAlert, updateAlert } from "./rules.ts";
import { alertAnswer } from "./shape.ts";

const options: RouteOptions = { scope: "alert" };

export function alertRoutes(world: World, { inProject }: Api): void {
  inProject("GET", "/alerts", options, ({ url }) => {
    const insight = url.searchParams.get("insight_id") ?? url.searchParams.get("insight");
    const search = url.searchParams.get("search");
    const found = (insight === null ? world.alerts.all() : world.alerts.where("insight_id", Number(insight))).filter(
      (alert) => search === null || mentions(search, alert.name),
    );
    return page(url, found, answer);
  });
  inProject("POST", "/alerts", options, ({ body, caller }) =>
    Response.json(answer(createAlert(world, body, caller)), { status: 201 }),
  );
  inProject("GET", "/alerts/:id", options, ({ path }) =>
    Response.json({ ...answer(known(path("id"))), checks_total: 0 }),
  );
  inProject("PATCH", "/alerts/:id", options, update);
  inProject("PUT", "/alerts/:id", options, update);
  inProject("DELETE", "/alerts/:id", options, ({ path }) => {
    deleteAlert(world, known(path("id")).id);
    return new Response(null, { status: 204 });
  });

  function update({ path, body }: ApiRequest): Response {
    return Response.json(answer(updateAlert(world, known(path("id")), body)));
  }

  function known(id: string): AlertRecord {
    const alert = world.alerts.get(id);
    if (alert === null) throw notFound();
    return alert;
  }

  function answer(alert: AlertRecord) {
    const insight = world.insights.get(alert.insight_id);
    if (insight === null) throw notFound();
    return alertAnswer(world, alert, insight);
  }
}
