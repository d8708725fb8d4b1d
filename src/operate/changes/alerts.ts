import { isObject, list, object } from "../../insights/define/check/json.ts";
import { own } from "../../model/json.ts";
import { type VendorName, vendors } from "../../model/vendors/index.ts";
import { sameJson } from "../../resources/kernel/json.ts";
import { type Becomes, becomes, type Change, type Resource } from "../plan/plan.ts";
import { code, join, name, type Phrase, plain, say } from "../text/phrase.ts";
import { deliveryWords, toldByDeliveries } from "./deliveries.ts";
import { monitorWords } from "./monitors.ts";
import { leafWords, leaves } from "./query/query.ts";
import { valueWords } from "./query/values.ts";

const { posthog, sentry } = vendors;

export const insightAlertType = "pulumi-nodejs:dynamic/posthog:InsightAlert";
export const sentryAlertType = "pulumi-nodejs:dynamic/sentry:Alert";
export const sentryMonitorType = "pulumi-nodejs:dynamic/sentry:Monitor";

/** The change of one alert, or of a monitor that triggers alerts. */
export interface AlertChange {
  readonly urn: string;
  readonly vendor: VendorName<"posthog" | "sentry">;
  readonly kind: "alert" | "monitor";
  readonly name: string;
  readonly owner: string | undefined;
  readonly change: Becomes;
  /** Who is notified after the change; for a deleted alert, who was notified before. */
  readonly recipients: readonly string[];
  readonly words: readonly Phrase[];
}

const types: Readonly<Record<string, Pick<AlertChange, "vendor" | "kind">>> = {
  [insightAlertType]: { vendor: posthog.name, kind: "alert" },
  [sentryAlertType]: { vendor: sentry.name, kind: "alert" },
  [sentryMonitorType]: { vendor: sentry.name, kind: "monitor" },
  "pulumi-nodejs:dynamic/sentry:UptimeMonitor": { vendor: sentry.name, kind: "monitor" },
  "pulumi-nodejs:dynamic/sentry:CronMonitor": { vendor: sentry.name, kind: "monitor" },
  "sentry:index/sentryIssueAlert:SentryIssueAlert": { vendor: sentry.name, kind: "alert" },
  "sentry:index/sentryMetricAlert:SentryMetricAlert": { vendor: sentry.name, kind: "alert" },
};

export const isAlertType = (type: string): boolean => Object.hasOwn(types, type);

/** The alerts that a plan touches. */
export const alertChanges = (changes: readonly Change[]): AlertChange[] =>
  changes.flatMap((change) => {
    const type = own(types, change.type);
    if (!type) return [];
    const before = change.kind === "created" ? undefined : change.before;
    const after = change.kind === "deleted" ? undefined : change.after;
    const shown = before ?? after;
    if (!shown) return [];
    const { inputs } = shown;
    return [
      {
        urn: change.urn,
        ...type,
        name: typeof inputs.name === "string" ? inputs.name : change.name,
        owner: typeof inputs.owner === "string" ? inputs.owner : undefined,
        change: becomes[change.kind],
        recipients: recipientsOf((after ?? shown).inputs),
        words: before && after ? changedWords(before, after) : firstWords(shown, after !== undefined),
      },
    ];
  });

/** Everyone whom an alert notifies: e-mail addresses, channels with their "#", and webhooks. */
const recipientsOf = (inputs: Resource["inputs"]): string[] => [...mailedOf(inputs), ...toldByDeliveries(inputs)];

function mailedOf({ subscribers, emails, actions }: Resource["inputs"]): string[] {
  const addresses = [...list(subscribers), ...list(emails)].map(String);
  return [...addresses, ...Object.values(object(actions)).map((action) => toldByAction(object(action)))];
}

function toldByAction({ type, config }: Readonly<Record<string, unknown>>): string {
  const { targetType, targetDisplay, targetIdentifier } = object(config);
  if (type === "email" && targetType === "issue_owners") return "the issue's owners";
  const target = targetDisplay ?? targetIdentifier;
  const shown = target === undefined || target === null || target === "" ? "" : ` ${String(target)}`;
  if (type === "slack") return `Slack${shown === "" ? "" : ` #${shown.trim().replace(/^#/, "")}`}`;
  return `${valueWords(type)}${targetType === undefined ? "" : ` ${String(targetType)}`}${shown}`;
}

