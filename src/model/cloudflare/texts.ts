/** The longest value of a variable, in bytes of UTF-8: "5 KB" (developers.cloudflare.com/workers/platform/limits). */
export const longestVariableBytes = 5000;
