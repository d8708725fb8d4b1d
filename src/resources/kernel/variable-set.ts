import { z } from "zod";

/** The value of an environment variable. */
export const variableValue = z
  .string("a variable's value is a text")
  .min(1, "a variable without a value is none: leave it out to have it removed")
  .refine((value) => !value.includes("\0"), "a variable's value ends at a NUL character: remove it")
  .refine((value) => value.isWellFormed(), "a variable's value holds half a character: write it anew");

/** Environment variables by name. */
export const variableSet = <Variable extends z.ZodType>(variable: Variable) =>
  z.record(z.string().regex(/^[A-Za-z_]\w*$/), variable, {
    error: ({ code }) => (code === "invalid_key" ? "a variable's name is made of letters, digits and _" : undefined),
  });
