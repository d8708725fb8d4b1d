import { hasStatus } from "../../kernel/errors.ts";
import type { JsonObject } from "../../kernel/json.ts";
import type { LiveEventDefinition } from "../answers.ts";
import type { Connection } from "../settings.ts";
import { missingTags } from "../tags.ts";
import { type Aspect, ofEnterprise } from "./inputs.ts";

type Answer = LiveEventDefinition | undefined;

/** Writes definitions, and learns from the answers what this PostHog does not store. */
export class Writer {
  readonly #connection: Connection;
  readonly #unsupported: Set<Aspect>;

  constructor(connection: Connection, unsupported: readonly Aspect[]) {
    this.#connection = connection;
    this.#unsupported = new Set(unsupported);
  }

  get unsupported(): Aspect[] {
    return [...this.#unsupported].sort();
  }

  isSupported = (aspect: Aspect): boolean => !this.#unsupported.has(aspect);

  create = (name: string, fields: JsonObject): Promise<Answer> =>
    this.#write(fields, (body) => this.#connection.api.createEventDefinition({ name, ...body }));

  change = async (id: string, changes: JsonObject): Promise<void> => {
    try {
      await this.#write(changes, (body) => this.#connection.api.changeEventDefinition(id, body));
    } catch (error) {
      // Before 2025, a plan without data management could not change anything about an event (EnterpriseFeatureException).
      if (!hasStatus(error, 402)) throw error;
      this.#lacks(...ofEnterprise, "tags");
    }
  };

  /** Prints a line about what this PostHog does not store, unless it was known before. */
  tellSince(known: readonly Aspect[]): void {
    const news = this.unsupported.filter((aspect) => !known.includes(aspect));
    const { tell, host } = this.#connection;
    if (news.includes("description"))
      tell(
        `${host} keeps no descriptions, owners and verified flags of events (it is no enterprise build, or its plan lacks them): they are not written`,
      );
    if (news.includes("tags"))
      tell(`${host} keeps no tags of events (the organization lacks the tagging feature): they are not written`);
  }

  #lacks(...aspects: Aspect[]): void {
    for (const aspect of aspects) this.#unsupported.add(aspect);
  }

  async #write(body: JsonObject, send: (body: JsonObject) => Promise<Answer>): Promise<Answer> {
    const answer = await send(body).catch((error) => this.#writePlain(body, send, error));
    if (Array.isArray(body.tags) && answer && missingTags(answer.tags, body.tags as string[]).length > 0)
      this.#lacks("tags");
    return answer;
  }

  /** The same without the fields that may have been refused. */
  async #writePlain(body: JsonObject, send: (body: JsonObject) => Promise<Answer>, refusal: unknown): Promise<Answer> {
    const plain = Object.fromEntries(Object.entries(body).filter(([key]) => !isOfEnterprise(key)));
    if (!hasStatus(refusal, 400) || Object.keys(plain).length === Object.keys(body).length) throw refusal;
    const answer = await send(plain).catch(() => Promise.reject(refusal));
    // An enterprise build has the fields: it refused a value.
    if (answer?.description !== undefined) throw refusal;
    this.#lacks(...ofEnterprise);
    return answer;
  }
}

const isOfEnterprise = (key: string): boolean => (ofEnterprise as readonly string[]).includes(key);
