import { readFileSync } from "node:fs";
import { createRequire, stripTypeScriptTypes } from "node:module";
import type { Page } from "playwright-core";

/** What happened in a page since it was opened. */
export type Observed = () => Promise<{
  /** Hosts that the page requested anything from, each once. */
  readonly hosts: readonly string[];
  /** Errors and warnings of the console, exceptions, and violations of the content security policy. */
  readonly problems: readonly string[];
  /** Cumulative layout shift. */
  readonly shift: number;
}>;

const inPage = stripTypeScriptTypes(readFileSync(new URL("./in-page.ts", import.meta.url), "utf8"));

/** To be called before the page navigates anywhere. */
export async function observe(page: Page): Promise<Observed> {
  const hosts = new Set<string>();
  const problems: string[] = [];
  page.on("request", (request) => hosts.add(new URL(request.url()).host));
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") problems.push(message.text());
  });
  await page.addInitScript({ content: inPage });
  return async () => {
    const { shift, refused } = await page.evaluate<{ shift: number; refused: string[] }>("noted");
    return { hosts: [...hosts], problems: [...problems, ...refused], shift };
  };
}

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

interface AxeFinding {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly html: string }[];
}

/** Findings of axe-core on a page: rules of WCAG 2 A and AA, and its best practices. */
export async function axeFindings(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const found = await page.evaluate<AxeFinding[]>(
    "axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations)",
  );
  return found.map(({ id, help, nodes }) => `${id}: ${help} (${nodes.length}), e.g. ${nodes[0]?.html.slice(0, 160)}`);
}

/** Texts of an observed page whose contrast is below what WCAG 2 requires at level AA. */
export const lowContrast = (page: Page): Promise<string[]> => page.evaluate<string[]>("lowContrast()");
