import { events } from "../../catalog/events.ts";
import { suggestion } from "../../catalog/nearest.ts";
import { owners } from "../../catalog/owners.ts";
import { list, nodesOf, object } from "../../insights/define/check/json.ts";
import { notWritten } from "../../insights/define/index.ts";
import { networkPayloadNames, projectSwitchNames } from "../../model/posthog/project-settings.ts";
import { hasUnknown, isUnknown } from "../../model/unknown.ts";
import { insightAlertType, isAlertType, sentryAlertType, sentryMonitorType } from "../changes/alerts.ts";
import { dashboardType } from "../changes/dashboards.ts";
import { featureFlagType } from "../changes/flags/view.ts";
import { kindOf } from "../changes/kinds.ts";
import { projectSettingsType } from "../changes/project-settings.ts";
import { titleOf } from "../changes/tiles.ts";
import { isBlankText, type Rule, type Violation } from "./rule.ts";
import { noPlainSecret, redisOverTls, secretVariables } from "./secrets.ts";

const protectedData: Rule = {
  name: "protected-data",
  says: "What holds data can be deleted only after its protection is taken off",
  check: ({ type, protect }, context) =>
    context.protect && kindOf(type).keptBy === "protect" && !protect
      ? [
          {
            problem: `the ${kindOf(type).title} is not protected`,
            fix: `make it with \`{ protect: true }\`, ${orThrowAway}`,
          },
        ]
      : [],
};

const retainedKeys: Rule = {
  name: "retained-keys",
  says: "A key that is built into apps stays at its vendor when its resource goes",
  needs: "retainOnDelete",
  check: ({ type, protect, retainOnDelete }, context) =>
    context.protect && kindOf(type).keptBy === "retainOnDelete" && !protect && retainOnDelete !== true
      ? [
          {
            problem: `the ${kindOf(type).title} would be deleted with its resource`,
            fix: `make it with \`{ retainOnDelete: true }\`, ${orThrowAway}`,
          },
        ]
      : [],
};

const orThrowAway = "or say `pulumi config set protect false` for a stack that may be thrown away";

/** Sentry resources that watch a stage. */
const watching = [
  sentryAlertType,
  sentryMonitorType,
  "sentry:index/sentryIssueAlert:SentryIssueAlert",
  "sentry:index/sentryMetricAlert:SentryMetricAlert",
];

const productionAlerts: Rule = {
  name: "alerts-for-production",
  says: "Alerts and monitors of Sentry watch the stage `production` alone",
  isOpen: ({ type, inputs }) => watching.includes(type) && isUnknown(inputs.environment),
  check: ({ type, inputs }) => {
    if (!watching.includes(type) || inputs.environment === "production" || isUnknown(inputs.environment)) return [];
    const stage =
      inputs.environment === undefined || inputs.environment === null
        ? "every stage"
        : `the stage ${String(inputs.environment)}`;
    return [
      {
        problem: `it watches ${stage}`,
        fix: 'set `environment: "production"`; errors of previews and laptops wake nobody',
      },
    ];
  },
};

/** Owned by a team's name; Sentry's owners are team numbers. */
const ownedByTeams = new Set([dashboardType, insightAlertType, featureFlagType]);

const owned: Rule = {
  name: "owned",
  says: "Every dashboard, every alert and every feature flag has an owner",
  isOpen: ({ type, inputs }) => (ownedByTeams.has(type) || isAlertType(type)) && isUnknown(inputs.owner),
  check: ({ type, inputs: { owner } }) => {
    if (!ownedByTeams.has(type) && !isAlertType(type)) return [];
    if (isBlankText(owner)) return [{ problem: "it has no owner", fix: "name the team that answers for it" }];
    if (!ownedByTeams.has(type) || isUnknown(owner) || Object.hasOwn(owners, String(owner))) return [];
    return [
      {
        problem: `its owner ${String(owner)} is no team that \`src/catalog/owners.ts\` knows`,
        fix: suggestion(String(owner), Object.keys(owners)),
      },
    ];
  },
};

const tilesOf = (inputs: Readonly<Record<string, unknown>>) =>
  Object.entries(object(inputs.tiles)).map(([key, tile]) => ({
    key,
    tile: object(tile),
    title: titleOf(key, object(tile)),
  }));

const hasOpenTile = ({ tiles }: Readonly<Record<string, unknown>>): boolean =>
  isUnknown(tiles) || Object.values(object(tiles)).some(isUnknown);

/** A dashboard imported as somebody made it by hand: its definition says so until it is rewritten. */
const isAdopted = ({ adopted }: Readonly<Record<string, unknown>>): boolean => adopted === true;

const isUnwritten = (text: unknown): boolean => isBlankText(text) || text === notWritten;

