import { fileURLToPath } from "node:url";
import ts from "typescript";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** The modules that definitions, the program and the apps import from. */
const modules = [
  ...["catalog/event", "catalog/variable", "insights/define/index", "alerts/posthog/index", "alerts/sentry/index"],
  ...["platform/index", "resources/posthog/index", "resources/sentry/index", "resources/cloudflare/index"],
  ...["resources/render/index", "runtime/browser/index", "runtime/server/index", "runtime/redis/index"],
  ...["runtime/health/index", "runtime/privacy/index", "runtime/vite/index"],
].map((module) => `${root}src/${module}.ts`);

/** What checks, generators and reports call, and nobody who writes a definition. */
const internal = new Set([
  ...["definitionFindings", "tileProblemsOf", "isPlacedBelow", "lineLabels", "unitProblem", "requiredType"],
  ...["insightAlertFindings", "alertAddress", "sentryAlertFindings", "isWatched", "monitorName", "sentryRoot"],
]);

test("each builder, resource and helper has an example", () => {
  const { config } = ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const program = ts.createProgram(modules, { ...options, noEmit: true, lib: ["lib.es2024.d.ts", "lib.dom.d.ts"] });
  const checker = program.getTypeChecker();
  const callable = modules.flatMap((file) => {
    const source = program.getSourceFile(file);
    const module = source && checker.getSymbolAtLocation(source);
    expect(module, file).toBeDefined();
    return checker
      .getExportsOfModule(module as ts.Symbol)
      .map((symbol) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol))
      .filter(
        ({ flags, valueDeclaration }) =>
          flags & ts.SymbolFlags.Class ||
          (valueDeclaration && checker.getTypeAtLocation(valueDeclaration).getCallSignatures().length > 0),
      );
  });
  const without = callable.filter((symbol) => !symbol.getJsDocTags(checker).some(({ name }) => name === "example"));
  expect(callable.length).toBeGreaterThan(100);
  expect(new Set(without.map(({ name }) => name))).toEqual(internal);
}, 120_000);
