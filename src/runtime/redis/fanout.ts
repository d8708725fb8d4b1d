import { randomUUID } from "node:crypto";
import { LRUCache } from "lru-cache";
import { type EventName, type EventProperties, eventRules } from "../shared/catalog.ts";
import { EventNotAllowedError, eventFindings } from "../shared/check.ts";
import { redactProperties } from "../shared/privacy/event.ts";
import { opaqueId } from "../shared/privacy/pseudonym.ts";
import { redactText } from "../shared/privacy/text.ts";
import { parsed } from "./json.ts";
import { eventChannel } from "./keys.ts";
import type { RedisLink } from "./link.ts";

/** An event as delivered to all processes of the backend. */
export type EmittedEvent<Name extends EventName = EventName> = Name extends EventName
  ? {
      /** Different for each event; the same in every process. */
      readonly id: string;
      readonly event: Name;
      readonly properties: EventProperties<Name>;
      /** Absent where the event was emitted without one. */
      readonly tenant?: string;
      /** When it was emitted, ISO 8601. */
      readonly at: string;
    }
  : never;

export type EventHandler<Name extends EventName> = (event: EmittedEvent<Name>) => void | Promise<void>;

export interface EmitOptions {
  /**
   * Tenant that the event belongs to. An address or a number is replaced by a pseudonym.
   * @default none
   */
  readonly tenant?: string;
}

export interface Fanout {
  /**
   * Publishes an event on `brandvx.events`. Subscribers in this process always get it, those in other processes while
   * Redis is up; each at most once. Properties that the catalog does not allow are dropped; an event that it lacks, or
   * without a required property, is not delivered.
   * @returns "redis" if it was published to other processes, "local" if only to this one
   * @throws EventNotAllowedError in development, for an event that the catalog does not allow
   */
  emitEvent<Name extends EventName>(
    event: Name,
    properties: EventProperties<Name>,
    options?: EmitOptions,
  ): Promise<"redis" | "local">;
  /**
   * Calls the handler with each event of these names. Its errors are only logged.
   * @returns when events of other processes are received, or after the deadline; call the result to end the subscription
   */
  subscribeEvents<Name extends EventName>(
    names: readonly Name[] | "all",
    handler: EventHandler<Name>,
  ): Promise<() => void>;
}

/** Receives events of other processes. */
export interface Listener {
  /** Starts to listen; resolves when listening, or after the deadline. */
  listen(hear: (text: string) => void): Promise<void>;
}

export interface FanoutOptions {
  readonly development: boolean;
  readonly onDrop: (what: string) => void;
  readonly onHandlerError: (error: unknown) => void;
}

export function createFanout(link: RedisLink, listener: Listener, options: FanoutOptions): Fanout {
  const subscriptions = new Set<{ names: ReadonlySet<string> | "all"; handler: EventHandler<EventName> }>();
  // Redis also sends a process its own events. They are known by their origin, however many are under way and however late.
  const origin = randomUUID();
  const seen = new LRUCache<string, true>({ max: 2_000 });

  return {
    async emitEvent(event, properties, emitOptions) {
      if (options.development) {
        const findings = eventFindings(event, properties ?? {});
        if (findings.length > 0) throw new EventNotAllowedError(findings);
      }
      const allowed = allowedProperties(event, properties, options.onDrop);
      if (allowed === undefined) return "local";
      const tenant = emitOptions?.tenant ?? undefined;
      const message = {
        id: randomUUID(),
        event,
        properties: allowed,
        ...(tenant !== undefined && { tenant: opaqueId(String(tenant)) }),
        at: new Date().toISOString(),
      };
      deliver(message as unknown as EmittedEvent);
      const published = await link.attempt("publish", (redis) =>
        redis.publish(eventChannel, JSON.stringify({ ...message, origin })),
      );
      return published.reached ? "redis" : "local";
    },

    async subscribeEvents(names, handler) {
      const subscription = {
        // Without types one name is easily given by itself.
        names: names === "all" ? names : new Set<string>(typeof names === "string" ? [names] : names),
        handler: handler as unknown as EventHandler<EventName>,
      };
      subscriptions.add(subscription);
      await listener.listen((text) => {
        const message = messageOf(text, origin, options.onDrop);
        if (message) deliver(message);
      });
      return () => void subscriptions.delete(subscription);
    },
  };

  function deliver(message: EmittedEvent): void {
    if (seen.has(message.id)) return;
    seen.set(message.id, true);
    for (const { names, handler } of subscriptions) {
      if (names !== "all" && !names.has(message.event)) continue;
      // Each handler gets its own copy, so that changing it does not affect others.
      Promise.resolve(structuredClone(message)).then(handler).catch(options.onHandlerError);
    }
  }
}

/**
 * Parses a message; undefined for one of this process, and unless it is a complete event of the catalog, since other programs
 * may publish here, too. Those of older helpers have no origin.
 */
function messageOf(text: string, ownOrigin: string, onDrop: (what: string) => void): EmittedEvent | undefined {
  const { id, event, properties, tenant, at, origin } = parsed<Record<string, unknown>>(text) ?? {};
  if (origin === ownOrigin) return undefined;
  if (typeof event !== "string" || !Object.hasOwn(eventRules, event)) return undefined;
  if (typeof properties !== "object" || properties === null) return undefined;
  const allowed = allowedProperties(event, properties as Record<string, unknown>, onDrop);
  if (allowed === undefined) return undefined;
  return {
    id: typeof id === "string" ? id : randomUUID(),
    event,
    properties: allowed,
    ...(typeof tenant === "string" && { tenant: opaqueId(tenant) }),
    at: typeof at === "string" ? at : new Date().toISOString(),
  } as unknown as EmittedEvent;
}

/** The properties as they may go on; undefined for an event that the catalog does not have or that is not whole. */
function allowedProperties(
  event: string,
  properties: Readonly<Record<string, unknown>> | null | undefined,
  onDrop: (what: string) => void,
): Record<string, unknown> | undefined {
  const name = redactText(String(event), 80);
  if (typeof event !== "string" || !Object.hasOwn(eventRules, event)) {
    onDrop(name);
    return undefined;
  }
  try {
    const allowed = redactProperties(event, properties ?? {}, onDrop);
    const missing = eventFindings(event, allowed).filter(({ problem }) => problem === "missing");
    for (const { property } of missing) onDrop(`${name} without ${property}`);
    return missing.length === 0 ? allowed : undefined;
  } catch {
    onDrop(`${name} with a property that cannot be read`);
    return undefined;
  }
}
