"""The emulator as a web application, and as a transport of httpx that needs no network."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.emulators.zalo.api import Answer, ZaloServer
from bot.emulators.zalo.server import ConnectionDroppedError, ServerUnreachableError
from bot.emulators.zalo.state import JsonValue

#: Who asks where there is no network.
_NOBODY = ("nobody", 0)


def application(server: ZaloServer) -> Starlette:
    """Bot API and media host of one bot."""

    async def method(request: Request) -> Response:
        if request.path_params["token"] != server.token:
            return _sent(server.unauthorized())
        fields = await _fields(request)
        try:
            return _sent(await server.call(request.path_params["method"], fields))
        except ConnectionDroppedError:
            if request.scope.get("client") == _NOBODY:
                raise
            return _Cut()

    async def media(request: Request) -> Response:
        status, content, mime = server.media(request.path_params["name"])
        return Response(content, status, media_type=mime)

    return Starlette(
        routes=[
            Route("/bot{token}/{method}", method, methods=["GET", "POST"]),
            Route("/media/{name}", media),
        ]
    )


def transport_to(site: ASGIApp) -> httpx.AsyncBaseTransport:
    """The way to a site in this process, for a platform that fetches pictures from it."""
    return httpx.ASGITransport(site)


class EmulatorTransport(httpx.AsyncBaseTransport):
    """Hands every request to the application; fails as the network does."""

    def __init__(self, server: ZaloServer) -> None:
        self._inner = httpx.ASGITransport(application(server), client=_NOBODY)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """One request, with the time its caller gives it."""
        wait = request.extensions.get("timeout", {}).get("read")
        try:
            async with asyncio.timeout(wait):
                return await self._inner.handle_async_request(request)
        except TimeoutError:
            raise httpx.ReadTimeout("", request=request) from None
        except ServerUnreachableError:
            raise httpx.ConnectError("All connection attempts failed", request=request) from None
        except ConnectionDroppedError:
            closed = "Server disconnected without sending a response."
            raise httpx.RemoteProtocolError(closed, request=request) from None


class _Cut(Response):
    """An answer that ends before it begins: a server that serves it closes the connection."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = [(b"content-length", b"100")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})


async def _fields(request: Request) -> Mapping[str, JsonValue]:
    """Parameters from the query and from a body in any of the three forms."""
    fields: dict[str, JsonValue] = dict(request.query_params)
    kind = request.headers.get("Content-Type", "").partition(";")[0]
    if kind in {"application/x-www-form-urlencoded", "multipart/form-data"}:
        async with request.form() as form:
            return {**fields, **{key: value for key, value in form.items() if isinstance(value, str)}}
    body = await request.body()
    try:
        given: JsonValue = json.loads(body) if body else {}
    except ValueError:
        given = {}
    return {**fields, **given} if isinstance(given, dict) else fields


def _sent(answer: Answer) -> Response:
    if answer.raw is not None:
        return Response(answer.raw, answer.status, media_type="text/html")
    return JSONResponse(answer.body, answer.status)
