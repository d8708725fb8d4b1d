import { Hono } from "hono";
import { driftPanel, resourcesPage, type VendorState } from "../pages/resources.ts";
import { backTo, type Parts, show } from "../parts.ts";
import { handChanges } from "../resources/by-hand/index.ts";
import { makeByHand, stands } from "../resources/by-hand/made.ts";
import { faultWords, troublesOf } from "../resources/faults.ts";
import { vendorObjects } from "../resources/objects.ts";
import { withoutSecrets } from "../resources/secrets.ts";
import { type Vendor, vendorApis, vendors } from "../resources/vendor-api.ts";

export function resourceRoutes(parts: Parts): Hono {
  const { cloud, drift, made, say } = parts;
  const apis = vendorApis(cloud);
  const app = new Hono();
  const objectOf = (urn: unknown) => vendorObjects(parts.resources()).find((one) => one.urn === urn);

  /** Asks the vendors which changes still exist, since somebody may have reverted them in a terminal. */
  const standingChanges = async (): Promise<string[]> => {
    const asked = made.map(async (one) => {
      const object = objectOf(one.urn);
      try {
        return object === undefined || (await stands(one, object, apis[object.vendor])) ? [one] : [];
      } catch {
        // A vendor with an active fault does not answer; assume that the change exists.
        return [one];
      }
    });
    const standing = (await Promise.all(asked)).flat();
    // Changes that were made meanwhile were not asked about.
    const gone = new Set(made.filter((one) => !standing.includes(one)));
    for (const one of gone) made.splice(made.indexOf(one), 1);
    return made.map(({ words }) => words);
  };

  app.get("/resources", async (c) => {
    // When the keys cannot be read, the list of Redis troubles shows why.
    const keys = await cloud.redis.keys().catch(() => ({}));
    const redisTroubles = await cloud.redis.troubles();
    const states = vendors.map((vendor) => [vendor, stateOf(vendor, keys, redisTroubles)] as const);
    const content = resourcesPage({
      objects: vendorObjects(parts.resources()),
      vendorStates: Object.fromEntries(states) as Record<Vendor, VendorState>,
      drift: drift.run,
      handChangesMade: await standingChanges(),
    });
    return show(c, parts, "Resources", content, ["resources"]);
  });

  const stateOf = (
    vendor: Vendor,
    keys: Readonly<Record<string, Readonly<Record<string, number>>>>,
    redisTroubles: readonly string[],
  ): VendorState => {
    const { url, requests, faults } = cloud[vendor];
    const databases = Object.values(keys);
    return {
      ...{ url, requests: requests.all().length, faults: faultWords(faults) },
      ...(vendor === "upstash" && {
        ...(redisTroubles.length > 0 && { redisTroubles }),
        keys:
          databases.length === 0 && redisTroubles.length === 0
            ? cloud.redis.isInstalled
              ? "no database"
              : "no redis-server"
            : (Object.assign({}, ...databases) as Record<string, number>),
      }),
    };
  };

  app.get("/resources/live", async (c) => {
    const object = objectOf(c.req.query("urn"));
    if (object?.path === undefined) return c.notFound();
    try {
      return c.text(JSON.stringify(withoutSecrets(await apis[object.vendor]("GET", object.path)), null, 2));
    } catch (error) {
      return c.text(error instanceof Error ? error.message : String(error));
    }
  });

  app.post("/by-hand", async (c) => {
    const { urn, change } = await c.req.parseBody();
    const object = objectOf(urn);
    const wanted = object && handChanges(object).find(({ key }) => key === change);
    if (!object || !wanted) return c.notFound();
    try {
      const done = await makeByHand(wanted, object, apis[object.vendor]);
      made.unshift(done);
      say(`Done by hand: ${done.words}. Look for drift to see it found.`);
    } catch (error) {
      say(`It could not be done: ${error instanceof Error ? error.message : String(error)}`);
    }
    return backTo(c, "/resources");
  });

  app.post("/faults", async (c) => {
    const { vendor: named, fault } = await c.req.parseBody();
    const vendor = vendors.find((one) => one === named);
    if (vendor === undefined) return c.notFound();
    const trouble = troublesOf(vendor).find(({ key }) => key === fault);
    if (trouble) cloud[vendor].faults.add(trouble.fault);
    else cloud[vendor].faults.clear();
    say(trouble ? `${vendor}: ${trouble.label}. Look for drift to see what it does.` : `${vendor} is well again.`);
    return backTo(c, `/resources#${vendor}`);
  });

  app.post("/deploy", async (c) => {
    try {
      await parts.deploy();
      say("The operator UI was built and deployed with the variables that Pages has now.");
    } catch (error) {
      say(`It could not be deployed: ${error instanceof Error ? error.message : String(error)}`);
    }
    return backTo(c, "/resources#cloudflare");
  });

  app.post("/drift", async (c) => {
    const { what } = await c.req.parseBody();
    if (parts.resources().length === 0) say("The stack is still coming up: there is nothing yet that could drift.");
    else drift.start(what === "heal" ? "heal" : "check");
    return backTo(c, "/resources#drift");
  });

  app.get("/drift", async (c) => c.html(driftPanel(drift.run, await standingChanges())));
  return app;
}
