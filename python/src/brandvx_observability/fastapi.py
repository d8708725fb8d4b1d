"""FastAPI: lifespan, `/health`, and the tenant of a request.

    observability.initialise()
    app = FastAPI(lifespan=observability.lifespan)
    app.include_router(observability.health_router())

    @app.get("/clients", dependencies=[Depends(tenant_of(lambda request: request.state.session.tenant_id))])

Nothing is taken from a request's headers: a client may say there what it likes.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import TYPE_CHECKING, Any

from ._lifecycle import shutdown
from ._server import current, open_again

if TYPE_CHECKING:
    from fastapi import APIRouter, FastAPI
    from starlette.requests import Request
    from starlette.responses import Response

Lifespan = Callable[[Any], AbstractAsyncContextManager[Any]]


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncGenerator[None]:
    """Opens what is not open yet, waits for Redis for at most a second, and sends pending items at the end."""
    async with _around(app, None):
        yield


def with_observability(own: Lifespan) -> Lifespan:
    """Wraps an app's own lifespan: an exception at its start is sent to Sentry, and reraised."""

    @asynccontextmanager
    async def both(app: Any) -> AsyncGenerator[Any]:
        async with _around(app, own) as state:
            yield state

    return both


@asynccontextmanager
async def _around(app: Any, own: Lifespan | None) -> AsyncGenerator[Any]:
    from . import _state

    # A second lifespan in one process, as in tests, finds everything closed by the first one.
    open_again()
    _state.open_again()
    errors = current().errors
    current().flags.warm()
    store = _state.current()
    await store.arun(store.link.ready(1.0), False, 1.0)
    try:
        if own is None:
            yield None
        else:
            async with own(app) as state:
                yield state
    except Exception as error:
        errors.capture(error, "lifespan", None, None)
        raise
    finally:
        # In a thread: sending must not block the loop that it may need.
        await asyncio.get_running_loop().run_in_executor(None, shutdown)


def health_router(path: str = "/health") -> APIRouter:
    """A router with `GET` and `HEAD` of `/health`."""
    from fastapi import APIRouter
    from starlette.responses import JSONResponse

    from .health import ahealth

    router = APIRouter()

    async def report(_request: Request) -> Response:
        return JSONResponse(await ahealth(), headers={"cache-control": "no-store"})

    router.add_route(path, report, methods=["GET", "HEAD"], include_in_schema=False)
    return router


def tenant_of(
    find: Callable[[Request], str | Awaitable[str | None] | None],
) -> Callable[[Request], Awaitable[str | None]]:
    """A dependency that sets the tenant of a request, from the app's own data (`Depends(tenant_of(…))`)."""
    from starlette.requests import Request as StarletteRequest

    from .errors import set_tenant

    async def dependency(request: StarletteRequest) -> str | None:
        found = find(request)
        tenant = await found if isinstance(found, Awaitable) else found
        set_tenant(tenant)
        return tenant

    # FastAPI reads the types at run time.
    dependency.__annotations__["request"] = StarletteRequest
    return dependency
