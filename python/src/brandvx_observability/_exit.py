"""Sends pending items at the end of a process. A child of multiprocessing ends without `atexit`."""

from __future__ import annotations

import atexit
import os
import sys
from collections.abc import Callable

_close: Callable[[], object] | None = None
_has_atexit = False
_has_finalizer = False

# After the app's own exit handlers.
_LAST = -100


def at_exit(close: Callable[[], object]) -> None:
    """Calls the function when this process ends; only the last registered one is called."""
    global _close
    _close = close
    ensure()


def ensure() -> None:
    """A child inherits its parent's `atexit` handlers, but no finalizers. A second call costs nothing."""
    global _has_atexit, _has_finalizer
    if not _has_atexit:
        _has_atexit = True
        atexit.register(_end)
    if not _has_finalizer:
        _has_finalizer = True
        util = sys.modules.get("multiprocessing.util")
        if util is not None:
            util.Finalize(None, _end, exitpriority=_LAST)


def _end() -> None:
    if _close is not None:
        _close()


def _after_fork() -> None:
    global _has_finalizer
    _has_finalizer = False


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
