"""The page and what its script may ask for."""

import html
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import date
from importlib import resources
from urllib.parse import quote

from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.sandbox import hands
from bot.sandbox.game import DAY, HOUR, Game
from bot.sandbox.guard import Guard
from bot.sandbox.world import PAGES, SKINS, SorryError
from bot.web.sealing import TooBigError
from core.texts import sandbox as texts

FILES_AT_ONCE = 10
TEXT_LIMIT = 4096
_PING_SECONDS = 20

Act = Callable[[Request], Awaitable[None]]


def page_app(game: Game, port: int, key: str) -> ASGIApp:
    """The server of the page, behind its guard."""
    desk = _Desk(game, key)
    acts: dict[str, Act] = {
        "say": desk.say,
        "tap": desk.tap,
        "join": desk.join,
        "block": desk.block,
        "time": desk.time,
        "fault": desk.fault,
        "reset": desk.reset,
    }
    routes = [
        Route("/", desk.page),
        Route("/page.js", _asset("page.js", "text/javascript")),
        Route("/page.css", _asset("page.css", "text/css")),
        Mount(PAGES, desk.pages),
        Route("/api/events", desk.events),
        Route("/api/file/{skin}/{name}", desk.file),
        Route("/api/transcript/{skin}/{key}", desk.transcript),
        *(Route(f"/api/{name}", _answering(act), methods=["POST"]) for name, act in acts.items()),
    ]
    app = Starlette(routes=routes, exception_handlers={SorryError: _sorry, TooBigError: _too_big})
    return Guard(app, port, key)


