import { object } from "../../../insights/define/check/json.ts";
import { sameJson } from "../../../resources/kernel/json.ts";
import { code, join, type Phrase, plain, say } from "../../text/phrase.ts";
import { type CountOf, changeWords, type Reach, reachOf, reachWords } from "./people.ts";
import type { RuleView } from "./view.ts";

/** What becomes of one rule. */
export interface RuleChange {
  /** Its place from 1: after the change, or before it for a rule that goes. */
  readonly rule: number;
  readonly before?: RuleView;
  readonly after?: RuleView;
}

/** Rules with the same conditions are the same one, wherever they stand; those that are left are paired in their order. */
export function pairRules(before: readonly RuleView[], after: readonly RuleView[]): RuleChange[] {
  const olds = before.map((rule, index) => ({ rule, index }));
  const take = (matches: (rule: RuleView) => boolean): RuleView | undefined => {
    const at = olds.findIndex(({ rule }) => matches(rule));
    return at === -1 ? undefined : olds.splice(at, 1)[0]?.rule;
  };
  const same = after.map((now) => take((old) => sameJson(old.conditions, now.conditions)));
  const pairs = after.map((now, index): RuleChange => {
    const old = same[index] ?? take(() => true);
    return { rule: index + 1, ...(old && { before: old }), after: now };
  });
  return [...pairs, ...olds.map(({ rule, index }) => ({ rule: index + 1, before: rule }))];
}

export const isChanged = ({ before, after }: RuleChange): boolean => !before || !after || !sameJson(before, after);

/** What is looked at for the words of a rule. */
export interface Looking {
  readonly countOf: CountOf | undefined;
  /** People set the shares of the rules in PostHog, and a change of them here is not written. */
  readonly sharesAreSetThere: boolean;
}

/** "rule 2 (everybody): 10 % → 50 %, from about 938 to about 4,690 of 9,380 people". */
export function ruleWords({ rule, before, after }: RuleChange, { countOf, sharesAreSetThere }: Looking): Phrase {
  if (!before || !after) {
    const one = after ?? before;
    if (!one) return plain("");
    const verb = after ? "is new" : "of before is gone";
    return say`${label(rule, one)} ${verb}, ${percent(one)}${concerned(one, after ? "opens" : "closes", countOf)}`;
  }
  const conditionsDiffer = !sameJson(before.conditions, after.conditions);
  const shareDiffers = before.rolloutPercent !== after.rolloutPercent;
  const changes = [
    ...(conditionsDiffer ? [plain("its conditions change")] : []),
    ...(shareDiffers ? [plain(`${before.rolloutPercent} % → ${after.rolloutPercent} %`)] : []),
    ...(before.variant === after.variant
      ? []
      : [plain(`variant ${before.variant ?? "by the shares"} → ${after.variant ?? "by the shares"}`)]),
  ];
  const start = say`${label(rule, after)}: ${join(changes, ", ")}`;
  if (shareDiffers && sharesAreSetThere) return say`${start} here alone, since its share is set in PostHog`;
  const [old, now] = [reachOf(before, countOf), reachOf(after, countOf)];
  if (!old || !now) return start;
  const others = conditionsDiffer && old.about > 0 ? ", who may be others than before" : "";
  return say`${start}, ${changeWords(old, now)}${others}`;
}

/** "rule 1 (by `plan`), 20 %: opens for about 80 of 9,380 people". */
export const wholeRuleWords = (rule: number, one: RuleView, verb: "opens" | "closes", countOf?: CountOf): Phrase =>
  say`${label(rule, one)}, ${percent(one)}${concerned(one, verb, countOf)}`;

const percent = ({ rolloutPercent, variant }: RuleView): string =>
  `${rolloutPercent} %${variant === undefined ? "" : ` get ${variant}`}`;

function concerned(one: RuleView, verb: "opens" | "closes", countOf: CountOf | undefined): string {
  const reach: Reach | undefined = reachOf(one, countOf);
  return reach ? `: ${verb} for ${reachWords(reach)}` : "";
}

/** The properties alone: their values may be people's. */
export function label(rule: number, { conditions }: RuleView): Phrase {
  const keys = [...new Set(conditions.map((condition) => String(object(condition).key)))];
  return keys.length === 0 ? plain(`rule ${rule} (everybody)`) : say`rule ${rule} (by ${join(keys.map(code), ", ")})`;
}
