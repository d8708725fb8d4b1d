import { vendors } from "../../model/vendors/index.ts";
import { type Failure, isVendorError, quoted } from "../kernel/errors.ts";
import { noAnswer } from "../kernel/network.ts";

const { address } = vendors.render;

/** True for Render's own 404 to a list: the service does not exist. A 404 of another server does not show that. */
export const isMissingService = (error: unknown): boolean =>
  isVendorError(error) && error.failure.status === 404 && error.failure.code !== undefined;

/** Which of key, service and host to check. Undefined: the plain description is enough. */
export function explain({ status, code, detail, method, path }: Failure, host: string): string | undefined {
  if (status === undefined) {
    return noAnswer(host, code, `Look at ${address.configKey}; without it, ${address.default} is used`);
  }
  if (status === 401) {
    return `Render does not accept the key${quoted(detail)}. Look at RENDER_API_KEY: it must be an API key (rnd_…) of a user who sees the service`;
  }
  if (status === 403) {
    return `the key may not do this with service ${serviceOf(path)}${quoted(detail)}. Look at RENDER_API_KEY: it has the rights of the user who made it`;
  }
  if (code === "unexpected_answer" || code === undefined) {
    return `${host} does not answer as Render's API does (${status} to ${method} ${path})${quoted(detail)}. Look at render:host`;
  }
  if (status === 404) return noService(serviceOf(path));
  if (path.endsWith("/deploys")) {
    return `Render does not deploy service ${serviceOf(path)} (${status})${quoted(detail)}. Look at the service's events in Render: one that is suspended, or that was never built, has to be deployed by hand once`;
  }
  return undefined;
}

export const noService = (serviceId: string): string =>
  `there is no service ${serviceId} for this key. Look at the service's id (srv-…, in its address in Render) and at RENDER_API_KEY`;

const serviceOf = (path: string): string => decodeURIComponent(path.split("/")[2] ?? "");
