import { type Document, type Item, line, type Section } from "../text/document.ts";
import { code, type Phrase, plain, quantity, say, strong } from "../text/phrase.ts";
import { type Question, wordsOf } from "./questions.ts";
import { isComplete, type SetupReport, type VendorLook } from "./report.ts";

/** The report as a page: remaining tasks first. */
export function setupPage(report: SetupReport): Document {
  const { questions, missing, vendors, commands, storedKeys, dryRun } = report;
  const more = (left: number): Phrase => plain(`… and ${left} more`);
  const lacking = vendors.flatMap(({ vendor, lacks }) =>
    lacks.map((lack) => line(say`the key for ${vendor} lacks scopes that an up needs: ${lack}`)),
  );
  const rows = [
    ...commands.map((command) => line(code(command))),
    ...storedKeys.map((key) => line(say`${code(key)}, encrypted`)),
  ];
  const sections: Section[] = [
    { title: plain("Not decided"), importance: 0, tone: "warning", items: questions.map(questionItem), more },
    {
      title: plain("Missing or wrong"),
      importance: 0,
      tone: "danger",
      items: [...missing.map(({ problem, fix }) => line(plain(problem), [plain(fix)])), ...lacking],
      more,
    },
    { title: plain("Found"), importance: 1, items: vendors.map(vendorItem), more },
    {
      title: plain(dryRun ? "What would be set" : "What was set in the stack's configuration"),
      importance: 0,
      items: rows,
      more,
    },
    { title: plain("Next"), importance: 0, items: nextItems(report), more },
  ];
  return { headline: headline(report), sections: sections.filter(({ items }) => items.length > 0) };
}

function headline(report: SetupReport): Phrase {
  const { stack, questions, missing, vendors, settings, dryRun, isNewStack } = report;
  if (!isComplete(report)) {
    const unseen = vendors.filter(({ state }) => state !== "looked at").length;
    const lacks = vendors.filter(({ lacks }) => lacks.length > 0).length;
    const parts = [
      ...(questions.length > 0 ? [`${quantity(questions.length, "question is", "questions are")} open`] : []),
      ...(missing.length > 0 ? [`${quantity(missing.length, "thing is", "things are")} missing or wrong`] : []),
      ...(unseen > 0 ? [`${quantity(unseen, "vendor was", "vendors were")} not looked at`] : []),
      ...(lacks > 0 ? [`${quantity(lacks, "key lacks", "keys lack")} scopes`] : []),
    ];
    return say`${strong(stack)} is not set up yet: ${parts.join(", ")}`;
  }
  if (settings.length === 0) return say`${strong(stack)} is set up: nothing is left to be set`;
  const things = quantity(settings.length, "setting");
  if (!dryRun) return say`${strong(stack)} is set up: ${things} written`;
  return say`${strong(stack)}: ${things} would be written${isNewStack ? ", and the stack would be made" : ""}`;
}

const questionItem = ({ ask, path, choices, isOpen }: Question): Item => {
  const many = choices.slice(0, 20).map((choice) => plain(wordsOf(choice)));
  const left = choices.length - many.length;
  return line(plain(ask), [
    ...many,
    ...(left > 0 ? [plain(`… and ${left} more`)] : []),
    say`answer with ${code(`--set ${path}=<${isOpen || choices.length === 0 ? "value" : "one of them"}>`)}`,
  ]);
};

const vendorItem = ({ vendor, state, found }: VendorLook): Item =>
  line(say`${strong(vendor)}${state === "looked at" ? "" : say` was ${state}`}`, found.map(plain));

function nextItems(report: SetupReport): Item[] {
  const { stack, dryRun, settings } = report;
  if (!isComplete(report))
    return [
      line(say`${code(`npx obs setup --stack ${stack}`)} again, with the answers: it continues where it stopped`),
    ];
  if (dryRun && settings.length > 0)
    return [line(plain("the same command without --dry-run sets it; nothing is ever written to a vendor"))];
  return [
    line(
      say`${code(`pulumi preview --stack ${stack}`)} shows what would be made, and what exists already as an import`,
    ),
    line(say`${code(`pulumi up --stack ${stack}`)} makes it`),
    line(say`${code(`npx obs verify --stack ${stack}`)} after the apps are deployed`),
    line(plain("commit the stack's configuration")),
  ];
}
