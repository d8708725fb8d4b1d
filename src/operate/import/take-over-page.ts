import { type Document, type Item, line, type Section } from "../text/document.ts";
import { code, name, type Phrase, plain, quantity, say, strong } from "../text/phrase.ts";
import type { ExistingObject, Standing, TakeOverReport } from "./take-over.ts";

/** Description of each outcome. */
export const standingWords: Record<Standing, string> = {
  exists: "exists, and is taken over as it is",
  said: "exists, and is taken over already",
  managed: "is this stack's own",
  absent: "does not exist: the next up creates it",
  undecided: "is not taken over, since there are several: choose one",
};

/** The report as a page. */
export function takeOverPage(report: TakeOverReport): Document {
  const { found, others, commands, dryRun } = report;
  const more = (left: number): Phrase => plain(`… and ${left} more`);
  const sections: Section[] = [
    { importance: 0, items: found.map(foundItem), more },
    { title: plain("Other existing ones"), importance: 2, items: others.map((one) => line(plain(one))), more },
    {
      title: plain(dryRun ? "What takes it over" : "What was set in the configuration"),
      importance: 0,
      items: commands.map((command) => line(code(command))),
      more,
    },
    { title: plain("Next"), importance: 0, items: nextItems(report), more },
  ];
  return { headline: headline(report), sections: sections.filter(({ items }) => items.length > 0) };
}

function headline({ stack, vendor, found, dryRun }: TakeOverReport): Phrase {
  const taken = found.filter(({ standing }) => standing === "exists").length;
  if (taken === 0) return say`${strong(stack)}: nothing at ${vendor} is left to be taken over`;
  const things = quantity(taken, "thing");
  return dryRun
    ? say`${strong(stack)}: ${things} at ${vendor} would be taken over`
    : say`${strong(stack)}: ${things} at ${vendor} ${taken === 1 ? "is" : "are"} taken over by the next up`;
}

const foundItem = ({ what, standing, remarks }: ExistingObject): Item =>
  line(say`${name(what)} ${standingWords[standing]}`, remarks.map(plain));

function nextItems({ stack, settings, dryRun }: TakeOverReport): Item[] {
  if (settings.length === 0) return [];
  if (dryRun) return [line(plain("the same command without --dry-run sets it; nothing is written to the vendor"))];
  const preview = code(`pulumi preview --diff --stack ${stack}`);
  return [
    line(
      say`${preview} shows each as an import; nothing was written to the vendor, and the next up changes none of them`,
    ),
    line(say`commit the stack's configuration`),
  ];
}
