import fc from "fast-check";
import type { FilterJson, FiltersJson, GroupJson } from "../reference/queries.ts";

const text = fc.constantFrom("alpha", "Beta", "beta_1", "100%", "été", "zeta");
const number = fc.oneof(fc.integer({ min: -2, max: 30 }), fc.constant(2.5));
const presence = fc.constantFrom("is_set", "is_not_set");

const onText = fc.oneof(
  fc.record({ operator: fc.constantFrom("exact", "is_not"), value: fc.oneof(text, fc.array(text, { maxLength: 3 })) }),
  fc.record({ operator: fc.constantFrom("in", "not_in"), value: fc.array(text, { maxLength: 3 }) }),
  fc.record({
    operator: fc.constantFrom("icontains", "not_icontains"),
    value: fc.oneof(fc.constantFrom("a", "BETA", "_", "%", "é", "100"), fc.constant(["al", "0"])),
  }),
  fc.record({
    operator: fc.constantFrom("regex", "not_regex"),
    value: fc.constantFrom("^a", "ta.1$", "[A-Z]", ".", "x|é"),
  }),
  fc.record({ operator: fc.constantFrom("gt", "gte", "lt", "lte", "min", "max"), value: text }),
  fc.record({ operator: presence, value: fc.constant("is_set") }),
);

const onNumber = fc.oneof(
  fc.record({
    operator: fc.constantFrom("exact", "is_not"),
    value: fc.oneof(number, number.map(String), fc.array(number, { minLength: 1, maxLength: 3 })),
  }),
  fc.record({
    operator: fc.constantFrom("gt", "gte", "lt", "lte", "min", "max"),
    value: fc.oneof(number, number.map(String)),
  }),
  fc
    .tuple(fc.constantFrom("between", "not_between"), number, number)
    .map(([operator, a, b]) => ({ operator, value: [Math.min(a, b), Math.max(a, b)] })),
  fc.record({ operator: fc.constantFrom("icontains", "not_icontains"), value: fc.constantFrom("1", "2.5", 3) }),
  fc.record({ operator: presence }),
);

const onFlag = fc.oneof(
  fc.record({
    operator: fc.constantFrom("exact", "is_not"),
    value: fc.constantFrom<unknown>(true, false, "true", ["false"]),
  }),
  fc.record({ operator: presence }),
);

const filter: fc.Arbitrary<FilterJson> = fc.oneof(
  onText.map((rest) => ({ type: "event" as const, key: "word", ...rest })),
  onText.map((rest) => ({ type: "event" as const, key: "maybe", ...rest })),
  onNumber.map((rest) => ({ type: "event" as const, key: "number", ...rest })),
  onFlag.map((rest) => ({ type: "event" as const, key: "flag", ...rest })),
  onNumber.map((rest) => ({ type: "person" as const, key: "seats", ...rest })),
  fc
    .record({
      operator: fc.constantFrom("exact", "is_not"),
      value: fc.constantFrom<unknown>("pro", ["free", "pro"], []),
    })
    .map((rest) => ({ type: "person" as const, key: "plan", ...rest })),
);

const group: fc.Arbitrary<GroupJson> = fc.record({
  type: fc.constantFrom("AND" as const, "OR" as const),
  values: fc.array(
    fc.oneof(
      filter,
      fc.record({ type: fc.constantFrom("AND" as const, "OR" as const), values: fc.array(filter, { maxLength: 2 }) }),
    ),
    { maxLength: 3 },
  ),
});

export const filters: fc.Arbitrary<FiltersJson | undefined> = fc.oneof(
  { weight: 5, arbitrary: fc.constant(undefined) },
  { weight: 2, arbitrary: fc.array(filter, { maxLength: 2 }) },
  { weight: 1, arbitrary: group },
);
