/**
 * Tag of what is sent to Sentry to see whether it comes there, by `obs verify` after each deployment and by an `up`: alerts on
 * issues leave it out, or each deployment would tell people that something broke again.
 */
export const testErrorTag = "obs";
