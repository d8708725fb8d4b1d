import { sameJson } from "../../../resources/kernel/json.ts";
import { pathKeys } from "../../plan/path.ts";
import { type Becomes, becomes, type Change } from "../../plan/plan.ts";
import { type Phrase, plain, say } from "../../text/phrase.ts";
import { propertyWords } from "../properties.ts";
import { type CountOf, reachOf } from "./people.ts";
import { isChanged, pairRules, type RuleChange, ruleWords, wholeRuleWords } from "./rules.ts";
import { sharesOf, variantWords } from "./variants.ts";
import { type FlagView, featureFlagType, flagView, type RuleView } from "./view.ts";

/** The change of one feature flag, and whom it concerns. */
export interface FlagChange {
  readonly urn: string;
  /** The key that apps ask for. */
  readonly flag: string;
  readonly owner: string | undefined;
  readonly change: Becomes;
  readonly words: readonly Phrase[];
  /** The rules that decide otherwise than before. Who fulfils several rules is counted in each. */
  readonly rules: readonly RuleNumbers[];
  /** Why it is not known how many people are concerned. Absent: it is, or nobody asked. */
  readonly unknown?: string;
}

/** The people of one rule, for programs. */
export interface RuleNumbers {
  /** From 1. */
  readonly rule: number;
  readonly from?: RuleShare;
  readonly to?: RuleShare;
  /** All people that PostHog counts. Absent: not known. */
  readonly of?: number;
}

interface RuleShare {
  readonly rolloutPercent: number;
  /** About how many people it opens for. Absent: not known. */
  readonly people?: number;
}

/** The feature flags that a plan touches. @param countOf default: nobody asks how many people are concerned */
export const flagChanges = (changes: readonly Change[], countOf?: CountOf): FlagChange[] =>
  changes.filter(({ type }) => type === featureFlagType).map((change) => flagChange(change, countOf));

/** The conditions whose people a plan's flags concern: what has to be asked for the words. */
export function conditionsToCount(changes: readonly Change[]): (readonly unknown[])[] {
  const asked = new Map<string, readonly unknown[]>();
  flagChanges(changes, (conditions) => {
    asked.set(JSON.stringify(conditions), conditions);
    return { unknown: "" };
  });
  return [...asked.values()];
}

function flagChange(change: Change, countOf: CountOf | undefined): FlagChange {
  const before = change.kind === "created" ? undefined : flagView(change.before);
  const after = change.kind === "deleted" ? undefined : flagView(change.after);
  const shown = after ?? before;
  const reasons = new Set<string>();
  const counting: CountOf | undefined =
    countOf &&
    ((conditions) => {
      const count = countOf(conditions);
      if ("unknown" in count) reasons.add(count.unknown);
      return count;
    });
  // A flag of another project is made anew there, with all its rules.
  const told =
    before && after && change.kind !== "replaced" ? changed(before, after, counting) : whole(before, after, counting);
  const words = [...told.words, ...othersOf(change)];
  const [unknown] = reasons;
  const isCounted = told.rules.filter(({ of }) => of !== undefined).length > 1;
  return {
    urn: change.urn,
    flag: shown?.key ?? change.name,
    owner: shown?.owner,
    change: becomes[change.kind],
    words: [
      ...words,
      ...(isCounted ? [plain("who fulfils several rules is counted in each")] : []),
      ...(unknown === undefined ? [] : [plain(`how many people that concerns is not known: ${unknown}`)]),
    ],
    rules: told.rules,
    ...(unknown !== undefined && { unknown }),
  };
}

interface Told {
  readonly words: readonly Phrase[];
  readonly rules: readonly RuleNumbers[];
}

/** A flag that is made or deleted. */
function whole(before: FlagView | undefined, after: FlagView | undefined, countOf: CountOf | undefined): Told {
  const flag = after ?? before;
  if (!flag) return { words: [], rules: [] };
  const meaning = after && flag.meaning !== "" ? [plain(flag.meaning)] : [];
  const variants = after && flag.variants.length > 0 ? [plain(`variants: ${sharesOf(flag.variants)}`)] : [];
  if (!flag.active) return { words: [...meaning, ...variants, plain("it is switched off: nobody has it")], rules: [] };
  const side = wholeFlag(
    flag,
    after ? "opens" : "closes",
    countOf,
    !after && flag.handledInPostHog.includes("rollout"),
  );
  const isKnown = after !== undefined || !flag.handledInPostHog.includes("active");
  return {
    words: [...meaning, ...side.words, ...variants, ...(isKnown || !countOf ? [] : [switchIsSetThere])],
    rules: side.rules,
  };
}

const switchIsSetThere = plain("whether it is on is set in PostHog, and was not looked at");

