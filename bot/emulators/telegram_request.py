"""python-telegram-bot's way to the emulator without a network: a request class in place of httpx."""

from __future__ import annotations

import asyncio
from urllib.parse import unquote, urlsplit

import httpx
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.emulators.telegram import (
    ApiAnswer,
    BotApi,
    ConnectionDroppedError,
    ServerUnreachableError,
    UploadedFile,
)
from bot.emulators.telegram.errors import ApiError


class EmulatorRequest(BaseRequest):
    """Hands every request of a ``Bot`` to a ``BotApi``: one as ``request``, one as ``get_updates_request``.

    Fails as PTB's own HTTPXRequest does: with ``NetworkError`` or ``TimedOut`` caused by the httpx
    error that tells what happened.
    """

    def __init__(self, api: BotApi, read_timeout: float | None = 5.0) -> None:
        self._api = api
        self._read_timeout = read_timeout

    @property
    def read_timeout(self) -> float | None:
        """The time to wait for an answer when a call names none, in seconds."""
        return self._read_timeout

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,
        connect_timeout: object = BaseRequest.DEFAULT_NONE,
        pool_timeout: object = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """One request: a method call, or the download of a file."""
        timeout = self._read_timeout
        if read_timeout is None or isinstance(read_timeout, int | float):
            timeout = read_timeout
        try:
            async with asyncio.timeout(timeout):
                return await self._answer(url, request_data)
        except TimeoutError:
            raise TimedOut from httpx.ReadTimeout("")
        except ServerUnreachableError:
            refused = httpx.ConnectError("All connection attempts failed")
            raise NetworkError(f"httpx.ConnectError: {refused}") from refused
        except ConnectionDroppedError:
            dropped = httpx.RemoteProtocolError("Server disconnected without sending a response.")
            raise NetworkError(f"httpx.RemoteProtocolError: {dropped}") from dropped

    async def _answer(self, url: str, data: RequestData | None) -> tuple[int, bytes]:
        parts = [unquote(part) for part in urlsplit(url).path.split("/") if part]
        place = parts.index(f"bot{self._api.token}") if f"bot{self._api.token}" in parts else -1
        if place < 0:
            return _sent(ApiError.unauthorized())
        if place > 0 and parts[place - 1] == "file":
            content = self._api.download("/".join(parts[place + 1 :]))
            return _sent(ApiError(404, "Not Found")) if content is None else (200, content)
        answer = await self._api.call(
            parts[place + 1] if len(parts) > place + 1 else "",
            data.json_parameters if data is not None else {},
            _files(data),
        )
        return answer.status, answer.payload()


def _sent(error: ApiError) -> tuple[int, bytes]:
    return error.status, ApiAnswer(error.status, error.body()).payload()


def _files(data: RequestData | None) -> dict[str, UploadedFile]:
    multipart = data.multipart_data if data is not None else None
    files: dict[str, UploadedFile] = {}
    for field, (name, content, mime) in (multipart or {}).items():
        files[field] = UploadedFile(name, content if isinstance(content, bytes) else content.read(), mime)
    return files
