"""Files for people whose channel carries none, and pictures for platforms that fetch them themselves."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from bot.clock import Clock
from bot.web.pages import told
from bot.web.rates import Rates
from bot.web.signing import Download, ExpiredError, ForgedError, Signer
from core.texts import web as texts

#: A picture or document that got into a browser after all may do nothing there.
_POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"


class Downloads:
    """Hands out cleaned copies: `place` says where one lies, as the file store names it."""

    def __init__(
        self, signer: Signer, place: Callable[[str], Path], clock: Clock, rates: Rates | None = None
    ) -> None:
        self._signer = signer
        self._place = place
        self._clock = clock
        self._rates = rates or Rates(20.0, 200)

    async def fetch(self, request: Request) -> Response:
        """The bytes, any number of times until the address expires."""
        try:
            wanted = self._signer.read_download(request.path_params["token"], self._clock.now())
        except ForgedError:
            return told(texts.FORGED_TITLE, texts.FORGED, status=404)
        except ExpiredError:
            return told(texts.FILE_GONE_TITLE, texts.FILE_EXPIRED, status=410)
        if not self._rates.take(wanted.sha256):
            return told(texts.TOO_OFTEN_TITLE, texts.TOO_OFTEN, status=429)
        path = self._place(wanted.sha256)
        if not path.is_file():
            return told(texts.FILE_GONE_TITLE, texts.FILE_GONE, status=404)
        return FileResponse(path, media_type=wanted.mime, headers=_headers(wanted))


def _headers(wanted: Download) -> dict[str, str]:
    """A name people can read, written as RFC 5987 has it; a picture is shown, anything else is saved."""
    kind = "inline" if wanted.photo else "attachment"
    plain = "".join(letter if letter.isascii() and letter not in '"\\%' else "_" for letter in wanted.name)
    written = quote(wanted.name, safe="")
    return {
        "content-disposition": f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{written}",
        "content-security-policy": _POLICY,
        "cross-origin-resource-policy": "cross-origin" if wanted.photo else "same-origin",
    }
