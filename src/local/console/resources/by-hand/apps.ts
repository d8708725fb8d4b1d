import type { HandChange } from "./change.ts";

export const redisChanges: readonly HandChange[] = [
  {
    key: "budget",
    label: "Raise its budget",
    async make({ name, outputs }, api) {
      await api("PATCH", `/update-budget/${String(outputs.databaseId)}`, { budget: 360 });
      return `the budget of ${name} is 360 $ now`;
    },
  },
];

const pagesVariables = (env_vars: object) => ({ deployment_configs: { production: { env_vars } } });

export const pagesChanges: readonly HandChange[] = [
  {
    key: "variable",
    label: "Change VITE_POSTHOG_KEY",
    async make({ path = "" }, api) {
      await api("PATCH", path, pagesVariables({ VITE_POSTHOG_KEY: { type: "plain_text", value: "phc_by_hand" } }));
      return "VITE_POSTHOG_KEY of the operator UI was changed";
    },
  },
  {
    key: "add",
    label: "Add a variable",
    async make({ path = "" }, api) {
      await api("PATCH", path, pagesVariables({ BY_HAND: { type: "plain_text", value: "1" } }));
      return "the variable BY_HAND was added to the operator UI";
    },
  },
];

export const renderChanges: readonly HandChange[] = [
  {
    key: "variable",
    label: "Change SENTRY_ENVIRONMENT",
    async make({ id }, api) {
      await api("PUT", `/${id}/env-vars/SENTRY_ENVIRONMENT`, { value: "by-hand" });
      return "SENTRY_ENVIRONMENT of the backend was changed";
    },
  },
  {
    key: "remove",
    label: "Delete POSTHOG_API_KEY",
    async make({ id }, api) {
      await api("DELETE", `/${id}/env-vars/POSTHOG_API_KEY`);
      return "POSTHOG_API_KEY of the backend was deleted";
    },
  },
];
