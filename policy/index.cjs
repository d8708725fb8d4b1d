// Pulumi's analyzer loads a pack by `require`, after it has put ts-node in its way: the pack itself is TypeScript that Node
// (22.18 or newer) runs as it is, so it is imported.
import("./pack.ts").catch((error) => {
  console.error(error);
  process.exit(1);
});
