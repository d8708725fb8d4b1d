/** Imports point one way: from what people edit, over what it is made of, to the catalog that everything starts from. */
const within = (...folders) => `^(${folders.join("|")})(/|\\.ts$|$)`;

/** What everybody may know of the vendors: it imports nothing of ours. */
const model = "src/model";

/** `folder` may import itself, packages, the model, and what is listed. */
const only = (name, folder, ...allowed) => ({
  name,
  severity: "error",
  from: { path: within(folder) },
  to: { path: "^(src|dashboards|alerts|test|index\\.ts)", pathNot: within(folder, model, ...allowed) },
});

const define = "src/insights/define";

export default {
  forbidden: [
    {
      name: "no-circles",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    only("the-model-knows-nobody", model),
    {
      name: "twins-are-witnesses",
      comment: "a twin that took its rules from the model would agree with every mistake in it",
      severity: "error",
      from: { path: within("src/local/twins") },
      to: { path: within(model) },
    },
    only("the-catalog-stands-alone", "src/catalog"),
    only("questions-know-events", define, "src/catalog"),
    only("evaluation-knows-questions", "src/insights/evaluate", define, "src/catalog"),
    only("pictures-know-results", "src/insights/draw", "src/insights/evaluate", define, "src/catalog"),
    only("how-alerts-are-written", "src/alerts", define, "src/catalog"),
    only("dashboards-are-definitions", "dashboards", define, "src/catalog"),
    only("alerts-are-definitions", "alerts", "src/alerts", "dashboards", define, "src/catalog"),
    only("resources-know-vendors-alone", "src/resources"),
    only("the-platform-composes", "src/platform", "src/resources", "src/alerts", define, "src/catalog"),
    {
      name: "resources-by-their-package",
      comment: "the program runs where the package is installed, not where its files lie: import @brandvx/resources/…",
      severity: "error",
      from: { path: "^(dashboards|alerts|index\\.ts|src/(platform|alerts|catalog|insights))" },
      to: { path: within("src/resources"), dependencyTypesNot: ["aliased-workspace"] },
    },
    only("helpers-know-the-catalog-alone", "src/runtime", "src/catalog"),
    {
      name: "nothing-builds-on-the-tools",
      comment: "operate, local and generate are commands: they import all, nothing imports them",
      severity: "error",
      from: {
        path: "^(src|dashboards|alerts|index\\.ts)",
        pathNot: within("src/operate", "src/local", "src/generate"),
      },
      to: { path: within("src/operate", "src/local", "src/generate") },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(^|/)(dist|node_modules|\\.build-[^/]*)/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "types", "default"] },
  },
};
