/** A key, or what belongs to it, that opens a vendor for the one who runs this stack. */
export interface Credential {
  /** Read first: a rotated key works at once, and a key in the environment is never in a stack's state. */
  readonly variable: string;
  /** Other variables that the vendor's own tools read. */
  readonly alternatives?: readonly string[];
  /** Pulumi's configuration key, encrypted, which is read when no variable is set. */
  readonly configKey: string;
  /** What is needed and where it comes from. */
  readonly need: string;
  /** Opens nothing by itself, and may be seen: an account's e-mail address. Default false. */
  readonly isPublic?: boolean;
  /** What a wrong kind of key is called; undefined when the value looks right. Never repeats the value. */
  readonly mistake?: (value: string) => string | undefined;
}

/** What a type of resource is called, and what is lost with one. */
export interface ResourceKind {
  readonly title: string;
  /** Undefined: nothing that a new one would not bring back. */
  readonly lost?: string;
  /**
   * Holds what cannot be brought back, or is built into apps, and how it is kept wherever data count: `protect` refuses to
   * delete it, `retainOnDelete` lets the resource go and leaves the thing itself at the vendor.
   */
  readonly keptBy?: "protect" | "retainOnDelete";
}

/** What everybody may know of a vendor. */
export interface Vendor {
  /** As a person calls it. */
  readonly name: string;
  /** Whose machines its keys may be sent to: these hosts, and those below a domain that begins with a dot. */
  readonly hosts: readonly string[];
  /** Where its API is. */
  readonly address: {
    readonly default: string;
    /** Pulumi's configuration key; undefined where the configuration has none. */
    readonly configKey?: string;
    /** What the vendor's plugin takes in its place. */
    readonly variable?: string;
  };
  /** By what they are. */
  readonly credentials: { readonly key: Credential } & Readonly<Record<string, Credential>>;
  /** Whether a plugin of the vendor's own reads the configuration beside us, and takes its keys before the environment's. */
  readonly hasPlugin: boolean;
  /** Other ways in, which its plugin takes beside the key. */
  readonly otherKeys?: readonly { readonly variable: string; readonly configKey: string }[];
  /** How its credentials look in a text, with what each is. Empty: like any text. */
  readonly marks: readonly (readonly [RegExp, string])[];
  /** Where an app that it runs has its variables; undefined for a vendor that runs none. */
  readonly variables?: {
    /** As a person calls the place. */
    readonly place: string;
    /** The same in a line that has said the rest. */
    readonly shortPlace: string;
    /** When a change reaches the app, as a sentence. */
    readonly takesEffect: string;
  };
  /** Its resources, by Pulumi's type. */
  readonly kinds: Readonly<Record<string, ResourceKind>>;
}
