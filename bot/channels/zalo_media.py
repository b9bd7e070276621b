"""Photos fetched from where Zalo says they lie, and from nowhere else.

The address comes with a message, so somebody who can forge one could send us anywhere: only Zalo's own
hosts are asked, by https, at a public address that was looked up before and is not looked up again.
"""

import asyncio
import ipaddress
import socket
from collections.abc import Awaitable, Callable, Sequence

import httpx
import structlog

from bot.channels.base import FetchFailedError, FileGoneError, FileTooBigError

Resolve = Callable[[str], Awaitable[Sequence[str]]]

HOSTS = ("zdn.vn", "zadn.vn")
_log = structlog.get_logger()
#: Zalo says nothing of how large a photo may be; those seen had below 1 MB.
_MOST_BYTES = 25 * 1024 * 1024
_TIMEOUT = 60.0
_GONE = {403, 404, 410}


async def resolve(host: str) -> Sequence[str]:
    """The addresses the system knows for a host."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, 443, type=socket.SOCK_STREAM)
    return [str(one[4][0]) for one in found]


class ZaloMedia:
    """The hosts photos may come from: endings of names, or on trial whole origins (`http://127.0.0.1:80`)."""

    def __init__(
        self,
        hosts: Sequence[str] = HOSTS,
        *,
        transport: httpx.AsyncBaseTransport | None = None,
        resolver: Resolve = resolve,
    ) -> None:
        self._origins = {one.rstrip("/") for one in hosts if "://" in one}
        self._endings = tuple(f".{one.strip('.').lower()}" for one in hosts if one and "://" not in one)
        self._transport = transport
        self._resolver = resolver
        self._client: httpx.AsyncClient | None = None

    async def close(self) -> None:
        """Close the pool."""
        if self._client is not None:
            await self._client.aclose()
            self._client = None

    async def read(self, link: str) -> bytes:
        """The bytes behind a link. Raises `FileGoneError`, `FileTooBigError` or `FetchFailedError`.

        A link that is not Zalo's will never be: it counts as gone.
        """
        url = _parsed(link)
        if url is None or not self._ours(url):
            _log.error("photo_host_refused", host=url.host if url else "")
            raise FileGoneError
        try:
            async with asyncio.timeout(_TIMEOUT):
                return await self._read(url)
        except (httpx.HTTPError, httpx.StreamError, OSError, ValueError) as error:
            why = type(error).__name__
        raise FetchFailedError(why)

    def _ours(self, url: httpx.URL) -> bool:
        if self._trusted(url):
            return True
        plain = url.scheme == "https" and url.port in {None, 443} and not url.userinfo
        return plain and f".{url.host.lower()}".endswith(self._endings) and not _is_number(url.host)

    def _trusted(self, url: httpx.URL) -> bool:
        return not url.userinfo and f"{url.scheme}://{url.netloc.decode()}" in self._origins

    async def _read(self, url: httpx.URL) -> bytes:
        headers, extensions = {"Host": url.netloc.decode()}, {}
        if not self._trusted(url):
            # Asked is the address that was judged; the name still is what the certificate must be of.
            extensions["sni_hostname"] = url.host
            url = url.copy_with(host=await self._public_address(url.host))
        if self._client is None:
            self._client = httpx.AsyncClient(transport=self._transport, timeout=20.0)
        async with self._client.stream("GET", url, headers=headers, extensions=extensions) as answer:
            if answer.status_code in _GONE:
                raise FileGoneError
            if answer.status_code != httpx.codes.OK:
                # A way to elsewhere is not followed either.
                problem = f"status {answer.status_code}"
                raise FetchFailedError(problem)
            return await _at_most(answer, _MOST_BYTES)

    async def _public_address(self, host: str) -> str:
        """One address of a host, all of which have to be public; version 4 works in more networks."""
        found = await self._resolver(host)
        if not found or not all(map(_is_public, found)):
            _log.error("photo_host_refused", host=host)
            problem = "no public address"
            raise FetchFailedError(problem)
        return min(found, key=lambda one: ":" in one)


async def _at_most(answer: httpx.Response, most: int) -> bytes:
    content = bytearray()
    async for piece in answer.aiter_bytes():
        content += piece
        if len(content) > most:
            raise FileTooBigError
    return bytes(content)


def _parsed(link: str) -> httpx.URL | None:
    try:
        url = httpx.URL(link)
    except (httpx.InvalidURL, ValueError, TypeError):
        return None
    return url if url.host else None


def _is_public(address: str) -> bool:
    found = ipaddress.ip_address(address.partition("%")[0])
    return (getattr(found, "ipv4_mapped", None) or found).is_global


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True
