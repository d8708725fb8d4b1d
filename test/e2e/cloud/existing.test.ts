import { expect, test } from "vitest";
import { localAccount } from "../../../src/local/account.ts";
import { byHand } from "../../support/by-hand.ts";
import { cloudStack } from "../../support/cloud.ts";

type Listed = { id: string; slug: string; name: string; database_id: string }[];

test("what exists at Sentry and Upstash is refused before it is made again, taken over by the printed commands, and outlives the stack", async () => {
  await using at = await cloudStack();
  const { stack, cloud } = at;
  const hand = byHand(cloud);
  await hand.sentry("POST", "organizations/brandvx/teams/", { slug: "platform", name: "Platform people" });
  for (const slug of ["operator-ui", "backend"]) {
    await hand.sentry("POST", "teams/brandvx/platform/projects/", { name: slug, slug });
    await hand.sentry("PUT", `projects/brandvx/${slug}/`, { name: `${slug} of BrandVX`, platform: "python" });
  }
  const database = { database_name: "brandvx", platform: "aws", primary_region: "eu-west-1", budget: 55 };
  const made = (await hand.upstash("POST", "database", { ...database, tls: true, eviction: false })) as {
    database_id: string;
  };
  const world = async () => ({
    projects: await hand.sentry("GET", "organizations/brandvx/projects/"),
    filters: await hand.sentry("GET", "projects/brandvx/backend/filters/"),
    teams: (await hand.sentry("GET", "organizations/brandvx/teams/")) as Listed,
    databases: ((await hand.upstash("GET", "databases")) as Listed).map(({ database_id }) => database_id),
  });
  const before = await world();
  const writes = () => [cloud.sentry, cloud.upstash].flatMap(({ requests }) => requests.writes());
  for (const { requests } of cloud.twins) requests.clear();

  const seen = await stack.pulumi("preview");
  expect(seen.exitCode, seen.text).not.toBe(0);
  const up = await stack.up();
  expect(up.exitCode, up.text).not.toBe(0);
  expect(writes(), "neither makes anything at either vendor").toEqual([]);

  const commands = new Set<string>();
  for (let round = 0; round < 3; round += 1) {
    const { text } = await stack.pulumi("preview");
    const printed = [...text.matchAll(/^\s+pulumi (config set --path \S+ \S+)$/gm)].map(([, words = ""]) => words);
    if (printed.length === 0) break;
    for (const command of printed.filter((one) => !commands.has(one))) {
      commands.add(command);
      const ran = await stack.pulumi(...command.split(" "));
      expect(ran.exitCode, ran.text).toBe(0);
    }
  }
  expect([...commands].sort()).toEqual([
    `config set --path redis.existing ${made.database_id}`,
    "config set --path sentryExisting.browserProject true",
    "config set --path sentryExisting.serverProject true",
    "config set --path sentryExisting.team true",
  ]);
  const adopted = await stack.up();
  expect(adopted.exitCode, adopted.text).toBe(0);
  expect(await world(), "nothing is doubled, and nothing of what was there is changed").toEqual(before);
  const again = await stack.up("--expect-no-changes");
  expect(again.exitCode, again.text).toBe(0);

  const gone = await stack.destroy();
  expect(gone.exitCode, gone.text).toBe(0);
  expect(await world(), "it outlives the stack").toEqual(before);
  expect(cloud.render.variables(localAccount.render.serviceId)).toEqual({});
});
