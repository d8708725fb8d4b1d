/**
 * Wiring mistakes in files of src/platform that the checks of definitions do not read: the file, what stands there, and what
 * somebody might write instead.
 */
export const wiringMistakes: readonly (readonly [file: string, from: string, to: string])[] = [
  ["redis.ts", "        protect,\n", ""],
  ["redis.ts", "tls: true", "tls: false"],
  ["sentry/project.ts", "retainOnDelete: protect ||", "retainOnDelete:"],
  ["sentry/watch.ts", "description: `", "description: `sntrys_0123456789abcdef "],
  ["sentry/watch.ts", "...shared, environment, metric:", '...shared, environment: "staging", metric:'],
  ["sentry/watch.ts", "emails: emailsOf(notify, teams)", "emails: []"],
  ["variables.ts", "[name, { visibility, value:", '[name, { visibility: "public", value:'],
  [
    "product.ts",
    "because,\n        owner: notify[0],",
    'because: " ",\n        enabled: false,\n        owner: "ops",',
  ],
  ["flag-arguments.ts", "{ key, meaning, owner }", '{ key, meaning, owner: "ops" }'],
  ["product.ts", "{ ...settings, projectId }", "{ ...settings, heatmaps: true, projectId }"],
  ["product.ts", "{ definition, projectId }", "{ definition: hasty(definition), projectId }"],
];
