"""A deadline for whole answers. A socket's timeout applies to each read: an answer that arrives in drops passes all of
them."""

# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false

from __future__ import annotations

import socket
import threading
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

READ_S = 5.0
"""Maximum seconds for a connection, and for each read of an answer."""

WHOLE_S = 10.0
"""Maximum seconds for a request with its whole answer."""


class LateError(Exception):
    """The answer was not complete in time."""

    def __init__(self) -> None:
        super().__init__(f"no whole answer within {WHOLE_S:g} s")


class Watch:
    """Watches the requests of one connection pool, one at a time."""

    def __init__(self) -> None:
        self._connection: Any = None

    def over(self, manager: Any) -> None:
        """Watches the connections of a urllib3.PoolManager from now on."""
        from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

        watch = self

        def seen(pool: type[Any]) -> type[Any]:
            base: Any = pool.ConnectionCls

            class Connection(base):  # type: ignore[misc]
                def connect(self) -> None:
                    watch._connection = self
                    super().connect()

                def request(self, *arguments: Any, **named: Any) -> None:
                    watch._connection = self
                    super().request(*arguments, **named)

            return type(pool.__name__, (pool,), {"ConnectionCls": Connection})

        manager.pool_classes_by_scheme = {"http": seen(HTTPConnectionPool), "https": seen(HTTPSConnectionPool)}

    @contextmanager
    def request(self) -> Generator[None]:
        """Raises LateError when the block misses the deadline, instead of the error that this causes in the block."""
        late = threading.Event()

        def cut() -> None:
            late.set()
            connected = getattr(self._connection, "sock", None)
            if connected is not None:
                try:
                    connected.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass

        timer = threading.Timer(WHOLE_S, cut)
        timer.daemon = True
        timer.start()
        try:
            yield
        except Exception as error:
            if late.is_set():
                raise LateError from error
            raise
        finally:
            timer.cancel()
        if late.is_set():
            raise LateError
