"""Calls to Zalo's Bot API over httpx: each brings a result, or a failure that tells how it failed."""

import json
from collections.abc import Mapping

import httpx

BASE_URL = "https://bot-api.zaloplatforms.com"
_CONNECT_TIMEOUT = 10.0
_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)

#: What Zalo answers to a poll when nothing came (its documents call it an error; it is the idle path).
NOTHING_CAME = 408


class ZaloError(Exception):
    """A call without a result: the `code` Zalo told, or 0 when it told nothing.

    `certain` says that it did not reach Zalo. The httpx error is let go: it holds the address, and the
    address holds the token. What Zalo writes as a description is let go too: its wording is not documented.
    """

    def __init__(self, code: int, why: str, *, certain: bool = False) -> None:
        super().__init__(f"{why} {code}" if code else why)
        self.code = code
        self.why = why
        self.certain = certain


class ZaloApi:
    """One bot's methods at one server, by one pool of connections. `bot` is its number, as the token says."""

    def __init__(
        self,
        token: str,
        base_url: str = BASE_URL,
        *,
        transport: httpx.AsyncBaseTransport | None = None,
        connections: int = 8,
    ) -> None:
        self.bot = token.partition(":")[0]
        self._address = f"{base_url.rstrip('/')}/bot{token}"
        self._transport = transport
        self._connections = connections
        self._client: httpx.AsyncClient | None = None

    async def close(self) -> None:
        """Close the pool."""
        if self._client is not None:
            await self._client.aclose()
            self._client = None

    async def call(
        self, method: str, fields: Mapping[str, str | int] | None = None, *, wait: float = 20.0
    ) -> object:
        """The result of one call, waited for so many seconds. Raises `ZaloError`."""
        try:
            answer = await self._pool().post(
                f"{self._address}/{method}",
                json=dict(fields or {}),
                timeout=httpx.Timeout(wait, connect=_CONNECT_TIMEOUT),
            )
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as error:
            why, certain = type(error).__name__, isinstance(error, _NOT_SENT)
        else:
            return _result(answer)
        raise ZaloError(0, why, certain=certain)

    def _pool(self) -> httpx.AsyncClient:
        """Made at the first call: the encryption's certificates take a moment to read."""
        if self._client is None:
            limits = httpx.Limits(max_connections=self._connections)
            self._client = httpx.AsyncClient(transport=self._transport, limits=limits)
        return self._client


def _result(answer: httpx.Response) -> object:
    """What was answered; `ok` may be false although the status is 200. Raises `ZaloError`."""
    try:
        told = json.loads(answer.content)
    except (ValueError, RecursionError):
        raise ZaloError(answer.status_code, "no JSON") from None
    if not isinstance(told, dict):
        raise ZaloError(answer.status_code, "no object")
    if told.get("ok") is True and answer.is_success:
        return told.get("result")
    # One family of errors writes the code in camel case; a code of nought stands beside successes.
    codes = (told.get("error_code"), told.get("errorCode"), answer.status_code)
    code = next(one for one in codes if type(one) is int and (one >= 400 or one is codes[2]))
    raise ZaloError(code, "refused")
