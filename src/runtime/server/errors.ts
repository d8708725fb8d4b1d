import type * as SentrySdk from "@sentry/node";
import type { SinkCounts, SinkDetail } from "../shared/counts.ts";
import { opaqueId } from "../shared/privacy/pseudonym.ts";
import { redact } from "../shared/privacy/value.ts";
import { reasonOf } from "../shared/reason.ts";
import { countErrors } from "../shared/sentry-counts.ts";
import { dataCollection, redactEnvelopesOf, sentryHooks } from "../shared/sentry-options.ts";
import { within } from "../shared/within.ts";
import type { Sink } from "./sink.ts";

type Sentry = typeof SentrySdk;

/** Context of an error or a breadcrumb. */
export interface Circumstances {
  /**
   * Name of the tool or handler, e.g. "calendar.find_slot".
   * @default none
   */
  readonly tool?: string;
  /**
   * Tenant that it ran for.
   * @default none
   */
  readonly tenantId?: string;
  /**
   * Anything else, redacted on the way out.
   * @default none
   */
  readonly data?: Readonly<Record<string, unknown>>;
}

/** Sends errors, breadcrumbs and spans to Sentry. Without a DSN, or before Sentry is loaded, calls just run. */
export interface Errors {
  capture(error: unknown, circumstances: Circumstances): void;
  breadcrumb(message: string, circumstances: Circumstances): void;
  isolated<Result>(circumstances: Circumstances, run: () => Result): Result;
  span<Result>(name: string, attributes: SpanAttributes, run: () => Result): Result;
  detail(): SinkDetail;
  /** Resolves when Sentry is loaded, or at once when it is not configured. */
  ready(): Promise<void>;
  /** Sends pending errors, for at most `deadlineMs`; the rest, and later ones, are dropped. */
  close(deadlineMs: number): Promise<SinkCounts>;
}

/** Attributes of a span. Sentry groups spans by `sentry.op`, e.g. "ai.chat". */
export type SpanAttributes = Readonly<Record<string, string | number | boolean>>;

export interface ErrorsOptions {
  readonly dsn: string | undefined;
  readonly environment: string;
  readonly release: string | undefined;
  readonly tracesSampleRate: number;
  /** Addresses whose requests carry trace headers. */
  readonly traceTargets?: readonly (string | RegExp)[];
  /** Why nothing can be sent although it is configured: captured errors are dropped, and counted. */
  readonly wrong?: string | undefined;
  /** Sentry's SDK has one client for the process: it is opened when this is over, e.g. the closing of the previous one. */
  readonly after?: Promise<unknown> | undefined;
  readonly sink: Sink;
}

/** Maximum number of errors stored while Sentry is loading, and until it has sent them. Later ones are dropped. */
const mostWaiting = 200;

