import { randomUUID } from "node:crypto";
import { type App, appNames } from "../../catalog/variable.ts";
import { posthogVariables } from "../access/apps.ts";
import { answerWords } from "../access/fetch.ts";
import { sendEvent } from "../access/send.ts";
import { fails, holds, type Result } from "../checks/check.ts";
import { eventually, seconds } from "../checks/eventually.ts";
import { requiredVariable } from "../checks/variable.ts";
import { compareWithStack, type VerifyCheck, type VerifyContext, withoutPatience } from "./context.ts";

/** Name of the test event: no app sends it, and no tile uses it. */
export const smokeEvent = "obs.smoke_test";

/** Sends an event with each app's real key and finds it by a query, since PostHog answers 200 to any well-formed key. */
export const eventsArrive: VerifyCheck = {
  name: "events",
  title: "Events arrive in PostHog",
  run: (context) => Promise.all(appNames.map((app) => arrives(app, context))),
};

async function arrives(app: App, context: VerifyContext): Promise<Result> {
  const what = `An event with the ${app} app's key`;
  const put = `\`pulumi up --refresh --run-program --stack ${context.access.stack}\``;
  const given = (name: (typeof posthogVariables)[App]["key" | "host"]) =>
    requiredVariable(context.apps[app], name, {
      what,
      without: "it cannot be sent",
      fix: `${put} puts ${name} in its place`,
    });
  const [givenKey, givenHost] = [given(posthogVariables[app].key), given(posthogVariables[app].host)];
  if (givenKey.value === undefined) return givenKey.result;
  if (givenHost.value === undefined) return givenHost.result;
  const [key, host] = [givenKey.value, givenHost.value];
  const wrong = ([posthogVariables[app].key, posthogVariables[app].host] as const).filter(
    (name, i) => compareWithStack(name, [key, host][i] ?? "", context) === "different",
  );
  const patient = wrong.length > 0 ? withoutPatience(context) : context;
  const id = randomUUID();
  const started = context.clock.now();
  const event = { event: smokeEvent, distinct_id: "obs", uuid: id, properties: { smoke_test_id: id, app } };
  const answer = await sendEvent(host, key, event, context.signal);
  if (!answer.ok) {
    return fails(
      what,
      `${host} ${answerWords(answer)}`,
      `\`npx obs doctor --stack ${context.access.stack}\` says which of key and host is wrong`,
    );
  }
  const found = await eventually(
    patient,
    async () => (await context.posthog.count(smokeEvent, "smoke_test_id", id)) || undefined,
  );
  if (found === undefined) {
    const because = wrong.map((name) => `\`${name}\``).join(" and ");
    if (because !== "")
      return fails(
        what,
        `${host} took it (${answer.status}), and after 0 s no query finds it in project ${context.access.posthog.projectId}: ${because} is not what the stack says, so obs did not wait for it`,
        `${put} puts the stack's own in its place`,
      );
    return fails(
      what,
      `${host} took it (${answer.status}), and after ${seconds(context.patienceMs)} no query finds it in project ${context.access.posthog.projectId}`,
      "the key belongs to another project or another region than the host, or the quota is used up: `npx obs doctor` finds out which",
    );
  }
  return holds(what, `was found by a query ${seconds(context.clock.now() - started)} after it was sent`);
}
