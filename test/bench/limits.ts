import { startPosthogTwin } from "../../src/local/twins/posthog/index.ts";
import { benchStack } from "../support/bench-stack.ts";

/*
 * A dashboard of sixty insights on the real engine, against a PostHog that accepts forty insight requests a minute and
 * does not announce this limit. Takes a little more than a minute of real time.
 */

const insights = 60;
const perMinute = 40;

interface Figure {
  name: string;
  value: number;
  unit: string;
}

const program = `
import { Dashboard } from "@brandvx/resources/posthog";

const tile = (number) => ({
  kind: "insight",
  title: "Tile " + number,
  reading: "What is shown.",
  query: { kind: "InsightVizNode", source: { kind: "TrendsQuery", series: [{ kind: "EventsNode", event: "a" }] } },
  place: { column: 0, row: number * 5, width: 12, height: 5 },
});
const tiles = Object.fromEntries(Array.from({ length: ${insights} }, (_, n) => ["tile-" + n, tile(n)]));
new Dashboard("many", { definition: { key: "many", title: "Many", owner: "growth", question: "Does it?", tiles } });
`;

/** Counts the requests that are sent and refused, and the objects that are created. Throws when the `up` fails. */
export async function run(): Promise<Figure[]> {
  const posthog = await startPosthogTwin({ limits: { insights: { perMinute, perHour: 1200 } } });
  try {
    using stack = await benchStack(program, posthog);
    const { sent, seconds } = await stack.run("create", ["up", "--yes", "--skip-preview"]);
    const refused = sent.filter(({ status }) => status === 429).map(({ at }) => Date.parse(at));
    const isLater = (at: number) => at > (refused[0] ?? 0) + 1000;
    return [
      { name: `insights wanted, at a limit of ${perMinute} a minute`, value: insights, unit: "" },
      { name: "insights made", value: posthog.live().insights.length, unit: "" },
      { name: "requests", value: sent.length, unit: "" },
      {
        name: "refused in the second that shows the limit",
        value: refused.filter((at) => !isLater(at)).length,
        unit: "",
      },
      { name: "refused later", value: refused.filter(isLater).length, unit: "" },
      { name: "time", value: seconds, unit: "s" },
    ];
  } finally {
    await posthog.stop();
  }
}
