/** How every command ends: with 0 when all is as it should be, 7 when there are changes or drift, 1 when something is broken. */
export const exitCodes = { fine: 0, changes: 7, broken: 1, interrupted: 130 } as const;

export type Outcome = Exclude<keyof typeof exitCodes, "interrupted">;

/** Version of the `--json` output (docs/obs-json.md). Increased when a program that reads the old shape would be wrong. */
export const schemaVersion = 1;
