import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Dsn } from "../../../model/sentry/dsn.ts";
import { testErrorTag } from "../../../model/sentry/test-errors.ts";
import { vendors } from "../../../model/vendors/index.ts";
import { Http } from "../../kernel/http.ts";
import { readError } from "../read-error.ts";

/**
 * Sends one event of an environment, as an SDK would (develop.sentry.dev/sdk/data-model/envelopes): Sentry creates an
 * environment with the first event that uses it.
 */
export async function sendFirstEvent({ publicKey, envelopeUrl }: Dsn, environment: string): Promise<void> {
  const { origin, pathname } = new URL(envelopeUrl);
  const http = new Http({
    vendor: vendors.sentry.name,
    baseUrl: origin,
    // The address comes from Sentry itself, and the key in it is public.
    isAddressGiven: true,
    headers: {
      "Content-Type": "application/x-sentry-envelope",
      "X-Sentry-Auth": `Sentry sentry_version=7, sentry_client=brandvx-observability/1.0, sentry_key=${publicKey}`,
    },
    readError,
    explain: ({ status, detail }) =>
      `${origin} did not take the first event of the environment "${environment}"${status === undefined ? "" : ` (${status}${detail && `: ${detail}`})`}. Nothing else was made: look whether this machine reaches it, then run the same command again`,
  });
  const id = randomUUID().replaceAll("-", "");
  const event = {
    event_id: id,
    timestamp: new Date().toISOString(),
    platform: "other",
    level: "info",
    environment,
    logger: "brandvx-observability",
    fingerprint: ["brandvx-observability", "first event"],
    tags: { [testErrorTag]: "first event" },
    message: {
      formatted: `First event of the environment "${environment}": nothing is broken, nothing has to be done`,
    },
  };
  const body = [{ event_id: id }, { type: "event" }, event].map((line) => JSON.stringify(line)).join("\n");
  // Events with the same id are stored once, however often they are sent.
  await http.request("POST", pathname, z.unknown(), { body: `${body}\n`, repeatable: true });
}
