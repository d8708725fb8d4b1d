import type { Credential, Vendor } from "../../model/vendors/vendor.ts";
import { KeyNotGiven, notGiven } from "./not-given.ts";
import type { Configuration } from "./provider.ts";

/** One vendor's part of the stack's configuration, in the process that runs the providers. */
export class VendorSettings {
  readonly #vendor: Vendor;
  #configuration: Configuration = { get: () => undefined };

  constructor(vendor: Vendor) {
    this.#vendor = vendor;
  }

  /** Stores the configuration. Nothing is read or checked yet, so it cannot fail. */
  readonly configure = (configuration: Configuration): void => {
    this.#configuration = configuration;
  };

  /** A plain value; undefined when it is not set, or empty. */
  text(configKey: string): string | undefined {
    return this.#configuration.get(configKey) || undefined;
  }

  /**
   * Address of the vendor's API, without trailing slashes: from the configuration, else from its plugin's variable,
   * else the vendor's own.
   */
  address(): string {
    const { configKey, variable, default: own } = this.#vendor.address;
    const configured = configKey === undefined ? undefined : this.#configuration.get(configKey);
    const given = configured || (variable === undefined ? undefined : process.env[variable]);
    return (given || own).replace(/\/+$/, "");
  }

  /**
   * A key of the vendor. The environment comes first, because a refresh or a destroy gets the configuration of the last
   * `up`, which would lack a rotated key.
   * @throws Error that says how to set it
   */
  secret({ variable, alternatives = [], configKey }: Credential = this.#vendor.credentials.key): string {
    const name = [variable, ...alternatives].find((one) => process.env[one]) ?? variable;
    const found = process.env[name] || this.#configuration.get(configKey);
    if (found === notGiven) throw new KeyNotGiven(this.#vendor.name, name);
    if (found) return found;
    throw new Error(
      `there is no key for ${this.#vendor.name}: set ${name} in the environment, or run \`pulumi config set --secret ${configKey}\``,
    );
  }
}

/** Creates one client for each distinct address and key, so that all resources of a process share its limits. */
export function shared<Place extends object, Client>(make: (place: Place) => Client): (place: Place) => Client {
  const made = new Map<string, Client>();
  return (place) => {
    const name = JSON.stringify(Object.entries(place).sort());
    const client = made.get(name) ?? make(place);
    made.set(name, client);
    return client;
  };
}
