"""The page for sending files: looked at, filled file by file, sent once.

The address is the key to it. With its script each file comes by a request of its own and waits on the shelf;
without, the form brings all of them. Either way «Gửi» makes one arrival of what lies there.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from zoneinfo import ZoneInfo

import structlog
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import Message, Receive

from bot.clock import Clock
from bot.web.pages import page, told
from bot.web.rates import Rates
from bot.web.sealing import TooBigError, counting
from bot.web.signing import ExpiredError, ForgedError, Signer
from bot.web.tray import PICKED, TOTAL, Tray, TurnedError
from core.texts import web as texts
from core.vietnamese import file_size
from services.uploads import PageFacts, PageState

_log = structlog.get_logger()
_SILENCE = 30.0
"""Seconds without a byte after which whoever sends is given up."""
_LONGEST = 1800.0
"""Seconds that anything may take in all: 20 MB at 12 KB a second."""
_FORMS = 4
"""Forms read at one time: what they bring lies in temporary files meanwhile."""
_FORM_SLACK = 256 * 1024
_MORE = 20
"""Files beyond what a page takes that are each refused by name."""
_SMALL = 4096
_GONE = 410

Act = Callable[[Request, PageFacts], Awaitable[Response]]


class _ClosedError(Exception):
    """The page cannot be used; `answer` says why."""

    def __init__(self, answer: Response) -> None:
        super().__init__(answer.status_code)
        self.answer = answer


class UploadPages:
    """All pages for sending files."""

    def __init__(
        self, signer: Signer, tray: Tray, clock: Clock, zone: ZoneInfo, rates: Rates | None = None
    ) -> None:
        self._signer = signer
        self._tray = tray
        self._clock = clock
        self._zone = zone
        self._rates = rates or Rates(3.0, 90)
        self._forms = asyncio.Semaphore(_FORMS)

    def routes(self) -> list[Route]:
        """Where the pages are."""
        return [
            Route("/u/{token}", self._page(self._show), methods=["GET"]),
            Route("/u/{token}", self._page(self._form), methods=["POST"]),
            Route("/u/{token}/offer", self._script(self._offer), methods=["POST"]),
            Route("/u/{token}/file", self._script(self._file), methods=["POST"]),
            Route("/u/{token}/remove", self._script(self._remove), methods=["POST"]),
            Route("/u/{token}/finish", self._script(self._finish), methods=["POST"]),
        ]

    def _page(self, act: Act) -> Callable[[Request], Awaitable[Response]]:
        """An act that is answered by a page."""

        async def answer(request: Request) -> Response:
            try:
                async with asyncio.timeout(_LONGEST):
                    return await act(request, await self._open(request))
            except _ClosedError as closed:
                return closed.answer
            except TooBigError:
                return told(texts.TITLE, texts.TOO_MUCH_AT_ONCE, status=413)
            except HTTPException:
                return told(texts.TITLE, texts.UNREADABLE, status=400)
            except (TimeoutError, ClientDisconnect):
                return told(texts.BUSY_TITLE, texts.CUT_OFF, status=408)
            except Exception:  # noqa: BLE001 - whatever the database does, nothing is lost by trying again
                _log.exception("page_failed")
                return told(texts.BUSY_TITLE, texts.BUSY_PAGE, status=503)

        return answer

    def _script(self, act: Act) -> Callable[[Request], Awaitable[Response]]:
        """An act of the script: a `message` tells what went wrong, `closed` to read the page anew."""

        async def answer(request: Request) -> Response:
            try:
                async with asyncio.timeout(_LONGEST):
                    return await act(request, await self._open(request))
            except _ClosedError as closed:
                if closed.answer.status_code == 429:
                    return _no(texts.TOO_OFTEN, 429, again=True)
                return JSONResponse({"closed": True, "message": texts.BUSY}, 409)
            except TurnedError as turned:
                return _no(turned.sentence, 422, again=turned.again)
            except TooBigError:
                return _no(texts.too_much(TOTAL), 413)
            except (TimeoutError, ClientDisconnect):
                return _no(texts.CUT_OFF, 408, again=True)
            except Exception:  # noqa: BLE001 - as above
                _log.exception("page_failed")
                return _no(texts.BUSY, 503, again=True)

        return answer

    async def _open(self, request: Request) -> PageFacts:
        """The page of this address, if it can be used. Raises `_ClosedError`."""
        try:
            number = self._signer.read_upload(request.path_params["token"], self._clock.now())
        except ForgedError:
            raise _ClosedError(told(texts.FORGED_TITLE, texts.FORGED, status=404)) from None
        except ExpiredError:
            raise _ClosedError(_expired("")) from None
        if not self._rates.take(str(number)):
            raise _ClosedError(told(texts.TOO_OFTEN_TITLE, texts.TOO_OFTEN, status=429))
        facts = await self._tray.look(number)
        if facts is None:
            raise _ClosedError(_expired(""))
        if facts.state is not PageState.OPEN:
            raise _ClosedError(self._closed(facts))
        return facts

    def _closed(self, facts: PageFacts) -> Response:
        """Why a page that was ours is none any more, and what was sent by it."""
        what = texts.for_what(facts.what)
        if facts.state is PageState.VOID:
            return told(texts.VOID_TITLE, texts.VOID, texts.BACK, status=_GONE)
        if facts.state is PageState.EXPIRED:
            return _expired(what)
        names = self._tray.sent(facts.number)
        title = texts.SENT_TITLE if names else texts.USED_TITLE
        sentences = (texts.CHECKED, texts.USED, texts.ASK_AGAIN)
        return told(title, *sentences, what=what, names=names, arrived=texts.arrived(names))

    async def _show(self, _request: Request, facts: PageFacts) -> Response:
        return self._shown(facts)

    def _shown(self, facts: PageFacts, refused: Sequence[tuple[str, str]] = (), note: str = "") -> Response:
        """The open page, with what lies on it and what was just refused."""
        lying = self._tray.lying(facts.number)
        return page(
            "upload.html",
            title=texts.TITLE,
            what=texts.for_what(facts.what),
            whom=texts.for_whom(facts.given_name),
            limits=texts.limits(facts.most, facts.file_bytes),
            until=texts.until(facts.expires_at.astimezone(self._zone)),
            most=facts.most,
            accept=PICKED,
            pick=texts.PICK,
            files_heading=texts.FILES,
            arrived=texts.ARRIVED,
            remove=texts.REMOVE,
            send=texts.SEND,
            one_use=texts.ONE_USE,
            not_yours=texts.NOT_YOURS,
            told=note or (texts.ready(len(lying)) if lying else ""),
            refused=[{"name": name, "why": why} for name, why in refused],
            lying=[
                {"name": one.name, "size": file_size(one.size), "part": one.ref.rpartition(".")[2]}
                for one in lying
            ],
            words=json.dumps(dict(texts.SCRIPT), ensure_ascii=False),
        )

    async def _offer(self, request: Request, facts: PageFacts) -> Response:
        """Would a file be taken? Asked before it is sent, so that nobody waits for a refusal."""
        asked = await _small(request)
        name, size = asked.get("name"), asked.get("size")
        if not isinstance(name, str) or not isinstance(size, int):
            return Response(status_code=400)
        try:
            self._tray.require(facts, name, size)
        except TurnedError as turned:
            return _no(turned.sentence, 200, again=turned.again)
        return JSONResponse({})

    async def _file(self, request: Request, facts: PageFacts) -> Response:
        """One file, its name in the query, its bytes the body."""
        length = int(request.headers.get("content-length", "0"))
        name = request.query_params.get("name", "")[:500]
        mime = request.headers.get("content-type", "")
        shelved = await self._tray.take(facts, name, mime, length, _steadily(request))
        part = shelved.ref.rpartition(".")[2]
        return JSONResponse({"part": part, "name": shelved.name, "size": shelved.size})

    async def _remove(self, request: Request, facts: PageFacts) -> Response:
        part = (await _small(request)).get("part")
        if not isinstance(part, str) or not await self._tray.remove(facts.number, part):
            return _no(texts.GONE_ALREADY, 409)
        return JSONResponse({})

    async def _finish(self, request: Request, facts: PageFacts) -> Response:
        if await self._tray.finish(facts.number):
            return JSONResponse({})
        if self._tray.lying(facts.number):
            return JSONResponse({"closed": True}, 409)
        return _no(texts.NOTHING_YET, 409)

    async def _form(self, request: Request, facts: PageFacts) -> Response:
        """Everything at once, from a browser without our script."""
        most = min(TOTAL, facts.most * facts.file_bytes) + _FORM_SLACK
        if int(request.headers.get("content-length", "0")) > most:
            raise TooBigError
        refused: list[tuple[str, str]] = []
        async with self._forms:
            counted = Request(request.scope, counting(_hurried(request.receive), most))
            async with counted.form(max_files=facts.most + _MORE, max_fields=8) as form:
                for one in form.getlist("files"):
                    if isinstance(one, UploadFile) and one.filename:
                        refused += await self._taken(facts, one)
                remove, finish = form.get("remove"), form.get("finish")
        if isinstance(remove, str):
            await self._tray.remove(facts.number, remove)
            return RedirectResponse(request.url.path.rpartition("/")[2], 303)
        if refused:
            return self._shown(facts, refused)
        if finish and not self._tray.lying(facts.number):
            return self._shown(facts, note=texts.NOTHING_YET)
        if finish:
            await self._tray.finish(facts.number)
        return RedirectResponse(request.url.path.rpartition("/")[2], 303)

    async def _taken(self, facts: PageFacts, one: UploadFile) -> list[tuple[str, str]]:
        """Why a file of the form was not taken, if it was not."""
        name = one.filename or ""
        try:
            await self._tray.take(facts, name, one.content_type or "", one.size or 0, _read(one))
        except TurnedError as turned:
            return [(name, turned.sentence)]
        return []


def _expired(what: str) -> Response:
    sentences = (texts.EXPIRED, texts.BACK, texts.ASK_AGAIN)
    return told(texts.EXPIRED_TITLE, *sentences, status=_GONE, what=what)


def _no(sentence: str, status: int, *, again: bool = False) -> Response:
    return JSONResponse({"message": sentence, "again": again}, status)


async def _small(request: Request) -> dict[str, object]:
    """A short order of the script; what is none is empty."""
    body = b""
    async for piece in _steadily(request):
        body += piece
        if len(body) > _SMALL:
            raise TooBigError
    try:
        asked = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return asked if isinstance(asked, dict) else {}


async def _steadily(request: Request) -> AsyncIterator[bytes]:
    """The body, as long as it keeps coming. Raises TimeoutError or ClientDisconnect."""
    pieces = request.stream()
    while True:
        try:
            async with asyncio.timeout(_SILENCE):
                piece = await anext(pieces)
        except StopAsyncIteration:
            return
        yield piece


def _hurried(receive: Receive) -> Receive:
    """A body that has to keep coming."""

    async def received() -> Message:
        async with asyncio.timeout(_SILENCE):
            return await receive()

    return received


async def _read(file: UploadFile) -> AsyncIterator[bytes]:
    while piece := await file.read(1024 * 1024):
        yield piece
