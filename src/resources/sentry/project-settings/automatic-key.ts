import type { LiveKey, LiveProject } from "../answers.ts";

/** Sentry makes the key in the same request as the project. */
const madeWithProjectMs = 60_000;

/** The key that Sentry made with the project: named "Default" and as old as the project, so never one that people made. */
export const automaticKeys = ({ dateCreated }: LiveProject, keys: readonly LiveKey[]): LiveKey[] =>
  keys.filter(
    (key) =>
      key.name === "Default" &&
      key.dateCreated &&
      Math.abs(Date.parse(key.dateCreated) - Date.parse(dateCreated)) <= madeWithProjectMs,
  );

/** Once events have come, apps may use it: removing it would silence them, which cannot be undone. */
export const isRemovable = ({ firstEvent }: LiveProject): boolean => !firstEvent;
