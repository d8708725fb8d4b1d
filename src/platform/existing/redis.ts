import { connect } from "@brandvx/resources/upstash/look";
import { getStack, type ResourceHookBinding } from "@pulumi/pulumi";
import { setCommand } from "../settings/commands.ts";
import { beforeCreation } from "./look.ts";

/** Upstash would make a second database of the same name, which has a price of its own. */
export const unlessDatabaseExists = (databaseName: string): ResourceHookBinding =>
  beforeCreation(`whether the Redis database ${databaseName} exists`, async () => {
    const ids = (await connect().databases()).flatMap(({ id, name }) => (name === databaseName ? id : []));
    if (ids.length === 0) return [];
    const commands = ids.map((id) => setCommand(getStack(), { path: "redis.existing", value: id }));
    const problem =
      ids.length === 1
        ? `the Redis database ${databaseName} already exists; to take it over as it is:`
        : `${ids.length} Redis databases are called ${databaseName}; to take one of them over as it is, one of:`;
    return [{ problem, commands }];
  });
