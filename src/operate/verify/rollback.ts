import { type Section, sentence } from "../text/document.ts";
import { marked, plain } from "../text/phrase.ts";

/** What to do when a deployment does not work, until it is fixed. */
export const rollbackNotes = (stack: string): Section => ({
  title: plain("To go back"),
  importance: 4,
  items: [
    sentence(
      marked(
        `Check out the commit of the last good deployment and run \`pulumi up --refresh --run-program --stack ${stack}\`: it puts back dashboards, alerts and variables. What holds data is protected and stays. Then start a deployment of the apps, which variables take effect with.`,
      ),
    ),
  ],
  more: () => plain(""),
});
