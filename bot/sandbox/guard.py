"""Who may talk to the page's server: its own page in a browser on this machine, and nobody else.

A page elsewhere that has its name pointed at this machine sends that name as Host; one that posts here
sends its own Origin. Both are turned away before anything is read. Everything under /api/ also needs the
key, which only a page served from here can know.
"""

import hmac
from urllib.parse import parse_qs

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.web.sealing import CLOSED, counting, sealing
from core.texts import sandbox as texts

BODY_LIMIT = 48 * 1024 * 1024
KEY_HEADER = "x-sandbox-key"
_HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
        "img-src 'self' data: blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    **CLOSED,
}


class Guard:
    """Stands before the page's server, which listens on `port` of this machine."""

    def __init__(self, app: ASGIApp, port: int, key: str) -> None:
        self._app = app
        self._hosts = {f"127.0.0.1:{port}", f"localhost:{port}"}
        self._origins = {f"http://{host}" for host in self._hosts}
        self._key = key

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Turn a request away, or let it through with its body counted and its answer sealed."""
        if scope["type"] != "http":
            return
        sealed = sealing(send, _HEADERS)
        turned_away = self._turned_away(scope)
        if turned_away is not None:
            await turned_away(scope, receive, sealed)
            return
        await self._app(scope, counting(receive, BODY_LIMIT), sealed)

    def _turned_away(self, scope: Scope) -> PlainTextResponse | None:
        headers = Headers(scope=scope)
        origin = headers.get("origin")
        if headers.get("host") not in self._hosts or (origin is not None and origin not in self._origins):
            return PlainTextResponse(texts.FOREIGN, 403)
        if str(scope["path"]).startswith("/api/"):
            if headers.get("sec-fetch-site", "same-origin") != "same-origin":
                return PlainTextResponse(texts.FOREIGN, 403)
            if not hmac.compare_digest(_key_of(scope, headers).encode(), self._key.encode()):
                return PlainTextResponse(texts.NO_KEY, 403)
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > BODY_LIMIT:
            return PlainTextResponse(texts.TOO_BIG, 413)
        return None


def _key_of(scope: Scope, headers: Headers) -> str:
    """From the header, or from the query for what cannot set one: an EventSource."""
    told = headers.get(KEY_HEADER)
    if told is None and scope["path"] == "/api/events":
        told = parse_qs(scope["query_string"].decode("latin-1")).get("key", [""])[0]
    return told or ""
