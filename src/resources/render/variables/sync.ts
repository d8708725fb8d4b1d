import { Incomplete, isUnanswered } from "../../kernel/errors.ts";
import type { RenderApi } from "../api.ts";
import type { ServiceVariablesInputs, ServiceVariablesOutputs } from "./inputs.ts";

/** What this resource stored about its writes. No variables before it is created. */
export type RecordedVariables = ServiceVariablesOutputs & Partial<Pick<ServiceVariablesInputs, "variables">>;

export interface Sync {
  api: RenderApi;
  news: ServiceVariablesInputs;
  known: RecordedVariables;
  /** All variables of the service, including those of others. */
  live: ReadonlyMap<string, string>;
}

/**
 * Writes the variables that differ, one at a time, removes own ones that are no longer wanted, then starts one deploy
 * if a present or earlier write has not been deployed.
 * @throws Incomplete when some of it was done. After any other error, nothing was.
 */
export async function syncVariables({ api, news, known, live }: Sync): Promise<ServiceVariablesOutputs> {
  const { serviceId, variables, deploy } = news;
  const progress = new Progress({
    owned: known.owned,
    deployPending: known.deployPending || wasWrittenUnseen(news, known, live),
  });
  try {
    for (const [name, { value }] of Object.entries(variables)) {
      if (live.get(name) !== value) await progress.set(name, () => api.setVariable(serviceId, name, value));
    }
    for (const name of known.owned) {
      if (!(name in variables) && live.has(name))
        await progress.remove(name, () => api.removeVariable(serviceId, name));
    }
    const { deployPending } = progress.outputs();
    const isDeployed = deployPending && deploy === "after-change";
    if (isDeployed) await api.deploy(serviceId);
    return { owned: Object.keys(variables).sort(), deployPending: deployPending && !isDeployed };
  } catch (error) {
    throw progress.hasChanged ? new Incomplete(serviceId, progress.outputs(), progress.explain(error)) : error;
  }
}

/**
 * Whether a variable has the wanted value although no write of it is stored: an earlier run that was killed wrote it,
 * and may not have deployed it.
 */
function wasWrittenUnseen(
  { variables, adopt }: ServiceVariablesInputs,
  known: RecordedVariables,
  live: Sync["live"],
): boolean {
  const before = known.variables ?? {};
  const isUnseen = (name: string, value: string) =>
    live.get(name) === value && (name in before ? before[name]?.value !== value : !adopt.includes(name));
  return (
    Object.entries(variables).some(([name, { value }]) => isUnseen(name, value)) ||
    known.owned.some((name) => name in before && !(name in variables) && !live.has(name))
  );
}

/** The writes so far. A refused write did nothing; one without an answer may have been carried out. */
class Progress {
  readonly #owned: Set<string>;
  readonly #written: string[] = [];
  #deployPending: boolean;
  hasChanged = false;

  constructor({ owned, deployPending }: ServiceVariablesOutputs) {
    this.#owned = new Set(owned);
    this.#deployPending = deployPending;
  }

  async set(name: string, send: () => Promise<void>): Promise<void> {
    await this.#noting(send, () => this.#owned.add(name));
    this.#written.push(name);
  }

  async remove(name: string, send: () => Promise<void>): Promise<void> {
    await this.#noting(send);
    this.#owned.delete(name);
    this.#written.push(name);
  }

  async #noting(send: () => Promise<void>, done: () => void = () => {}): Promise<void> {
    let isCertainlyNot = false;
    try {
      await send();
    } catch (error) {
      isCertainlyNot = !isUnanswered(error);
      throw error;
    } finally {
      if (!isCertainlyNot) {
        this.hasChanged = true;
        this.#deployPending = true;
        done();
      }
    }
  }

  outputs(): ServiceVariablesOutputs {
    return { owned: [...this.#owned].sort(), deployPending: this.#deployPending };
  }

  explain(error: unknown): string {
    const reason = error instanceof Error ? error.message : String(error);
    const written = this.#written.length === 0 ? "" : ` Written before it: ${this.#written.join(", ")}.`;
    return `${reason}.${written} The next \`pulumi up\` does what is left.`;
  }
}