const readable: Rule = {
  name: "tiles-with-a-reading",
  says: "Every chart says how it is to be read",
  isOpen: ({ type, inputs }) =>
    type === dashboardType &&
    !isAdopted(inputs) &&
    (hasOpenTile(inputs) ||
      tilesOf(inputs).some(({ tile }) => [tile.kind, tile.reading, tile.readingHidden].some(isUnknown))),
  check: ({ type, inputs }) =>
    type !== dashboardType || isAdopted(inputs)
      ? []
      : tilesOf(inputs)
          .filter(({ tile }) => tile.kind === "insight" && (isUnwritten(tile.reading) || tile.readingHidden === true))
          .map(({ title, tile }) => ({
            problem: `the tile “${title}” ${tile.readingHidden === true ? "hides its reading" : "has no reading"}`,
            fix: "say in one sentence what a bad value means",
          })),
};

const knownEvents: Rule = {
  name: "events-of-the-catalog",
  says: "Charts ask for events that the catalog has",
  isOpen: ({ type, inputs }) =>
    type === dashboardType &&
    !isAdopted(inputs) &&
    (hasOpenTile(inputs) || tilesOf(inputs).some(({ tile }) => hasUnknown(tile.query))),
  check: ({ type, inputs }) =>
    type !== dashboardType || isAdopted(inputs)
      ? []
      : tilesOf(inputs).flatMap(({ title, tile }) =>
          unknownEvents(tile.query).map((event) => ({
            problem: `the tile “${title}” asks for the event ${event}, which the catalog lacks`,
            fix: suggestion(event, Object.keys(events)),
          })),
        ),
};

const unknownEvents = (query: unknown): string[] => [
  ...new Set(
    nodesOf(query)
      .map(({ kind, event }) => (kind === "EventsNode" && typeof event === "string" ? event : undefined))
      .filter((event) => event !== undefined)
      .filter((event) => !isUnknown(event) && !Object.hasOwn(events, event)),
  ),
];

/** Everyone whom an alert notifies, by all its channels. */
const recipientsOf = (
  type: string,
  { subscribers, deliveries, emails, actions }: Readonly<Record<string, unknown>>,
): unknown[] => {
  if (type === insightAlertType) return [subscribers, deliveries];
  return type === sentryAlertType ? [emails, actions] : [];
};

const isSomebody = (way: unknown): boolean => list(way).length > 0 || Object.keys(object(way)).length > 0;

const toldAlerts: Rule = {
  name: "alerts-tell-somebody",
  says: "Every alert tells somebody",
  isOpen: ({ type, inputs }) => {
    const ways = recipientsOf(type, inputs);
    return ways.some(isUnknown) && !ways.some(isSomebody);
  },
  check: ({ type, inputs }) => {
    const ways = recipientsOf(type, inputs);
    return ways.length > 0 && !ways.some((way) => isSomebody(way) || isUnknown(way))
      ? [{ problem: "it tells nobody", fix: "name a team in `notify`, and its members in `teams` of the stack" }]
      : [];
  },
};

const explainedAlerts: Rule = {
  name: "alerts-with-advice",
  says: "Every alert on a chart says what is wrong and where to look first",
  isOpen: ({ type, inputs }) => type === insightAlertType && isUnknown(inputs.because),
  check: ({ type, inputs }) =>
    type === insightAlertType && isBlankText(inputs.because)
      ? [{ problem: "it does not say what to do (`because`)", fix: "say what is wrong, and where to look first" }]
      : [],
};

const wakefulAlerts: Rule = {
  name: "alerts-switched-on",
  says: "Every alert is switched on",
  isOpen: ({ type, inputs }) => isAlertType(type) && isUnknown(inputs.enabled),
  check: ({ type, inputs }): Violation[] =>
    isAlertType(type) && inputs.enabled === false
      ? [{ problem: "it is switched off", fix: "switch it on, or remove it from `alerts/`" }]
      : [],
};

const privatePromises: Rule = {
  name: "promises-of-privacy",
  says: "PostHog's project drops IP addresses, and captures and records nothing by itself",
  isOpen: ({ type, inputs }) => type === projectSettingsType && collecting.some((name) => isUnknown(inputs[name])),
  check: ({ type, inputs }) =>
    type === projectSettingsType
      ? collecting
          .filter((name) => !isUnknown(inputs[name]) && inputs[name] !== (name === "anonymizeIps"))
          .map((name) => ({
            problem: `\`${name}\` is ${inputs[name] === undefined ? "not known" : String(inputs[name])}`,
            fix: `set it to ${String(name === "anonymizeIps")} in \`src/catalog/project-settings.ts\`, or say in docs/privacy.md that this is not promised any more and change the rule`,
          }))
      : [],
};

const collecting = [...projectSwitchNames, ...networkPayloadNames];

/** The rules for every stack. `obs preview` checks the plan, `obs drift` the live resources. */
export const rules: readonly Rule[] = [
  protectedData,
  retainedKeys,
  noPlainSecret,
  secretVariables,
  redisOverTls,
  productionAlerts,
  owned,
  toldAlerts,
  explainedAlerts,
  wakefulAlerts,
  readable,
  knownEvents,
  privatePromises,
];
