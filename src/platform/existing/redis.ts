import { connect } from "@brandvx/resources/upstash/look";
import type { ResourceHookBinding } from "@pulumi/pulumi";
import { runningStack, setCommand } from "../settings/commands.ts";
import { beforeCreation, importOf, type Own } from "./look.ts";

/** Upstash would create a second database of the same name, at an extra cost. */
export const unlessDatabaseExists = (databaseName: string, own: Own): ResourceHookBinding =>
  beforeCreation(`whether the Redis database ${databaseName} exists`, async (_, hook) => {
    const ids = (await connect().databases()).flatMap(({ id, name }) => (name === databaseName ? id : []));
    if (ids.length === 0) return [];
    const commands = ids.map((id) => setCommand(runningStack(), { path: "redis.existing", value: id }));
    const problem =
      ids.length === 1
        ? `the Redis database ${databaseName} already exists; to take it over as it is:`
        : `${ids.length} Redis databases are called ${databaseName}; to take one of them over as it is, one of:`;
    const [id = ""] = ids;
    return [{ problem, commands, ...(ids.length === 1 && { ifOwn: await importOf(hook, id, own) }) }];
  });
