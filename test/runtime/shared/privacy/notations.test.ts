import { describe, expect, test } from "vitest";
import { redactText } from "../../../../src/runtime/shared/privacy/text.ts";
import { redact } from "../../../../src/runtime/shared/privacy/value.ts";
import { escapes, notations, personalNames, secretNames, secretValues, spellings } from "./notations.ts";
import { printed } from "./printed.ts";

/** Private names with values, each value in turn. */
const named = [
  ...secretNames.map((name, index) => ({ name, value: secretValues[index % secretValues.length] ?? "" })),
  ...personalNames.flatMap(([names, values]) =>
    names.split("|").map((name, index) => ({ name: name.split(" "), value: values[index % values.length] ?? "" })),
  ),
];

describe("what a name calls private does not leave, however it is written", () => {
  test.for(Object.entries(notations))("%s", ([, notation]) => {
    const through = named.flatMap(({ name, value }) =>
      Object.entries(escapes).flatMap(([spelling, escaped]) => {
        const given = escaped(notation(name, value));
        const output = redactText(given);
        return spellings(value).some((part) => output.includes(part)) ? [`${spelling}: ${given} → ${output}`] : [];
      }),
    );
    expect(through).toEqual([]);
  });

  test("nor in what programs around an app print", () => {
    const through = Object.entries(printed).flatMap(([kind, print]) =>
      named.flatMap(({ name, value }) => {
        const output = redactText(print(name, value));
        return spellings(value).some((part) => output.includes(part)) ? [`${kind}: ${output}`] : [];
      }),
    );
    expect(through).toEqual([]);
  });

  test("nor in a value, a list, a map or beside its own name", () => {
    const through = named.flatMap(({ name, value }) =>
      [
        { id: 1, [name.join("_")]: value },
        { user: { [name.join("-")]: [value] } },
        new Map([[name.join("."), value]]),
        { name: name.join("_"), value },
        [name.join("-"), value],
        Object.assign(new Error("failed"), { [name.join("_")]: value }),
      ].filter((given) => JSON.stringify(redact(given)).includes(value)),
    );
    expect(through).toEqual([]);
  });
});
