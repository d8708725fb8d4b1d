import { vendors } from "../../model/vendors/index.ts";
import { variableSets } from "../changes/variable-sets.ts";
import type { Change } from "../plan/plan.ts";
import { code, type Phrase, say } from "../text/phrase.ts";
import type { Keep } from "./actions.ts";

/** A place of variables that is not there any more, which is another thing than variables that were removed from it. */
interface GonePlace {
  readonly kind: (typeof goneKinds)[number];
  readonly words: readonly Phrase[];
  readonly heal: string;
  readonly keep: Keep;
}

/** Kinds of places that this stack does not make: whether they were deleted, or the key no longer sees them, a vendor does not say. */
export const goneKinds = ["Render service", "existing Pages project"] as const;

/** The place of a set of variables that a refresh did not find; undefined for any other change. */
export function gonePlace(stack: string, change: Change): GonePlace | undefined {
  if (change.kind !== "deleted") return undefined;
  const [set] = variableSets(change.before);
  if (set === undefined) return undefined;
  const isRender = /:ServiceVariables$/.test(change.type);
  if (!isRender && !/:PagesVariables$/.test(change.type)) return undefined;
  const vendor = isRender ? vendors.render : vendors.cloudflare;
  const setting = isRender ? "render.serviceId" : "pages.projectName";
  const what = isRender ? "service" : "project";
  return {
    kind: isRender ? "Render service" : "existing Pages project",
    words: [
      say`${vendor.name} answers that there is no ${code(set.place)}: it was deleted, or ${code(vendor.credentials.key.variable)} no longer sees it`,
      say`its variables are gone with it, and an ${code("up")} cannot make it: make the ${what} again, or choose another one`,
    ],
    heal: `npx obs setup --stack ${stack}`,
    keep: { advice: `set \`${setting}\` to the ${what} that takes its place` },
  };
}

/** A project that the stack makes has been deleted with all that is in it. */
export const isGoneWhole = (change: Change): boolean =>
  change.kind === "deleted" && /:PagesProject$/.test(change.type) && variableSets(change.before).length > 0;
