"""python-telegram-bot's way to the network by aiohttp: a third of the cost of its own client a call.

httpx searches its whole pool on every call; with many calls in flight that is most of the work.
Errors are raised as `HTTPXRequest` raises them, their cause telling whether anything was sent.
"""

import json
from collections.abc import Mapping
from urllib.request import getproxies

import aiohttp
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

_NOT_SENT = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL)
_CONNECT_TIMEOUT = 10.0
_JSON = {"Content-Type": "application/json"}


class LineError(Exception):
    """What became of a request, by the name of aiohttp's error.

    That error itself is let go: it holds the address, and the address holds the token.
    """


class NotSentError(LineError):
    """Nothing can have reached the server."""


class AiohttpRequest(BaseRequest):
    """One pool of connections; opened by `initialize`, in the loop that uses it."""

    def __init__(self, connections: int, read_timeout: float = 20.0) -> None:
        self._connections = connections
        self._read_timeout = read_timeout
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        """Seconds to wait for an answer when a call names none."""
        return self._read_timeout

    async def initialize(self) -> None:
        """Open the pool."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections),
                # aiohttp asks the environment (and ~/.netrc, in a thread) at every call: a millisecond each.
                trust_env=not getproxies().keys().isdisjoint({"http", "https"}),
            )

    async def shutdown(self) -> None:
        """Close the pool."""
        if self._session is not None:
            await self._session.close()
            self._session = None

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
        """One request; raises `TimedOut` or `NetworkError`, caused by a `LineError`."""
        if self._session is None:
            problem = "the request is not initialised"
            raise RuntimeError(problem)
        wait = read_timeout if isinstance(read_timeout, int | float) else self._read_timeout
        timeout = aiohttp.ClientTimeout(total=None, sock_connect=_CONNECT_TIMEOUT, sock_read=wait)
        try:
            body, headers = _body(request_data)
            async with self._session.request(
                method, url, data=body, headers=headers, timeout=timeout, allow_redirects=False
            ) as answer:
                return answer.status, await answer.read()
        except (TimeoutError, aiohttp.ClientError) as error:
            name = type(error).__name__
            late = isinstance(error, TimeoutError)
            cause = NotSentError(name) if isinstance(error, _NOT_SENT) else LineError(name)
        raise (TimedOut() if late else NetworkError(name)) from cause


def _body(data: RequestData | None) -> tuple[bytes | aiohttp.FormData | None, Mapping[str, str]]:
    """The body and its type: JSON, or a form where files go along."""
    if data is None:
        return None, {}
    uploads = data.multipart_data
    if not uploads:
        return json.dumps(data.json_parameters).encode(), _JSON
    form = aiohttp.FormData(quote_fields=False)
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for field, (name, content, mime) in uploads.items():
        form.add_field(field, content, filename=name, content_type=mime or "application/octet-stream")
    return form, {}