/** @param sharesAreSetThere people set the shares of the rules in PostHog: those here say nothing of the people */
function wholeFlag(
  { rules }: FlagView,
  verb: "opens" | "closes",
  countOf: CountOf | undefined,
  sharesAreSetThere: boolean,
): Told {
  const counting = sharesAreSetThere ? undefined : countOf;
  const pairs = rules.map(
    (one, index): RuleChange => ({
      rule: index + 1,
      ...(verb === "opens" ? { after: one } : { before: one }),
    }),
  );
  return {
    words: [
      ...(rules.length === 0
        ? [plain("it has no rule: nobody has it")]
        : rules.map((one, index) => wholeRuleWords(index + 1, one, verb, counting))),
      ...(sharesAreSetThere && countOf ? [plain("the shares are set in PostHog, and were not looked at")] : []),
    ],
    rules: pairs.map((pair) => numbersOf(pair, counting)),
  };
}

function changed(before: FlagView, after: FlagView, countOf: CountOf | undefined): Told {
  const isSetThere = after.handledInPostHog.includes("active");
  const about = [
    ...(before.key === after.key ? [] : [say`its key ${before.key} → ${after.key}: apps ask for it by the key`]),
    ...(before.meaning === after.meaning ? [] : [say`meaning: “${after.meaning}”`]),
    ...(before.owner === after.owner ? [] : [say`owner ${before.owner ?? "none"} → ${after.owner ?? "none"}`]),
    ...(sameJson(before.handledInPostHog, after.handledInPostHog)
      ? []
      : [say`set in PostHog: ${handled(before)} → ${handled(after)}`]),
  ];
  const variantsDiffer = !sameJson(before.variants, after.variants);
  const switched = before.active === after.active ? [] : [plain(after.active ? "is switched on" : "is switched off")];
  const sharesAreSetThere = after.handledInPostHog.includes("rollout") && before.rules.length === after.rules.length;
  const differing = pairRules(before.rules, after.rules).filter(isChanged);
  const isReordered = differing.length === 0 && !sameJson(before.rules, after.rules);
  const reordered = isReordered ? [plain("its rules have another order: the first that opens decides")] : [];
  if (switched.length > 0 && !isSetThere) {
    // All of its rules open or close; beside that, what of them changes.
    const side = after.active
      ? wholeFlag(after, "opens", countOf, sharesAreSetThere)
      : wholeFlag(before, "closes", countOf, before.handledInPostHog.includes("rollout"));
    const changes = differing.map((pair) => ruleWords(pair, { countOf: undefined, sharesAreSetThere }));
    const shares = variantsDiffer ? [plain(`variants: ${sharesOf(after.variants) || "none"}`)] : [];
    return {
      words: [...switched, ...(countOf ? side.words : []), ...changes, ...reordered, ...shares, ...about],
      rules: side.rules,
    };
  }
  const isOff = !after.active && !isSetThere;
  const counting = isOff ? undefined : countOf;
  const decides = differing.length > 0 || isReordered || variantsDiffer;
  return {
    words: [
      ...switched.map((words) => say`${words} here alone, since its switch is set in PostHog`),
      ...differing.map((pair) => ruleWords(pair, { countOf: counting, sharesAreSetThere })),
      ...reordered,
      ...variantWords(before, after, sharesAreSetThere ? undefined : counting),
      ...about,
      ...(decides && isOff ? [plain("it is switched off: nobody has it")] : []),
      ...(decides && isSetThere && countOf ? [switchIsSetThere] : []),
    ],
    rules: differing.map((pair) => numbersOf(pair, sharesAreSetThere ? undefined : counting)),
  };
}

const handled = ({ handledInPostHog }: FlagView): string => handledInPostHog.join(", ") || "nothing";

function numbersOf({ rule, before, after }: RuleChange, countOf: CountOf | undefined): RuleNumbers {
  const share = (one: RuleView): RuleShare => {
    const people = reachOf(one, countOf)?.about;
    return { rolloutPercent: one.rolloutPercent, ...(people !== undefined && { people }) };
  };
  const one = after ?? before;
  const total = one && reachOf(one, countOf)?.of;
  return {
    rule,
    ...(before && { from: share(before) }),
    ...(after && { to: share(after) }),
    ...(total !== undefined && { of: total }),
  };
}

/** What the words above say. */
const described = new Set(["key", "meaning", "owner", "active", "rules", "variants", "handledInPostHog", "managedBy"]);

/** What a definition cannot say: fields set by hand, experiments, scheduled changes. */
function othersOf(change: Change): Phrase[] {
  if (change.kind !== "changed" && change.kind !== "replaced") return [];
  const paths = change.paths.filter((path) => !described.has(pathKeys(path)[0] ?? ""));
  return paths.length === 0 ? [] : propertyWords(change, paths);
}
