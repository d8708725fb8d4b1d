import type * as SentrySdk from "@sentry/node";
import { opaqueId } from "../shared/privacy/pseudonym.ts";
import { redactText } from "../shared/privacy/text.ts";
import { dataCollection, sentryHooks } from "../shared/sentry-options.ts";
import { within } from "../shared/within.ts";
import type { SinkStatus } from "./analytics.ts";

type Sentry = typeof SentrySdk;

/** What is known of where an error or a breadcrumb comes from. */
export interface Circumstances {
  /** Name of the tool or handler, e.g. "calendar.find_slot". */
  readonly tool?: string;
  /** Tenant that it ran for. */
  readonly tenantId?: string;
  /** Anything else, redacted on the way out. */
  readonly data?: Readonly<Record<string, unknown>>;
}

/** Errors, breadcrumbs and spans on their way to Sentry. Without a DSN, or before Sentry is there, calls just run. */
export interface Errors {
  capture(error: unknown, circumstances: Circumstances): void;
  breadcrumb(message: string, circumstances: Circumstances): void;
  isolated<Result>(circumstances: Circumstances, run: () => Result): Result;
  span<Result>(name: string, attributes: SpanAttributes, run: () => Result): Result;
  status(): SinkStatus;
  /** Resolves when Sentry is loaded, at once where it is not to be. */
  ready(): Promise<void>;
  close(deadlineMs: number): Promise<boolean>;
}

/** Figures of a span. Sentry sorts spans by `sentry.op`, e.g. "ai.chat". */
export type SpanAttributes = Readonly<Record<string, string | number | boolean>>;

export interface ErrorsOptions {
  readonly dsn: string | undefined;
  readonly environment: string;
  readonly release: string | undefined;
  readonly tracesSampleRate: number;
  readonly warn: (message: string) => void;
}

/** Errors that are kept while Sentry is being loaded. */
const mostWaiting = 50;

export function createErrors({ dsn, environment, release, tracesSampleRate, warn }: ErrorsOptions): Errors {
  let sentry: Sentry | undefined;
  let failed = false;
  const waiting: (() => void)[] = [];
  const loaded = dsn ? load(dsn) : Promise.resolve();

  return {
    capture(error, circumstances) {
      if (!dsn) return;
      const capture = () => quietly(() => sentry?.captureException(error, contextOf(circumstances)));
      if (sentry) capture();
      else if (waiting.length < mostWaiting) waiting.push(capture);
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
          addBreadcrumb(breadcrumbOf(circumstances.tool ?? "handler", circumstances));
        });
        return run();
      });
    },

    span: (name, attributes, run) => (sentry ? sentry.startSpan({ name, attributes }, run) : run()),

    status() {
      if (!dsn) return "disabled";
      return failed ? "error" : "ok";
    },

    ready: () => loaded,

    async close(deadlineMs) {
      const begun = performance.now();
      await within(deadlineMs, loaded).catch(() => {});
      if (!sentry) return waiting.length === 0;
      return sentry.close(Math.max(1, deadlineMs - (performance.now() - begun))).then(Boolean, () => false);
    },
  };

  async function load(address: string): Promise<void> {
    try {
      const sdk = await import("@sentry/node");
      const client = sdk.init({
        dsn: address,
        environment,
        release,
        tracesSampleRate,
        dataCollection,
        ...sentryHooks,
      });
      if (!client?.getDsn()) throw new Error("SENTRY_DSN is not a DSN (https://<key>@<host>/<project>)");
      client.on("afterSendEvent", (_event, { statusCode }) => {
        failed = statusCode === undefined || statusCode >= 400;
      });
      sentry = sdk;
      for (const capture of waiting.splice(0)) capture();
    } catch (error) {
      failed = true;
      warn(`Errors do not reach Sentry: ${redactText(error instanceof Error ? error.message : String(error))}`);
    }
  }
}

function tagsOf({ tool, tenantId }: Circumstances): Record<string, string> {
  return { ...(tool !== undefined && { tool }), ...(tenantId !== undefined && { tenant_id: opaqueId(tenantId) }) };
}

function contextOf(circumstances: Circumstances) {
  return { tags: tagsOf(circumstances), extra: { ...circumstances.data } };
}

function breadcrumbOf(message: string, circumstances: Circumstances) {
  return { category: "tool", message, data: { ...tagsOf(circumstances), ...circumstances.data } };
}

/** Sentry is never the reason that something fails. */
function quietly(call: () => void): void {
  try {
    call();
  } catch {
    // What could not be recorded is not worth an error of its own.
  }
}
