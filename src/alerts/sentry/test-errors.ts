/**
 * Tag of the errors that `obs verify` sends after each deployment: alerts on issues leave them out, or each deployment
 * would tell people that something broke again.
 */
export const testErrorTag = "obs";
