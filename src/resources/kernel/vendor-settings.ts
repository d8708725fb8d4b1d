import { KeyNotGiven, notGiven } from "./not-given.ts";
import type { Configuration } from "./provider.ts";

interface SecretPlace {
  /** As a person calls the vendor: "Cloudflare". */
  vendor: string;
  /** Read first. */
  variable: string;
  /** Read when the variable is not set: "cloudflare:apiToken". */
  configKey: string;
}

/** One vendor's part of the stack's configuration, in the process that runs the providers. */
export class VendorSettings {
  #configuration: Configuration = { get: () => undefined };

  /** Keeps the configuration. Nothing is read or checked yet, so it cannot fail. */
  readonly configure = (configuration: Configuration): void => {
    this.#configuration = configuration;
  };

  /** A plain value; undefined when it is not set, or empty. */
  text(configKey: string): string | undefined {
    return this.#configuration.get(configKey) || undefined;
  }

  /** The address under this key, without slashes at its end. */
  address(configKey: string, otherwise: string): string {
    return (this.#configuration.get(configKey) || otherwise).replace(/\/+$/, "");
  }

  /**
   * The environment comes first, since the configuration that a refresh or a destroy sees is the one of the last `up`:
   * a rotated key would not be in it.
   * @throws Error that says how to set it
   */
  secret({ vendor, variable, configKey }: SecretPlace): string {
    const found = process.env[variable] || this.#configuration.get(configKey);
    if (found === notGiven) throw new KeyNotGiven(vendor, variable);
    if (found) return found;
    throw new Error(
      `there is no key for ${vendor}: set ${variable} in the environment, or run \`pulumi config set --secret ${configKey}\``,
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
