import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { getRequestListener, type HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { type Context, Hono, type MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { HTTPException } from "hono/http-exception";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { type BodyLimits, bodyForLog, defaultBodyLimits } from "./body.ts";
import { type FaultInjector, type FaultStatus, type FaultSwitchboard, faultSwitchboard } from "./faults.ts";
import { isOwnName } from "./host.ts";
import { type RequestLog, type RequestRecorder, requestLog } from "./request-log.ts";

/** A vendor's API on this machine, over real HTTP. */
export interface Twin {
  readonly name: string;
  /** `http://127.0.0.1:<port>`, without a slash at its end. */
  readonly url: string;
  readonly port: number;
  readonly requests: RequestLog;
  readonly faults: FaultSwitchboard;
  /**
   * Sets the console's address for a path of the vendor's own app: browsers are redirected there. Before that, the first page
   * shows one line of text.
   */
  showPagesAt(addressOf: (path: string) => string): void;
  /** Ends open requests after a short grace period and closes every connection; may be called repeatedly. */
  stop(): Promise<void>;
}

export interface TwinError {
  status: FaultStatus;
  retryAfterSeconds?: number;
  detail?: string;
}

export interface TwinOptions {
  /** The vendor's name, as in the request log. */
  name: string;
  /** Default 0: any free port. */
  port?: number;
  /** The vendor's routes; `c.env.incoming` is Node's request. A thrown `refusal(…)` is the answer. */
  app: Hono<TwinEnv>;
  /** An error in the vendor's own shape and headers, for injected faults and for errors inside of the twin. */
  errorResponse(error: TwinError): Response;
  /** Default: the largest limit of all vendors. A larger body gets a 413 before it is read completely. */
  bodyLimits?: BodyLimits;
  /** Whether it has its own pages, which are not redirected. Default: false. */
  hasPages?: boolean;
  /** Accepted Host names besides this machine's own. */
  hostNames?: readonly string[];
  /** Called once, after the last request ended: close the store here. */
  onStop?: () => void;
  /** How long `stop` waits for requests in flight; default 500. */
  graceMs?: number;
}

export type TwinEnv = { Bindings: HttpBindings };

export async function startTwin(options: TwinOptions): Promise<Twin> {
  const requests = requestLog();
  const faults = faultSwitchboard();
  const stopping = new AbortController();
  let pages: ((path: string) => string) | undefined;

  const { errorResponse, bodyLimits = defaultBodyLimits } = options;
  const outer = new Hono<TwinEnv>();
  outer.use(
    named(options),
    forPeople(options, () => pages),
    bodyLimit({ maxSize: bodyLimits.packed, onError: () => errorResponse({ status: 413 }) }),
    logged(options.name, requests, bodyLimits),
    faulty(faults, errorResponse, stopping.signal),
  );
  outer.route("/", options.app);
  outer.notFound(() => options.errorResponse({ status: 404 }));
  outer.onError((error) => {
    if (error instanceof HTTPException) return error.getResponse();
    if (isOfDisk(error)) sayDisk(options.name, error);
    else console.error(`The ${options.name} twin failed inside:`, error);
    return options.errorResponse({ status: 500, detail: error.message });
  });

  const server = createServer(getRequestListener(outer.fetch));
  // Longer than any client's keep-alive, so that no connection is closed while a request is being sent.
  server.keepAliveTimeout = 120_000;
  const port = await listen(server, options.name, options.port ?? 0);

  let stopped: Promise<void> | null = null;
  return {
    name: options.name,
    url: `http://127.0.0.1:${port}`,
    port,
    requests,
    faults,
    showPagesAt(addressOf) {
      pages = addressOf;
    },
    stop() {
      stopping.abort();
      stopped ??= close(server, options.graceMs ?? 500).then(() => options.onStop?.());
      return stopped;
    },
  };
}

function named({ name, hostNames = [], errorResponse }: TwinOptions): MiddlewareHandler<TwinEnv> {
  return async (c, next) => {
    if (isOwnName(c.req.url, hostNames)) return next();
    return errorResponse({ status: 403, detail: `The local ${name} answers as 127.0.0.1 alone.` });
  };
}

/** Whether the error is a full or read-only disk, which is not a bug of the twin. */
const isOfDisk = ({ message }: Error): boolean => /disk is full|readonly database|ENOSPC|EROFS/.test(message);

/** Printed once for each vendor, since every request would repeat it. */
const saidOfDisk = new Set<string>();
function sayDisk(name: string, { message }: Error): void {
  if (saidOfDisk.has(name)) return;
  saidOfDisk.add(name);
  console.error(`The local ${name} cannot store requests (${message}), and answers with 500.`);
  console.error("  Data sent until then is lost. Free some disk space, then run npm start again.");
}

/** Only browsers request HTML; API clients do not. */
function forPeople(
  { name, hasPages = false }: TwinOptions,
  pages: () => ((path: string) => string) | undefined,
): MiddlewareHandler<TwinEnv> {
  return async (c, next) => {
    const { pathname } = new URL(c.req.url);
    const isPage =
      !hasPages &&
      c.req.method === "GET" &&
      (pathname === "/" || c.req.header("Accept")?.includes("text/html") === true);
    if (!isPage) return next();
    const address = pages()?.(pathname);
    if (address !== undefined) return c.redirect(address, 302);
    return pathname === "/"
      ? c.text(`The local ${name} answers here. npm start serves the console, which shows it.`)
      : next();
  };
}

function logged(vendor: string, requests: RequestRecorder, limits: BodyLimits): MiddlewareHandler<TwinEnv> {
  return async (c, next) => {
    const at = new Date().toISOString();
    // hono caches the bytes, so a route can still call json() or text()
    const bytes = await c.req.arrayBuffer().then(
      (body) => new Uint8Array(body),
      () => null,
    );
    if (bytes === null) return RESPONSE_ALREADY_SENT; // the client disconnected while sending its body
    const url = new URL(c.req.url);
    const { body, bytes: size } = await bodyForLog(bytes, c.req.header("Content-Encoding"), limits.unpacked);
    const entry = requests.record({ vendor, method: c.req.method, path: url.pathname + url.search, body, at }, size);
    await next();
    if (!c.env.incoming.socket.destroyed) entry.status = c.res.status;
    return;
  };
}

function faulty(
  faults: FaultInjector,
  errorResponse: TwinOptions["errorResponse"],
  stopping: AbortSignal,
): MiddlewareHandler<TwinEnv> {
  return async (c, next) => {
    const url = new URL(c.req.url);
    const { delayMs, effect } = faults.take(c.req.method, url.pathname + url.search);
    if (delayMs > 0) await delay(delayMs, undefined, { signal: stopping }).catch(() => {});
    if (effect?.kind === "status") return errorResponse(effect);
    if (effect?.kind === "reset-before") return reset(c.env);
    if (effect?.kind === "late") {
      void delay(effect.delayMs, undefined, { signal: stopping }).then(next, () => {});
      return errorResponse(effect);
    }
    await next();
    if (effect?.kind === "reset-after") c.res = reset(c.env);
    else if (effect?.kind === "status-after") replaceAnswer(c, errorResponse(effect));
    else if (stopping.aborted) c.header("Connection", "close"); // otherwise stop would wait for keep-alive connections
    return;
  };
}

/** Hono copies the headers of a replaced answer to the new one, unless the answer is removed first. */
function replaceAnswer(c: Context<TwinEnv>, answer: Response): void {
  c.res = undefined;
  c.res = answer;
}

/** Resets the connection like a crashed peer; the returned marker prevents the server from writing to it. */
function reset({ incoming }: HttpBindings): Response {
  incoming.socket.resetAndDestroy();
  return RESPONSE_ALREADY_SENT;
}

async function listen(server: Server, name: string, port: number): Promise<number> {
  server.listen(port, "127.0.0.1");
  try {
    await once(server, "listening");
  } catch (error) {
    throw new Error(
      `The ${name} twin cannot listen on 127.0.0.1:${port}: is another one running? Give it another port.`,
      {
        cause: error,
      },
    );
  }
  return (server.address() as AddressInfo).port;
}

async function close(server: Server, graceMs: number): Promise<void> {
  const closed = once(server, "close");
  server.close();
  server.closeIdleConnections();
  const force = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearTimeout(force);
}

/** An error to throw in a route: the request is answered with this JSON, in the vendor's error format. */
export function refusal(
  status: ContentfulStatusCode,
  body: unknown,
  headers: Record<string, string> = {},
): HTTPException {
  return new HTTPException(status, { res: Response.json(body, { status, headers }) });
}
