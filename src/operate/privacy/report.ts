import type { Cause } from "../access/lookup.ts";
import { type Document, type Item, line, type Section } from "../text/document.ts";
import { code, list, marked, type Phrase, plain, quantity, say, strong } from "../text/phrase.ts";
import type { Fate } from "./planted.ts";

/** One planted value, by the two doors that it passed. */
export interface PlantedValue {
  /** "e-mail in `email`" */
  readonly what: string;
  /** What the packaged helper makes of the same input. */
  readonly helper: Fate;
  /** What the vendor's settings do about it, as the code defines them: "drops it". Undefined: nothing. */
  readonly door: string | undefined;
  /** What the vendor stored of the event that was sent around the helpers. */
  readonly stored: Fate | { readonly kind: "unknown" };
}

/** What one vendor's door did. */
export interface VendorDoor {
  /** "PostHog, project 1" */
  readonly where: string;
  readonly values: readonly PlantedValue[];
  /** Why nothing, or not all, is known of what is stored. */
  readonly unseen?: Cause | undefined;
  /** What was sent and stays there. */
  readonly stays?: string | undefined;
}

export interface PrivacyReport {
  readonly stack: string;
  readonly outcome: "as defined" | "not as defined" | "not all seen";
  readonly doors: readonly VendorDoor[];
}

/** A helper that lets a value pass, or a vendor that stores as sent what its settings should take out. */
const isBroken = ({ helper, door, stored }: PlantedValue): boolean =>
  helper.kind === "as sent" || (door !== undefined && stored.kind === "as sent");

export function privacyReport(stack: string, doors: readonly VendorDoor[]): PrivacyReport {
  const values = doors.flatMap((door) => door.values);
  const unseen =
    doors.some((door) => door.unseen !== undefined) || values.some(({ stored }) => stored.kind === "unknown");
  return { stack, outcome: values.some(isBroken) ? "not as defined" : unseen ? "not all seen" : "as defined", doors };
}

/** The report as a page: what is wrong first, then a table for each vendor, then what stays there. */
export function privacyPage(report: PrivacyReport): Document {
  const { doors, stack } = report;
  const more = (left: number): Phrase => plain(`… and ${left} more`);
  const broken = doors.flatMap(({ where, values }) => values.filter(isBroken).map((value) => ({ where, ...value })));
  const unseen = doors.flatMap(({ where, unseen: cause }) => (cause ? [{ where, ...cause }] : []));
  const sections: Section[] = [
    {
      title: plain("Not as defined"),
      importance: 0,
      tone: "danger",
      items: broken.map(({ where, what, helper, door }) =>
        helper.kind === "as sent"
          ? line(say`${strong(where)}: the helper lets the ${marked(what)} pass`, [
              plain("add it to the cases in src/runtime/privacy-cases, and mend the redactor"),
            ])
          : line(say`${strong(where)}: the ${marked(what)} is stored as it was sent, though the door ${door ?? ""}`, [
              marked(`\`pulumi up --refresh --run-program --stack ${stack}\` puts the settings back`),
            ]),
      ),
      more,
    },
    {
      title: plain("Not seen"),
      importance: 1,
      tone: "warning",
      items: unseen.map(({ where, what, fix }) => line(say`${strong(where)}: ${marked(what)}`, [marked(fix)])),
      more,
    },
    ...doors.map(
      ({ where, values }): Section => ({
        title: plain(where),
        importance: 2,
        items: [
          {
            kind: "table",
            columns: ["Planted", "Helper", "Door", "Stored"],
            rows: values.map(({ what, helper, door, stored }) => [
              marked(what),
              plain(helperWords(helper)),
              plain(door ?? "does nothing"),
              plain(storedWords(stored)),
            ]),
          },
          ...values.flatMap(changesOf),
        ],
        more,
      }),
    ),
    {
      title: plain("What stays there"),
      importance: 3,
      items: doors.flatMap(({ stays }) => (stays === undefined ? [] : [line(marked(stays))])),
      more,
    },
  ];
  return { headline: headline(report), sections: sections.filter(({ items }) => items.length > 0) };
}

function helperWords(helper: Fate): string {
  if (helper.kind === "changed") return "changes it";
  return helper.kind === "gone" ? "drops it" : "lets it pass";
}

function storedWords(stored: PlantedValue["stored"]): string {
  if (stored.kind === "changed") return isShort(stored.to) ? stored.to : "changed";
  return stored.kind === "gone" ? "no" : stored.kind;
}

const isShort = (text: string): boolean => text.length <= 10;

/** What is left of a value, where a cell of the table has no room for it. */
function changesOf({ what, helper, stored }: PlantedValue): Item[] {
  const parts = [
    ...(helper.kind === "changed" ? [say`the helper makes ${code(helper.to)} of it`] : []),
    ...(stored.kind === "changed" && !isShort(stored.to) ? [say`${code(stored.to)} is stored`] : []),
  ];
  return parts.length === 0 ? [] : [line(say`${marked(what)}: ${list(parts, ", ")}`)];
}

function headline({ stack, outcome, doors }: PrivacyReport): Phrase {
  const values = doors.flatMap((door) => door.values);
  const passed = values.filter(({ stored }) => stored.kind === "as sent").length;
  const unknown = values.filter(({ stored }) => stored.kind === "unknown").length;
  const helpers = values.filter(({ helper }) => helper.kind === "as sent").length;
  if (outcome === "not as defined")
    return say`${strong(stack)}: ${quantity(values.filter(isBroken).length, "planted value gets", "planted values get")} further than the code says`;
  const kept = `the helpers let ${helpers === 0 ? "none" : helpers} of ${values.length} planted values pass`;
  const stored = `around them ${passed} ${passed === 1 ? "is" : "are"} stored as sent`;
  return say`${strong(stack)}: ${kept}; ${stored}${unknown === 0 ? "" : `, and of ${unknown} it is not known`}`;
}
