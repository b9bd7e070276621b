"""The Telegram emulator over HTTP, for clients in other processes: tests, crash tests, benches.

Run it as ``python -m bot.emulators.telegram_server --port 8081`` and point a bot at
``http://127.0.0.1:8081/bot`` and ``http://127.0.0.1:8081/file/bot``. What people do, and what a
judge wants to know, goes through ``/control/`` (see ``telegram_control``).
"""

from __future__ import annotations

import argparse
import asyncio
import json
import signal
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Final
from urllib.parse import unquote

from aiohttp import BodyPartReader, web

from bot.clock import SystemClock
from bot.emulators.telegram import (
    NO_FILES,
    TOKEN,
    ApiAnswer,
    BotApi,
    ConnectionDroppedError,
    Limits,
    ServerUnreachableError,
    UploadedFile,
)
from bot.emulators.telegram.errors import ApiError
from bot.emulators.telegram.json_types import JsonValue
from bot.emulators.telegram_control import control

_CHUNK: Final = 256 * 1024
_FORM: Final = "application/x-www-form-urlencoded"


class HttpEmulator:
    """Requests in, answers out, for the one bot whose token stands in the path."""

    def __init__(self, api: BotApi) -> None:
        self._api = api
        self._method_prefix = f"/bot{api.token}/"
        self._file_prefix = f"/file/bot{api.token}/"

    async def handle(self, request: web.BaseRequest) -> web.Response:
        """Answer one request; a dropped connection is closed without a word."""
        path = unquote(request.path)
        try:
            if path.startswith(self._method_prefix):
                return await self._method(request, path.removeprefix(self._method_prefix))
            if path.startswith(self._file_prefix):
                return self._file(path.removeprefix(self._file_prefix))
        except (ConnectionDroppedError, ServerUnreachableError):
            if request.transport is not None:
                request.transport.abort()
            return web.Response()
        if path.startswith("/control/"):
            return await self._control(request, path.removeprefix("/control/"))
        wrong_token = path.startswith(("/bot", "/file/bot"))
        return _refused(ApiError.unauthorized() if wrong_token else ApiError(404, "Not Found"))

    async def _method(self, request: web.BaseRequest, method: str) -> web.Response:
        params, files = await _read(request)
        return _sent(await self._api.call(method, params, files))

    def _file(self, path: str) -> web.Response:
        content = self._api.download(path)
        if content is None:
            return _refused(ApiError(404, "Not Found"))
        return web.Response(body=content, content_type="application/octet-stream")

    async def _control(self, request: web.BaseRequest, name: str) -> web.Response:
        body = await request.content.read()
        try:
            wanted: JsonValue = json.loads(body) if body else {}
        except ValueError:
            return _refused(ApiError.bad_request("not JSON"))
        return _sent(control(self._api, name, wanted))


@asynccontextmanager
async def serving(api: BotApi, port: int = 0, host: str = "127.0.0.1") -> AsyncIterator[str]:
    """Serve a ``BotApi`` while the block runs; yields the address, such as ``http://127.0.0.1:8081``.

    Port 0 takes a free one.
    """
    server = web.Server(HttpEmulator(api).handle, access_log=None)
    runner = web.ServerRunner(server, shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port, backlog=1024).start()
        bound_host, bound_port = runner.addresses[0][:2]
        yield f"http://{bound_host}:{bound_port}"
    finally:
        await runner.cleanup()


async def _read(request: web.BaseRequest) -> tuple[Mapping[str, object], Mapping[str, UploadedFile]]:
    """The parameters of a request, from the body in any of the three forms, and from the query."""
    kind = request.content_type
    query = dict(request.query) if request.query_string else {}
    if kind == "multipart/form-data":
        params, files = await _read_multipart(request)
        return {**query, **params}, files
    body = await request.content.read()
    if kind == _FORM:
        # A form is written like a query; aiohttp's own reader takes a tenth of the time of parse_qsl.
        form = request.rel_url.build(path="/", query_string=body.decode(), encoded=True).query
        return {**query, **form}, NO_FILES
    if kind == "application/json" and body:
        with suppress(ValueError):
            given: JsonValue = json.loads(body)
            if isinstance(given, dict):
                return {**query, **given}, NO_FILES
    return query, NO_FILES


async def _read_multipart(request: web.BaseRequest) -> tuple[dict[str, str], dict[str, UploadedFile]]:
    params: dict[str, str] = {}
    files: dict[str, UploadedFile] = {}
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or part.name is None:
            continue
        data = bytearray()
        while chunk := await part.read_chunk(_CHUNK):
            data += chunk
        if part.filename is None:
            params[part.name] = data.decode()
        else:
            files[part.name] = UploadedFile(part.filename, bytes(data), part.headers.get("Content-Type", ""))
    return params, files


def _sent(answer: ApiAnswer) -> web.Response:
    return web.Response(body=answer.payload(), status=answer.status, content_type="application/json")


def _refused(error: ApiError) -> web.Response:
    return _sent(ApiAnswer(error.status, error.body()))


def _arguments(given: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="telegram_server", description=__doc__.splitlines()[0])
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--token", default=TOKEN)
    parser.add_argument("--latency-ms", type=float, default=0.0, help="wait before every answer")
    parser.add_argument("--overall-per-second", type=int, help="answer 429 above this rate")
    parser.add_argument("--chat-per-second", type=int, help="the same for one private chat")
    parser.add_argument("--punish-seconds", type=int, default=0, help="refuse everything so long after a 429")
    return parser.parse_args(given)


async def run(arguments: argparse.Namespace) -> None:
    """Serve until SIGTERM or SIGINT; the first line printed is the address."""
    limits = Limits(
        overall_per_second=arguments.overall_per_second,
        chat_per_second=arguments.chat_per_second,
        punish_seconds=arguments.punish_seconds,
    )
    api = BotApi(SystemClock().now, token=arguments.token, limits=limits)
    api.latency = arguments.latency_ms / 1000
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    with suppress(NotImplementedError):  # Windows has no signal handlers in the loop; Ctrl-C still ends it.
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, stopped.set)
    async with serving(api, arguments.port, arguments.host) as address:
        sys.stdout.write(address + "\n")
        sys.stdout.flush()
        await stopped.wait()


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        asyncio.run(run(_arguments(sys.argv[1:])))
