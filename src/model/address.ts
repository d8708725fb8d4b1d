import { z } from "zod";

/** An address that a browser or a client can open. */
export const httpAddress = z.url({ protocol: /^https?$/, error: "is not an http(s) address" });
