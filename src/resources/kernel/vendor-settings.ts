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

  /** Keeps the configuration. Nothing is read or checked yet, so it cannot fail. */
  readonly configure = (configuration: Configuration): void => {
    this.#configuration = configuration;
  };

  /** A plain value; undefined when it is not set, or empty. */
  text(configKey: string): string | undefined {
    return this.#configuration.get(configKey) || undefined;
  }

  /** Where the vendor's API is, without slashes at its end: as the configuration says, else its plugin's variable, else its own. */
  address(): string {
    const { configKey, variable, default: own } = this.#vendor.address;
    const configured = configKey === undefined ? undefined : this.#configuration.get(configKey);
    const given = configured || (variable === undefined ? undefined : process.env[variable]);
    return (given || own).replace(/\/+$/, "");
  }

  /**
   * A key of the vendor. The environment comes first, since the configuration that a refresh or a destroy sees is the one of
   * the last `up`: a rotated key would not be in it.
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

/** Makes one client for each distinct place and key, so that all resources of a process share its limits. */
export function shared<Place extends object, Client>(make: (place: Place) => Client): (place: Place) => Client {
  const made = new Map<string, Client>();
  return (place) => {
    const name = JSON.stringify(Object.entries(place).sort());
    const client = made.get(name) ?? make(place);
    made.set(name, client);
    return client;
  };
}
