import { isObject, list, object } from "../../insights/define/check/json.ts";
import { own } from "../../model/json.ts";
import { sameJson } from "../../resources/kernel/json.ts";
import { name, type Phrase, say } from "../text/phrase.ts";
import { valueWords } from "./query/values.ts";

type Json = Readonly<Record<string, unknown>>;

/** The deliveries of an alert of PostHog, by what people call them: "Slack #growth". */
export const deliveriesIn = ({ deliveries }: Json): [string, Json][] =>
  Object.entries(object(deliveries)).filter((entry): entry is [string, Json] => isObject(entry[1]));

/** Who is told by the deliveries, besides the e-mail. One that is switched off, or fires on something else, tells nobody. */
export const toldByDeliveries = (inputs: Json): string[] =>
  deliveriesIn(inputs).flatMap(([key, delivery]) => (tells(delivery) ? [shown(key, delivery)] : []));

const isStranger = ({ type }: Json): boolean => type === "made by hand";

const shown = (key: string, delivery: Json): string => (isStranger(delivery) ? `“${String(delivery.name)}”` : key);

const byHand = ({ changedByHand }: Json): Json => object(changedByHand);

const tells = (delivery: Json): boolean => byHand(delivery).enabled !== false && byHand(delivery).firesOn === undefined;

/** What a change means for the teams, delivery by delivery: "messaging is no longer told of *Messages fail* (Slack #sms)". */
export function deliveryWords(alert: string, before: Json, after: Json): Phrase[] {
  const [old, now] = [before, after].map((inputs) => Object.fromEntries(deliveriesIn(inputs)));
  const keys = new Set([...Object.keys(old ?? {}), ...Object.keys(now ?? {})]);
  return [...keys].flatMap((key) => wordsOf(key, name(alert), own(old ?? {}, key), own(now ?? {}, key)));
}

function wordsOf(key: string, alert: Phrase, old: Json | undefined, now: Json | undefined): Phrase[] {
  const one = now ?? old;
  if (!one || sameJson(old, now)) return [];
  const where = shown(key, one);
  if (isStranger(one))
    return [
      now ? say`somebody is also told of ${alert}: ${where}, made by hand` : say`${where} no longer tells of ${alert}`,
    ];
  const who = teamsOf(one);
  const [told, tellsNow] = [old !== undefined && tells(old), now !== undefined && tells(now)];
  if (told && !tellsNow) return [say`${who} no longer told of ${alert} (${where})${whyNot(now)}`];
  if (!told && tellsNow) return [say`${who} ${old ? "told again" : "also told"} of ${alert} (${where})`];
  return changedWords(where, who, alert, old ?? {}, now ?? {});
}

function teamsOf({ teams }: Json): string {
  const all = list(teams).map(String);
  return `${all.join(" and ")} ${all.length === 1 ? "is" : "are"}`;
}

function whyNot(now: Json | undefined): string {
  if (!now) return "";
  return byHand(now).enabled === false ? ": it is switched off" : ": it waits for something else";
}

function changedWords(where: string, who: string, alert: Phrase, old: Json, now: Json): Phrase[] {
  const differs = (key: string): boolean => !sameJson(old[key], now[key]);
  const handDiffers = (key: string): boolean => !sameJson(byHand(old)[key], byHand(now)[key]);
  return [
    ...(differs("channel")
      ? [say`${who} told of ${alert} in ${valueWords(now.channel)} instead of ${valueWords(old.channel)}`]
      : []),
    ...(differs("integrationId") ? [say`${who} told of ${alert} by another Slack integration (${where})`] : []),
    ...(differs("url") ? [say`${who} told of ${alert} at another address (${where})`] : []),
    ...(differs("teams") ? [say`${who} told of ${alert} (${where}), by its name`] : []),
    ...(handDiffers("message") ? [say`${who} told of ${alert} in other words (${where})`] : []),
    ...(handDiffers("name") || handDiffers("description")
      ? [say`what tells of ${alert} (${where}) has another name or description`]
      : []),
  ];
}
