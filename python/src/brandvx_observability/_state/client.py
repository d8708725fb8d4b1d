"""redis-py's asyncio client with the package's scripts, and settings that prevent long waits."""

from __future__ import annotations

import re
from typing import Any

from .._forks import importing, load_of_connections
from .._generated.state import SCRIPTS

MOST_CONNECTIONS = 32
CONNECT_S = 2.0

SETTINGS: dict[str, Any] = {
    # Supported by every Redis service and proxy; nothing here needs RESP3.
    "protocol": 2,
    "decode_responses": True,
    "encoding_errors": "replace",
    "socket_connect_timeout": CONNECT_S,
    "retry_on_error": [],
}
"""Options of all connections of the package. The URL's options take precedence."""


def open_client(url: str, *, name: str, deadline_s: float, listens: bool = False) -> Any:
    """Opens a connection pool; connects with the first command.

    redis-py by default holds a call for up to a minute while Redis is away. Here a command fails at once when there is no
    connection, and is never sent twice.

    Raises:
        ImportError: redis-py is not installed.
        ValueError: The URL is not a Redis URL.
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
        # A subscriber receives nothing for as long as nothing is published.
        socket_timeout=None if listens else CONNECT_S,
        retry=Retry(NoBackoff(), 0),
        health_check_interval=5 if listens else 0,
    )
    return Redis(connection_pool=pool)


def known_url(url: str) -> tuple[str, str]:
    """The URL with the options that redis-py accepts, and the names of the others, with which redis-py would refuse the
    URL.

    One REDIS_URL serves the Node helpers as well, and ioredis has options of its own (`family=0`).
    """
    from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

    try:
        parts = urlsplit(url)
        given = parse_qsl(parts.query, keep_blank_values=True)
    except ValueError:
        return url, ""
    takes = [(name, value) for name, value in given if _is_taken(name, value, parts.scheme.lower())]
    others = sorted(
        {name if re.fullmatch(r"[A-Za-z_]{1,30}", name) else "(another)" for name, _ in given} - {n for n, _ in takes}
    )
    return urlunsplit(parts._replace(query=urlencode(takes))), ", ".join(others)


_NUMBERS = r"[0-9]+(?:\.[0-9]+)?"
_YES_OR_NO = r"(?i:true|false|yes|no|1|0|t|f|y|n)"
_TAKEN = {
    "db": r"[0-9]+",
    "protocol": r"[23]",
    "client_name": r".+",
    "username": r".+",
    "password": r".+",
    "max_connections": r"[1-9][0-9]*",
    "retry_on_timeout": _YES_OR_NO,
    "health_check_interval": r"[0-9]+",
    "socket_connect_timeout": _NUMBERS,
    "socket_keepalive": _YES_OR_NO,
    "socket_timeout": _NUMBERS,
}
_TAKEN_WITH_TLS = {
    "ssl_ca_certs": r".+",
    "ssl_ca_path": r".+",
    "ssl_cert_reqs": r"none|optional|required",
    "ssl_certfile": r".+",
    "ssl_check_hostname": _YES_OR_NO,
    "ssl_keyfile": r".+",
}


def _is_taken(name: str, value: str, scheme: str) -> bool:
    pattern = _TAKEN.get(name) or (_TAKEN_WITH_TLS.get(name) if scheme == "rediss" else None)
    return pattern is not None and re.fullmatch(pattern, value) is not None


async def run_script(client: Any, name: str, keys: list[str], arguments: list[Any]) -> Any:
    """A script by its digest, the same in every language; sent whole when Redis does not know it yet."""
    from redis.exceptions import NoScriptError

    script = SCRIPTS[name]
    try:
        return await client.evalsha(script["sha1"], script["keys"], *keys, *arguments)
    except NoScriptError:
        return await client.eval(script["lua"], script["keys"], *keys, *arguments)
