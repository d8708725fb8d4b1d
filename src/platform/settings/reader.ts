/** Sources of settings: a stack's configuration and the engineer's environment. */
export interface SettingsReader {
  /** The stack as in `--stack`, perhaps with an organization and a project; the stage is the last part. */
  stack: string;
  /** A plain value, as text: `config("posthog:host")`, `config("environment")` for the project's own. */
  config: (key: string) => string | undefined;
  /** Whether an encrypted value is set. The value itself is not read. */
  hasSecret: (key: string) => boolean;
  /** Whether a value is set without being encrypted. */
  isPlain?: (key: string) => boolean;
  /** All keys that are set; the project's own keys without its name. */
  keys?: () => readonly string[];
  env: Record<string, string | undefined>;
}
