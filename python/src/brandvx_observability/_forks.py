"""Imports in threads of this package's own, and processes that are forked.

A process that is forked while another thread imports a module can never import it: the lock is held by a thread that it
does not have. So a fork waits for what is under way here.
"""

from __future__ import annotations

import os
import threading
from importlib import import_module

_lock = threading.RLock()


def importing() -> threading.RLock:
    """Held while a thread of the package imports: `with importing(): …`."""
    return _lock


def load_of_connections() -> None:
    """What the standard library imports in whichever thread connects first. Called while `importing()` is held."""
    import_module("concurrent.futures.thread")
    "localhost".encode("idna")


def _before() -> None:
    _lock.acquire()


def _in_parent() -> None:
    _lock.release()


def _in_child() -> None:
    global _lock
    _lock = threading.RLock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(before=_before, after_in_parent=_in_parent, after_in_child=_in_child)