class _Desk:
    """Requests in, acts out."""

    def __init__(self, game: Game, key: str) -> None:
        self._game = game
        self._key = key

    async def page(self, request: Request) -> Response:
        """The page, with its words and its key filled in."""
        return HTMLResponse(_filled(_read("page.html"), self._key))

    async def pages(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The house's own pages for files, which need no key: their addresses are known to nobody else."""
        site = self._game.world.house.site
        assert site is not None
        await site.app(scope, receive, send)

    async def events(self, request: Request) -> Response:
        """What the page shows, as it changes; a page that comes back is told what it missed."""
        told = request.headers.get("last-event-id", "")
        return EventSourceResponse(
            self._changes(int(told) if told.isascii() and told.isdigit() else 0), ping=_PING_SECONDS
        )

    async def _changes(self, seen: int) -> AsyncIterator[ServerSentEvent]:
        board = self._game.board
        board.readers += 1
        try:
            while not self._game.stopped:
                for number, topic, state in board.after(seen):
                    seen = number
                    yield ServerSentEvent(data=f'{{"topic":"{topic}","state":{state}}}', id=str(number))
                await board.news(seen)
        finally:
            board.readers -= 1

    async def file(self, request: Request) -> Response:
        """A file on a screen; never as something a browser would run."""
        path = request.path_params
        data = hands.file_of(self._game.world, path["skin"], path["name"])
        return Response(data, media_type="application/octet-stream")

    async def transcript(self, request: Request) -> Response:
        """A conversation as plain text."""
        world, key, skin = self._game.world, request.path_params["key"], request.path_params["skin"]
        world.figure(key)
        if skin not in SKINS:
            raise SorryError(texts.NOT_THERE)
        name = quote(f"hoi-thoai-{key}-{skin}.txt")
        return Response(
            world.transcripts[key, skin].plain(world.zone),
            media_type="text/plain; charset=utf-8",
            headers={"content-disposition": f"attachment; filename={name}"},
        )

    async def say(self, request: Request) -> None:
        """A text, or files with or without one."""
        async with request.form(max_files=FILES_AT_ONCE, max_fields=8) as form:
            key, skin, text = (str(form.get(name, "")) for name in ("key", "skin", "text"))
            uploads = [one for one in form.getlist("files") if isinstance(one, UploadFile)]
            files = [
                hands.SentFile(one.filename or "tep", one.content_type or "", await one.read())
                for one in uploads
            ]
            text = text.strip()[:TEXT_LIMIT]
            if files:
                as_files = bool(form.get("as_files"))
                hands.send(self._game.world, key, skin, files, text[:1024], as_files=as_files)
            elif text:
                hands.say(self._game.world, key, skin, text)
            else:
                raise SorryError(texts.NOTHING_TO_SAY)

    async def tap(self, request: Request) -> None:
        """A button."""
        told = await _told(request)
        hands.tap(self._game.world, _word(told, "key"), _number(told, "message"), _word(told, "data"))

    async def join(self, request: Request) -> None:
        """The joining link, or the code."""
        told = await _told(request)
        await hands.join(self._game.world, _word(told, "key"), _word(told, "skin"))

    async def block(self, request: Request) -> None:
        """Block or let in again."""
        told = await _told(request)
        hands.block(
            self._game.world, _word(told, "key"), _word(told, "skin"), blocked=told.get("blocked") is True
        )

    async def time(self, request: Request) -> None:
        """An hour, a day, the morning of a date, or whenever somebody is reminded next."""
        told, world = await _told(request), self._game.world
        match told:
            case {"by": "hour"}:
                until = world.now() + HOUR
            case {"by": "day"}:
                until = world.now() + DAY
            case {"by": "next"}:
                await world.travel_to_what_is_owed()
                return
            case {"to": str(day)}:
                until = world.morning_of(_date(day, world.now().date()))
            case _:
                raise SorryError(texts.BAD_REQUEST)
        await world.travel(until)

    async def fault(self, request: Request) -> None:
        """Order a trouble."""
        told, world = await _told(request), self._game.world
        match told.get("kind"):
            case "outage":
                world.begin_outage()
            case "throttle":
                world.throttle_next()
            case "twice":
                world.twice = True
            case "spent":
                world.spend_the_month()
            case _:
                raise SorryError(texts.BAD_REQUEST)

    async def reset(self, request: Request) -> None:
        """Begin anew."""
        self._game.reset()


def _answering(act: Act) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        await act(request)
        return JSONResponse({})

    return answer


async def _sorry(_request: Request, error: Exception) -> Response:
    return JSONResponse({"message": str(error)}, 409)


async def _too_big(_request: Request, _error: Exception) -> Response:
    return PlainTextResponse(texts.TOO_BIG, 413)


async def _told(request: Request) -> dict[str, object]:
    try:
        told = json.loads(await request.body())
    except ValueError as error:
        raise SorryError(texts.BAD_REQUEST) from error
    if not isinstance(told, dict):
        raise SorryError(texts.BAD_REQUEST)
    return told


def _word(told: dict[str, object], name: str) -> str:
    value = told.get(name)
    if not isinstance(value, str):
        raise SorryError(texts.BAD_REQUEST)
    return value


def _number(told: dict[str, object], name: str) -> int:
    value = told.get(name)
    if not isinstance(value, int):
        raise SorryError(texts.BAD_REQUEST)
    return value


def _date(text: str, today: date) -> date:
    """«15/1/2027», or «15/1» for the next such day."""
    numbers = text.replace("-", "/").replace(".", "/").split("/")
    try:
        day, month, year = (int(one) for one in (*numbers, str(today.year))[:3])
        wanted = date(year, month, day)
        return wanted if len(numbers) > 2 or wanted >= today else wanted.replace(year=today.year + 1)
    except (ValueError, OverflowError) as error:
        raise SorryError(texts.NO_SUCH_DAY) from error


def _read(name: str) -> str:
    return (resources.files("bot.sandbox") / name).read_text(encoding="utf-8")


def _asset(name: str, kind: str) -> Callable[[Request], Awaitable[Response]]:
    async def asset(_request: Request) -> Response:
        return Response(_read(name), media_type=kind)

    return asset


def _filled(template: str, key: str) -> str:
    """The template with each «{{word}}» put in, escaped; the script gets the same words as JSON."""
    for name, words in texts.PAGE.items():
        template = template.replace(f"{{{{{name}}}}}", html.escape(words))
    told = json.dumps({"key": key, "words": dict(texts.PAGE), "tour": texts.TOUR}, ensure_ascii=False)
    return template.replace("{{data}}", told.replace("<", "\\u003c"))
