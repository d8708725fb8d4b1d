"""Imports in this package's own threads, and forked processes.

A process that is forked while another thread imports a module can never import it: the lock belongs to a thread that
the child does not have. So a fork waits for running imports of this package. Threads do not wait for each other.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Generator
from contextlib import contextmanager
from importlib import import_module

_MOST_WAIT_S = 30.0

_changed = threading.Condition()
_under_way = 0
_waits_before_others = False


@contextmanager
def importing() -> Generator[None]:
    """Marks an import in a thread of the package: `with importing(): …`."""
    global _under_way
    with _changed:
        _under_way += 1
    try:
        _wait_before_others()
        yield
    finally:
        with _changed:
            _under_way -= 1
            _changed.notify_all()


def load_of_connections() -> None:
    """Modules that the standard library imports in the first thread that connects. Called within `importing()`."""
    import_module("concurrent.futures.thread")
    # requests reads ~/.netrc on each request.
    import_module("netrc")
    "localhost".encode("idna")


def _before() -> None:
    _changed.acquire()
    _changed.wait_for(lambda: _under_way == 0, _MOST_WAIT_S)


def _in_parent() -> None:
    _changed.release()


def _in_child() -> None:
    global _changed, _under_way
    _changed = threading.Condition()
    _under_way = 0


def _register() -> None:
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(before=_before, after_in_parent=_in_parent, after_in_child=_in_child)


def _wait_before_others() -> None:
    """The handler that was registered last is called first. Logging and thread pools also lock at a fork: if they
    locked before this handler waits, the running import could not finish."""
    global _waits_before_others
    if _waits_before_others:
        return
    _waits_before_others = True
    import_module("logging")
    import_module("concurrent.futures.thread")
    _register()


_register()
