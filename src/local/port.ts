/** Starts a server on its preferred port, or on any free one if another program or checkout uses it. */
export async function atPortOrAnother<Server>(port: number, start: (port: number) => Promise<Server>): Promise<Server> {
  try {
    return await start(port);
  } catch (error) {
    const cause = error instanceof Error ? (error.cause as NodeJS.ErrnoException | undefined) : undefined;
    if (cause?.code !== "EADDRINUSE") throw error;
    return start(0);
  }
}
