"""Stands before everything the outside may ask: counts who proves nothing, seals every answer."""

from collections.abc import Mapping

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.web.rates import Rates
from bot.web.sealing import CLOSED, sealing
from core.texts import web as texts

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
_HEADERS: Mapping[str, str] = {
    **CLOSED,
    "content-security-policy": _POLICY,
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
_PROVED_NOTHING = frozenset({403, 404, 405})
_LATER = {"retry-after": "60"}


class Gate:
    """Whoever asks for what is not there, or is not theirs, too often has to wait: by client address."""

    def __init__(self, app: ASGIApp, strangers: Rates | None = None) -> None:
        self._app = app
        self._strangers = strangers or Rates(1.0, 60)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        sealed = sealing(send, _HEADERS)
        client = scope["client"][0] if scope.get("client") else ""
        length = Headers(scope=scope).get("content-length", "0")
        if not (length.isascii() and length.isdecimal() and len(length) < 16):
            await PlainTextResponse(status_code=400)(scope, receive, sealed)
            return
        if not self._strangers.allows(client):
            await PlainTextResponse(texts.TOO_OFTEN, 429, _LATER)(scope, receive, sealed)
            return

        async def counted(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] in _PROVED_NOTHING:
                self._strangers.charge(client)
            await sealed(message)

        await self._app(scope, receive, counted)
