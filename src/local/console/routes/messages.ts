import { Hono } from "hono";
import { messagesPage } from "../pages/messages.ts";
import { backTo, type Parts, show } from "../parts.ts";

/** Messages that the page shows at most. */
const mostShown = 200;

export function messageRoutes(parts: Parts): Hono {
  const { posthog } = parts.cloud;
  const app = new Hono();
  app.get("/messages", (c) =>
    show(c, parts, "Messages", messagesPage(posthog.sent().slice(-mostShown).toReversed()), []),
  );
  app.post("/messages/check", async (c) => {
    const checks = await posthog.checkAlerts("all");
    const firing = checks.filter(({ state }) => state === "Firing").map(({ name }) => `“${name}”`);
    const errored = checks.filter(({ state }) => state === "Errored").map(({ name }) => `“${name}”`);
    parts.say(
      [
        firing.length === 0 ? `None of ${checks.length} alerts fires.` : `${firing.join(", ")} fires.`,
        ...(errored.length === 0 ? [] : [`Could not be looked at: ${errored.join(", ")}.`]),
      ].join(" "),
    );
    return backTo(c, "/messages");
  });
  return app;
}
