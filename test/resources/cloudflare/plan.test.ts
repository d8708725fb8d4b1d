import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { LiveVariables } from "../../../src/resources/cloudflare/api.ts";
import {
  namesOf,
  nothingRecorded,
  planChanges,
  planRemoval,
} from "../../../src/resources/cloudflare/variables/plan.ts";
import { desiredInputs } from "./support.ts";

const name = fc.constantFrom("A", "B", "C", "D", "E");
const variable = fc.record({
  type: fc.constantFrom("plain_text" as const, "secret_text" as const),
  value: fc.constantFrom("1", "2", "3"),
});
const set = fc.dictionary(name, variable, { maxKeys: 5 });

/** The variables after Cloudflare applied a PATCH. */
const patched = (live: LiveVariables, changes: ReturnType<typeof planChanges>): LiveVariables => {
  const after = structuredClone(live);
  for (const environment of ["production", "preview"] as const)
    for (const [key, change] of Object.entries(changes[environment] ?? {}))
      if (change === null) delete after[environment][key];
      else after[environment][key] = change;
  return after;
};
/** The variables as Cloudflare shows them. */
const shown = (live: LiveVariables): LiveVariables => {
  const hide = (variables: LiveVariables["production"]) =>
    Object.fromEntries(
      Object.entries(variables).map(([key, { type, value }]) => [
        key,
        { type, value: type === "secret_text" ? "" : value },
      ]),
    );
  return { production: hide(live.production), preview: hide(live.preview) };
};

test("whatever was there, the changes make what is wanted, leave the rest, and are needed only once", () => {
  fc.assert(
    fc.property(set, set, set, set, (live, first, second, preview) => {
      const start = { production: live, preview: {} };
      const one = desiredInputs({ production: first, preview });
      const afterOne = patched(start, planChanges(one, nothingRecorded, shown(start)));
      const known = { ...one, owned: namesOf(one), unconfirmed: { production: [], preview: [] } };
      expect(planChanges(one, known, shown(afterOne))).toEqual({});

      const two = desiredInputs({ production: second });
      const afterTwo = patched(afterOne, planChanges(two, known, shown(afterOne)));
      const foreign = Object.fromEntries(Object.entries(live).filter(([key]) => !(key in first) && !(key in second)));
      expect(afterTwo).toEqual({ production: { ...foreign, ...second }, preview: {} });

      const last = { ...two, owned: namesOf(two), unconfirmed: { production: [], preview: [] } };
      expect(patched(afterTwo, planRemoval(last, shown(afterTwo)))).toEqual({ production: foreign, preview: {} });
    }),
  );
});
