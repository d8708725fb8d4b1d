import input from "@inquirer/input";
import password from "@inquirer/password";
import select from "@inquirer/select";
import { type Ask, type Question, wordsOf } from "./questions.ts";

/** Choice for typing an answer. */
const another = Symbol("another");
/** Choice for no answer; the next run asks again. */
const later = Symbol("later");

/** Asks at the terminal. Questions go to stderr, so that stdout has the report alone. */
export const askAtTerminal = (signal: AbortSignal): Ask => {
  const context = { signal, output: process.stderr };
  return (question) => unlessClosed(() => askOne(question, context));
};

async function askOne(
  { path, ask: message, choices, isOpen, suggested }: Question,
  context: { readonly signal: AbortSignal; readonly output: NodeJS.WriteStream },
): Promise<string | undefined> {
  if (choices.length > 0) {
    const answer = await select<string | symbol>(
      {
        message,
        choices: [
          ...choices.map((choice) => ({ value: choice.value, name: wordsOf(choice) })),
          ...(isOpen ? [{ value: another, name: "another one (type its name)" }] : []),
          { value: later, name: "not decided yet" },
        ],
        ...(suggested !== undefined && { default: suggested }),
      },
      context,
    );
    if (answer === later) return undefined;
    if (typeof answer === "string") return answer;
  }
  const typed = await input(
    { message: `${message} (${path})`, ...(suggested !== undefined && { default: suggested }) },
    context,
  );
  return typed.trim() || undefined;
}

/** Ctrl-C at a question reaches only the prompt library, so it is passed on as an interruption. */
async function unlessClosed<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof Error && error.name === "ExitPromptError") process.emit("SIGINT");
    throw error;
  }
}

/** Asks for a key, which is never shown, as screens are shared and recorded; undefined when none is given. */
export async function askForKey(message: string, signal: AbortSignal): Promise<string | undefined> {
  const asked = { message, mask: true, toggleMask: false };
  const typed = await unlessClosed(() => password(asked, { signal, output: process.stderr }));
  return typed.trim() || undefined;
}