/** For a new or deleted alert, when it fires; for a new one, also what to do then. */
function firstWords({ inputs }: Resource, isNew: boolean): Phrase[] {
  const { when, check, tileTitle, because, conversion } = inputs;
  const what = conversion === undefined ? "" : `${conversionWords(conversion)} of `;
  return [
    ...(isObject(when)
      ? [
          say`when ${what}${name(String(tileTitle ?? ""))} is ${whenWords(when)}${check ? `, looked at ${String(check)}` : ""}`,
        ]
      : []),
    ...together(monitorWords({}, inputs)),
    ...(isNew && typeof because === "string" && because.trim() !== "" ? [plain(because)] : []),
  ];
}

const together = (words: readonly Phrase[]): Phrase[] => (words.length === 0 ? [] : [join(words, "; ")]);

/** "above 0.05", "rises by 50 %". */
function whenWords(when: unknown): string {
  const { kind, value, share } = object(when);
  if (typeof share === "number") return `${String(kind)} ${Math.round(share * 1000) / 10} %`;
  return value === undefined ? valueWords(kind) : `${String(kind)} ${valueWords(value)}`;
}

/** "the conversion from the first step to step 3": people count from 1. */
function conversionWords(conversion: unknown): string {
  const { from, toStep } = object(conversion);
  return `the conversion from the ${String(from)}${typeof toStep === "number" ? ` to step ${toStep + 1}` : ""}`;
}

const hidden = new Set(["projectId", "managedBy"]);

function changedWords({ inputs: old }: Resource, { inputs: now }: Resource): Phrase[] {
  const differs = (field: string): boolean => !sameJson(old[field], now[field]);
  const words: Phrase[] = [];
  const describedFields = new Set([
    ...hidden,
    "name",
    "when",
    "conversion",
    "check",
    "because",
    "subscribers",
    "deliveries",
    "emails",
    "actions",
    "enabled",
    "thresholds",
    "metric",
    "frequencyMinutes",
    "conditions",
  ]);
  if (differs("name")) words.push(say`is called ${name(String(now.name))}`);
  if (differs("when")) words.push(say`when ${whenWords(old.when)} → ${whenWords(now.when)}`);
  if (differs("conversion") && now.conversion !== undefined)
    words.push(plain(`watches ${conversionWords(now.conversion)}`));
  if (differs("check")) words.push(say`looked at ${valueWords(old.check)} → ${valueWords(now.check)}`);
  if (differs("frequencyMinutes"))
    words.push(
      say`repeated after ${valueWords(old.frequencyMinutes)} → ${valueWords(now.frequencyMinutes)} min at the earliest`,
    );
  if (differs("enabled")) words.push(plain(now.enabled === false ? "is switched off" : "is switched on"));
  if (differs("conditions")) words.push(plain("watches other issues: its conditions change"));
  words.push(...toldWords(mailedOf(old), mailedOf(now)), ...deliveryWords(String(old.name), old, now));
  words.push(...monitorWords(old, now));
  if (differs("because")) words.push(say`because: “${valueWords(now.because)}”`);
  const rest = (inputs: Resource["inputs"]) =>
    Object.fromEntries(Object.entries(inputs).filter(([field]) => !describedFields.has(field)));
  words.push(...leaves(rest(old), rest(now)).map(leafWords));
  if (words.length === 0 && differs("actions")) words.push(say`${code("actions")} change`);
  return words;
}

function toldWords(before: readonly string[], after: readonly string[]): Phrase[] {
  const added = after.filter((one) => !before.includes(one));
  const removed = before.filter((one) => !after.includes(one));
  return [
    ...(added.length > 0 ? [plain(`also notifies ${added.join(", ")}`)] : []),
    ...(removed.length > 0 ? [plain(`no longer notifies ${removed.join(", ")}`)] : []),
  ];
}
