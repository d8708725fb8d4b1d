"""Answers of other threads."""

from __future__ import annotations

import asyncio
import concurrent.futures
from typing import Any


def done_in_loop(answer: concurrent.futures.Future[Any]) -> asyncio.Future[None]:
    """Completes in the running loop. Cancelling it does not cancel the answer."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[None] = loop.create_future()

    def complete() -> None:
        if not done.done():
            done.set_result(None)

    def ended(_: concurrent.futures.Future[Any]) -> None:
        try:
            loop.call_soon_threadsafe(complete)
        except RuntimeError:
            # The caller's loop is closed.
            pass

    answer.add_done_callback(ended)
    return done
