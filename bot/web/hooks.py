"""Where platforms post what comes in: the secret first, then the size, then the content; kept, then told."""

import asyncio
import hmac
from collections.abc import Mapping

import structlog
from starlette.requests import Request
from starlette.responses import Response

from bot.channels.base import Channel
from bot.web.letterbox import Letterbox
from bot.web.sealing import TooBigError

_log = structlog.get_logger()
#: One update; 1 MB is many times what either platform sends.
BODY_LIMIT = 1024 * 1024
_SECONDS = 10.0
_COME_AGAIN = {"retry-after": "5"}
#: Telegram's name for it and Zalo's.
_SECRET_HEADERS = ("x-telegram-bot-api-secret-token", "x-bot-api-secret-token")


class Hooks:
    """The hooks of some channels; `secrets` are what their platforms have to say."""

    def __init__(self, channels: Mapping[str, Channel], secrets: Mapping[str, str], box: Letterbox) -> None:
        self._channels = channels
        self._secrets = secrets
        self._box = box

    async def post(self, request: Request) -> Response:
        """200 once the update is on disk; 503 to have it posted again; never 410, which ends a webhook."""
        name = request.path_params["channel"]
        secret = self._secrets.get(name)
        if secret is None:
            return Response(status_code=404)
        if not _proven(request, secret):
            return Response(status_code=403)
        channel = self._channels[name]
        try:
            async with asyncio.timeout(_SECONDS):
                body = await _body(request)
        except TimeoutError:
            return Response(status_code=408)
        try:
            arrival = channel.arrival(body)
        except ValueError as error:
            # Posted again it would be the same: it is noted, not refused.
            _log.warning("post_not_understood", channel=name, error=type(error).__name__, size=len(body))
            return Response()
        if arrival is None or await self._box.keep(arrival):
            return Response()
        return Response(status_code=503, headers=_COME_AGAIN)


def _proven(request: Request, secret: str) -> bool:
    """Whether the platform has proven itself, as bytes: a header may hold anything."""
    told = [value for name, value in request.scope["headers"] if name.decode("latin-1") in _SECRET_HEADERS]
    return len(told) == 1 and hmac.compare_digest(told[0], secret.encode())


async def _body(request: Request) -> bytes:
    length = request.headers.get("content-length", "0")
    if not length.isdecimal() or int(length) > BODY_LIMIT:
        raise TooBigError
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > BODY_LIMIT:
            raise TooBigError
    return bytes(body)
