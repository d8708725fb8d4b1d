import { environment, type VariableName, variableNamesOf } from "../../catalog/environment.ts";
import { isOptionalOrigin } from "../../catalog/value-origins.ts";
import { appNames } from "../../catalog/variable.ts";
import { type AppVariables, variableAt, whyNotKnown } from "../access/apps.ts";
import { whyNotCompared } from "../access/deployed-digests.ts";
import { fails, holds, type Result, skipped, unknown } from "../checks/check.ts";
import { compareWithStack, type VerifyCheck, type VerifyContext } from "./context.ts";

/** Checks that every variable of the credential map is set for its app, with the right value. */
export const variablesInPlace: VerifyCheck = {
  name: "variables",
  title: "The apps' variables",
  run: async (context) => appNames.flatMap((app) => ofApp(context.apps[app], context)),
};

function ofApp(found: AppVariables, context: VerifyContext): Result[] {
  const what = `Variables of the ${found.app} app`;
  const cause = whyNotKnown(found);
  if (cause) return [unknown(what, cause)];
  const looks = variableNamesOf(found.app)
    .map((name) => look(name, found, context))
    .filter(({ is }) => is !== "not meant");
  const problems = looks.flatMap((one) => (one.is === "wrong" ? one.results : []));
  const notCompared = looks.flatMap((one) => (one.is === "not compared" ? one.results : []));
  if (problems.length > 0) return [...problems, ...notCompared];
  const compared = notCompared.length === 0 ? "" : `, and ${looks.length - notCompared.length} are what the stack says`;
  return [holds(what, `all ${looks.length} are in place on ${found.place}${compared}`), ...notCompared];
}

interface Look {
  /** not meant: the stack does without it. */
  readonly is: "right" | "wrong" | "not compared" | "not meant";
  readonly results: readonly Result[];
}

const notMeant: Look = { is: "not meant", results: [] };

function look(name: VariableName, found: AppVariables, context: VerifyContext): Look {
  const { place } = found;
  const what = `\`${name}\``;
  const wrong = (evidence: string): Look => ({
    is: "wrong",
    results: [
      fails(
        what,
        evidence,
        `\`pulumi up --refresh --run-program --stack ${context.access.stack}\` puts it in its place`,
      ),
    ],
  });
  const notCompared = (why: string): Look => ({
    is: "not compared",
    results: [skipped(what, `is there on ${place}, and was not compared: ${why}`)],
  });
  const absentAlthoughOptional = (): Look => {
    const { digests } = context.deployedDigests;
    if (digests.kind === "value") return digests.value.has(name) ? wrong(`is missing on ${place}`) : notMeant;
    if (digests.kind === "absent") return notMeant;
    return {
      is: "not compared",
      results: [
        skipped(what, `is not there on ${place}; whether the stack has it is not known: ${digests.cause.what}`),
      ],
    };
  };
  const live = variableAt(found, name);
  switch (live.kind) {
    case "unreadable":
    case "not looked at":
      return { is: "wrong", results: [unknown(what, live.cause)] };
    case "absent":
      return isOptionalOrigin(environment[name].valueFrom) ? absentAlthoughOptional() : wrong(`is missing on ${place}`);
    case "empty":
      return wrong(`is empty on ${place}`);
    case "hidden":
      return notCompared("it is a secret there, which is shown to nobody");
    case "value": {
      const read = environment[name].value.safeParse(live.value);
      if (!read.success) return wrong(`on ${place} ${read.error.issues[0]?.message}`);
      const compared = compareWithStack(name, live.value, context);
      if (compared === "different") return wrong(`on ${place} is not what the stack says`);
      return compared === "same" ? { is: "right", results: [] } : notCompared(whyNotCompared(context.deployedDigests));
    }
  }
}
