"""What a process does at its end: sends what waits. A child of multiprocessing ends without `atexit`."""

from __future__ import annotations

import atexit
import os
import sys
from collections.abc import Callable

_close: Callable[[], object] | None = None
_has_atexit = False
_has_finalizer = False

# After what the app itself does at the end.
_LAST = -100


def at_exit(close: Callable[[], object]) -> None:
    """Calls it as this process ends; the last one that was given counts."""
    global _close
    _close = close
    ensure()


def ensure() -> None:
    """A child has its parent's `atexit`, and none of its finalizers. Costs nothing the second time."""
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