export function createErrors({
  dsn,
  environment,
  release,
  tracesSampleRate,
  traceTargets = [],
  wrong,
  after,
  sink,
}: ErrorsOptions): Errors {
  let sentry: Sentry | undefined;
  let client: ReturnType<Sentry["init"]>;
  let unusable = wrong;
  let closed = false;
  let lost = 0;
  let counted: ReturnType<typeof countErrors> | undefined;
  const waiting: (() => void)[] = [];
  const loaded = dsn === undefined ? Promise.resolve() : load(dsn);

  const counts = (): SinkCounts => {
    const { sent, dropped, refused } = counted?.counts() ?? { sent: 0, dropped: 0, refused: 0 };
    return { sent, dropped: dropped + lost, refused };
  };

  return {
    capture(error, circumstances) {
      if (dsn === undefined && unusable === undefined) return;
      if (unusable !== undefined || closed) {
        lost += 1;
        return;
      }
      const context = contextOf(circumstances);
      const capture = () => {
        try {
          sentry?.captureException(error, context);
        } catch {
          // Sentry never causes a failure of the app.
          lost += 1;
        }
      };
      if (sentry) capture();
      else if (waiting.length < mostWaiting) waiting.push(capture);
      else {
        lost += 1;
        full();
      }
    },

    breadcrumb(message, circumstances) {
      quietly(() => sentry?.addBreadcrumb(breadcrumbOf(message, circumstances)));
    },

    isolated(circumstances, run) {
      if (!sentry) return run();
      const { withIsolationScope, addBreadcrumb } = sentry;
      return withIsolationScope((scope) => {
        quietly(() => {
          scope.setTags(tagsOf(circumstances));
          addBreadcrumb(breadcrumbOf(tagsOf(circumstances).tool ?? "handler", circumstances));
        });
        return run();
      });
    },

    span: (name, attributes, run) => (sentry ? sentry.startSpan({ name, attributes }, run) : run()),

    detail() {
      const reason = unusable ?? sink.reason;
      const status = reason !== undefined ? "error" : dsn === undefined ? "disabled" : "ok";
      const underWay = waiting.length + (counted?.waiting() ?? 0);
      return { status, ...(reason !== undefined && { reason }), waiting: underWay, ...counts() };
    },

    ready: () => loaded,

    async close(deadlineMs) {
      const begun = performance.now();
      await within(deadlineMs, loaded).catch(() => {});
      closed = true;
      lost += waiting.splice(0).length;
      // `sentry.close` would close the process's present client, which may be a later one.
      await Promise.resolve(client?.close(Math.max(1, deadlineMs - (performance.now() - begun)))).catch(() => {});
      counted?.end();
      return counts();
    },
  };

  function full(): void {
    sink.full(`More than ${mostWaiting} errors wait for Sentry: later ones are dropped`);
  }

  async function load(address: string): Promise<void> {
    try {
      const sdk = await import("@sentry/node");
      await after?.catch(() => {});
      if (closed) return;
      client = sdk.init({
        dsn: address,
        environment,
        release,
        tracesSampleRate,
        dataCollection,
        transportOptions: { bufferSize: mostWaiting },
        ...sentryHooks,
        tracePropagationTargets: [...traceTargets],
      });
      redactEnvelopesOf(client);
      if (!client?.getDsn()) throw new Error("SENTRY_DSN is not a DSN (https://<key>@<host>/<project>)");
      counted = countErrors(client, { onSent: sink.working, onFailure: sink.failing, onFull: full });
      sentry = sdk;
      for (const capture of waiting.splice(0)) capture();
    } catch (error) {
      unusable = reasonOf(error);
      sink.failing(unusable);
      lost += waiting.splice(0).length;
    }
  }
}

const unreadable = "[unreadable]";

function tagsOf(circumstances: Circumstances): Record<string, string> {
  const tool = read(() => textOf(circumstances?.tool), unreadable);
  const tenant = read(() => textOf(circumstances?.tenantId), unreadable);
  return { ...(tool !== undefined && { tool }), ...(tenant !== undefined && { tenant_id: opaqueId(tenant) }) };
}

function textOf(value: unknown): string | undefined {
  return value === undefined || value === null ? undefined : String(value);
}

/** Redacted now, which copies it: later changes by the caller do not affect it, and a getter that throws is its own loss. */
function dataOf(circumstances: Circumstances): Record<string, unknown> {
  const data = redact(read(() => circumstances?.data, { data: unreadable }) ?? {});
  return typeof data === "object" && data !== null ? { ...data } : { data };
}

function contextOf(circumstances: Circumstances) {
  return { tags: tagsOf(circumstances), extra: dataOf(circumstances) };
}

function breadcrumbOf(message: string, circumstances: Circumstances) {
  return { category: "tool", message, data: { ...tagsOf(circumstances), ...dataOf(circumstances) } };
}

/** Extra data is the caller's, and never costs the error: JavaScript without types may pass anything. */
function read<Result>(get: () => Result, otherwise: Result): Result {
  try {
    return get();
  } catch {
    return otherwise;
  }
}

/** Sentry never causes a failure of the app. */
function quietly(call: () => void): void {
  try {
    call();
  } catch {
    // A failed recording is not worth an error of its own.
  }
}
