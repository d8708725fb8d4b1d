import type { LiveKey, LiveProject } from "../answers.ts";

/** Sentry creates the key in the same request as the project. */
const madeWithProjectMs = 60_000;

/**
 * The key that Sentry created with the project: named "Default" and as old as the project, so never one that people
 * created.
 */
export const automaticKeys = ({ dateCreated }: LiveProject, keys: readonly LiveKey[]): LiveKey[] =>
  keys.filter(
    (key) =>
      key.name === "Default" &&
      key.dateCreated &&
      Math.abs(Date.parse(key.dateCreated) - Date.parse(dateCreated)) <= madeWithProjectMs,
  );

/** Once events have arrived, apps may use it: removing it would drop their events, which cannot be undone. */
export const isRemovable = ({ firstEvent }: LiveProject): boolean => !firstEvent;
