/** Starts a server on the port that it should have, or on any where another program, or another checkout, has that one. */
export async function atPortOrAnother<Server>(port: number, start: (port: number) => Promise<Server>): Promise<Server> {
  try {
    return await start(port);
  } catch (error) {
    const cause = error instanceof Error ? (error.cause as NodeJS.ErrnoException | undefined) : undefined;
    if (cause?.code !== "EADDRINUSE") throw error;
    return start(0);
  }
}
