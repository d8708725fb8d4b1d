"""redis-py's asyncio client with the package's scripts, and settings under which nothing waits for long."""

from __future__ import annotations

import re
from typing import Any

from .._forks import importing, load_of_connections
from .._generated.state import SCRIPTS

MOST_CONNECTIONS = 32
CONNECT_S = 2.0

SETTINGS: dict[str, Any] = {
    # Understood by every Redis service and proxy; nothing here needs RESP3.
    "protocol": 2,
    "decode_responses": True,
    "encoding_errors": "replace",
    "socket_connect_timeout": CONNECT_S,
    "retry_on_error": [],
}
"""Of every connection of the package. What the URL says of them goes before."""


def open_client(url: str, *, name: str, deadline_s: float, listens: bool = False) -> Any:
    """Opens a connection pool; connects with the first command.

    redis-py by default holds a call for up to a minute while Redis is away. Here a command fails at once when there is no
    connection, and is never sent twice.

    Raises:
        ImportError: redis-py is not installed.
        ValueError: The URL is none of Redis.
    """
    if not re.match(r"rediss?://", url, re.I):
        raise ValueError("REDIS_URL has to begin with redis:// or rediss://")
    with importing():
        load_of_connections()
        from redis.asyncio import BlockingConnectionPool, Redis
        from redis.asyncio.retry import Retry
        from redis.backoff import NoBackoff

    pool: Any = BlockingConnectionPool.from_url(  # pyright: ignore[reportUnknownMemberType]
        url,
        max_connections=2 if listens else MOST_CONNECTIONS,
        timeout=deadline_s,
        **SETTINGS,
        client_name=name,
        # A subscriber hears nothing for as long as nothing happens.
        socket_timeout=None if listens else CONNECT_S,
        retry=Retry(NoBackoff(), 0),
        health_check_interval=5 if listens else 0,
    )
    return Redis(connection_pool=pool)


async def run_script(client: Any, name: str, keys: list[str], arguments: list[Any]) -> Any:
    """A script by its digest, the same in every language; sent whole where Redis does not know it yet."""
    from redis.exceptions import NoScriptError

    script = SCRIPTS[name]
    try:
        return await client.evalsha(script["sha1"], script["keys"], *keys, *arguments)
    except NoScriptError:
        return await client.eval(script["lua"], script["keys"], *keys, *arguments)
