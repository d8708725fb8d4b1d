import { expect, test, vi } from "vitest";
import { atSentry } from "../../src/platform/existing.ts";
import { sentryWithProject } from "../local/twins/sentry/support.ts";

const found = { what: "the Sentry project operator-ui", adopt: [] };

test.each(["", "/", "/api", "/api/", "/api/0", "/api/0/"])(
  "what exists at Sentry is seen when its address is written with %j at the end",
  async (end) => {
    const { twin } = await sentryWithProject();
    vi.stubEnv("SENTRY_TOKEN", "sntryu_test");
    const look = (path: string) => atSentry(`${twin.url}${end}`, path, found);
    expect(await look("projects/brandvx/operator-ui/")).toEqual(found);
    expect(await look("projects/brandvx/none-of-this-name/")).toBeUndefined();
    vi.unstubAllEnvs();
  },
);
