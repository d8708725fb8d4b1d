import type { FlagFact, FlagValue } from "../shared/flag-facts.ts";
import { flagFacts } from "../shared/flags.ts";
import { numberOption, type OptionFinding, sentence } from "../shared/options.ts";
import type { PersonProperties } from "../shared/people.ts";
import { redactPerson } from "../shared/privacy/person.ts";
import type { OnDrop } from "../shared/privacy/property.ts";
import { opaqueId } from "../shared/privacy/pseudonym.ts";
import { redactText } from "../shared/privacy/text.ts";
import { reasonOf } from "../shared/reason.ts";
import { isSomebody } from "../shared/settings.ts";
import { within } from "../shared/within.ts";
import { numberRules } from "./options.ts";
import { type FlagsClient, type FlagsClientOptions, openFlagsClient } from "./posthog-flags.ts";
import type { Sink } from "./sink.ts";

/** Whose value of a feature flag is asked for. */
export interface FlagPerson {
  /** The same id as with `phCapture`: it decides on which side of a rollout they are. An address or a number is replaced by a pseudonym. */
  readonly distinctId: string;
  /**
   * Their tenant, for rules on `tenant_id`.
   * @default what PostHog knows of the person
   */
  readonly tenantId?: string | undefined;
  /**
   * What is known of them, for the flag's rules (src/catalog/people.ts); all else is dropped and counted.
   * @default what PostHog knows of the person
   */
  readonly properties?: Omit<PersonProperties, "tenant_id"> | undefined;
}

export interface FlagOptions {
  /**
   * Maximum milliseconds until there is an answer, 1 to 5,000.
   * @default 300
   */
  readonly deadlineMs?: number | undefined;
}

/** What became of the questions for feature flags. */
export interface FlagCounts {
  /** Number of answers with PostHog's value. */
  readonly answered: number;
  /** Number of answers with the catalog's `whenAway`. */
  readonly whenAway: number;
}

/** Values of feature flags. No call throws. */
export interface Flags {
  value(key: string, person: FlagPerson, options?: FlagOptions): Promise<FlagValue>;
  counts(): FlagCounts;
  /** Resolves when the first question can be answered in time, after a second at most. */
  ready(): Promise<void>;
  /** Later questions get `whenAway`. */
  close(deadlineMs: number): Promise<void>;
}

/** What PostHog's answers need; absent: PostHog is never asked. */
export type FlagsSource = Omit<FlagsClientOptions, "onDefinitions">;

export interface FlagsOptions {
  readonly source: FlagsSource | undefined;
  readonly onDrop: OnDrop;
  readonly warn: (message: string) => void;
  /** Values do not come. */
  readonly sink: Sink;
  /** Definitions for the evaluation in this process do not come. */
  readonly definitions: Sink;
}

/** Milliseconds without a question to PostHog after this many in a row that it did not answer: nobody waits again and again. */
const pauseMs = 5_000;
const mostFailed = 3;
const readyMs = 1_000;

export function createFlags({ source, onDrop, warn, sink, definitions }: FlagsOptions): Flags {
  const counted = { answered: 0, whenAway: 0 };
  const said = new Set<string>();
  let failed = 0;
  let pausedUntil = 0;
  let closed = false;
  const opened: Promise<FlagsClient> | undefined =
    source &&
    openFlagsClient({
      ...source,
      onDefinitions: (why) => (why === undefined ? definitions.working() : definitions.failing(why)),
    });
  // Every question reports it.
  opened?.catch(() => {});

  return {
    async value(key, person, options) {
      const fact = factOf(key);
      const given = fact && (await ask(key, fact, person ?? {}, deadlineOf(options)).catch(() => undefined));
      counted[given === undefined ? "whenAway" : "answered"] += 1;
      return given ?? fact?.whenAway ?? false;
    },
    counts: () => ({ ...counted }),
    async ready() {
      if (opened)
        await within(
          readyMs,
          opened.then((client) => client.ready()),
        ).catch(() => {});
    },
    async close(deadlineMs) {
      closed = true;
      if (opened)
        await within(
          deadlineMs,
          opened.then((client) => client.end()),
        ).catch(() => {});
    },
  };

  /** JavaScript without types may ask for any flag. */
  function factOf(key: string): FlagFact | undefined {
    if (Object.hasOwn(flagFacts, key)) return flagFacts[key as keyof typeof flagFacts];
    once(`${redactText(String(key), 80)} is no feature flag of the catalog (src/catalog/flags.ts): it is false`);
    return undefined;
  }

  /** @returns undefined where PostHog does not say */
  async function ask(
    key: string,
    { values, whenAway }: FlagFact,
    { distinctId, tenantId, properties }: Partial<FlagPerson>,
    deadlineMs: number,
  ): Promise<FlagValue | undefined> {
    if (!opened || closed) return undefined;
    if (!isSomebody(distinctId)) {
      once(`flag("${key}") was asked for nobody: without an id it is ${whenAway}`);
      return undefined;
    }
    const known = redactPerson(
      { ...properties, ...(tenantId !== undefined && { tenant_id: tenantId }) },
      "flag",
      onDrop,
    );
    const isPaused = performance.now() < pausedUntil;
    try {
      const answer = await within(
        deadlineMs,
        opened.then((client) => client.ask(key, opaqueId(String(distinctId)), known, !isPaused)),
      );
      if (answer.kind === "away") {
        if (!isPaused) away(answer.why);
        return undefined;
      }
      if (answer.wasAsked) {
        failed = 0;
        sink.working();
      }
      if (answer.kind === "unknown") {
        once(`PostHog does not know the feature flag ${key}: it is ${whenAway} until \`pulumi up\` has made it`);
        return undefined;
      }
      if (values.includes(answer.value)) return answer.accept();
      once(
        `PostHog's value of the feature flag ${key} is none of the catalog's (${values.join(", ")}): it is ${whenAway} instead`,
      );
      return undefined;
    } catch (error) {
      away(reasonOf(error));
      return undefined;
    }
  }

  function away(why: string): void {
    if (closed) return;
    failed += 1;
    if (failed >= mostFailed) pausedUntil = performance.now() + pauseMs;
    sink.failing(why);
  }

  function deadlineOf(options: FlagOptions | undefined): number {
    const findings: OptionFinding[] = [];
    const ms = numberOption("flag.deadlineMs", options?.deadlineMs, numberRules["flag.deadlineMs"], findings);
    for (const finding of findings) once(sentence(finding));
    return ms;
  }

  function once(message: string): void {
    if (said.has(message) || said.size >= mostSaid) return;
    said.add(message);
    warn(message);
  }
}

/** Maximum number of different notices. */
const mostSaid = 100;
