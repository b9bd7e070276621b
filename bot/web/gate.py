"""Stands before everything the outside may ask: seals every answer, and tires of who proves nothing."""

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
    "permissions-policy": "geolocation=(), microphone=()",
}
_PROVED_NOTHING = frozenset({403, 404, 405})
_LATER = {"retry-after": "60"}


class Gate:
    """Whoever asks for what is not there, or is not theirs, too often is told to wait: by client address.

    Many people share an address, and all of them where a proxy hides theirs. So whoever has a good address
    or secret is let through, whatever their neighbours do.
    """

    def __init__(self, app: ASGIApp, strangers: Rates | None = None) -> None:
        self._app = app
        self._strangers = strangers or Rates(1.0, 60)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        sealed = sealing(send, _HEADERS)
        length = Headers(scope=scope).get("content-length", "0")
        if not (length.isascii() and length.isdecimal() and len(length) < 16):
            await PlainTextResponse(status_code=400)(scope, receive, sealed)
            return
        client = scope["client"][0] if scope.get("client") else ""
        tired = False

        async def judged(message: Message) -> None:
            nonlocal tired
            if message["type"] == "http.response.start" and message["status"] in _PROVED_NOTHING:
                tired = not self._strangers.take(client)
                if tired:
                    await PlainTextResponse(texts.TOO_OFTEN, 429, _LATER)(scope, receive, sealed)
            if not tired:
                await sealed(message)

        await self._app(scope, receive, judged)
