import type { Method } from "../http.ts";
import { type Attempt, Bucket, type BucketOptions } from "./bucket.ts";
import type { VendorLimits } from "./published.ts";

/** Keeps one key's requests within a vendor's limits. All clients that use the key share it. */
export class Limiter {
  readonly #limits: VendorLimits;
  readonly #options: BucketOptions;
  readonly #buckets = new Map<string, Bucket>();

  constructor(limits: VendorLimits, options: BucketOptions) {
    this.#limits = limits;
    this.#options = options;
  }

  /** Sends the request when the vendor will take it, and again whenever it was refused. See {@link Bucket.run}. */
  run<T>(method: Method, path: string, send: () => Promise<Attempt<T>>): Promise<T> {
    const limits = this.#limits(method, path);
    const key = `${limits.name} ${limits.of ?? ""}`;
    const bucket = this.#buckets.get(key) ?? new Bucket(limits, this.#options);
    this.#buckets.set(key, bucket);
    return bucket.run(send);
  }
}
