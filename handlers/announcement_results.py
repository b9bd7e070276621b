"""What became of an announcement, and what may be done about it."""

from typing import TypeVar

from core.announcements import Act
from core.messages import Capabilities, Message
from core.roles import Permission
from core.texts import announcement_results as texts
from core.texts.announcement_audience import described
from handlers.announcement_writing import NumberPlace
from handlers.dialogue import Dialogue, Go, Next, Open, Stay, Step, Turn
from services import (
    announcement_choices,
    announcement_delivery,
    announcement_results,
    announcement_sheets,
    announcements,
)


class PagePlace(NumberPlace):
    """At a page of a list about one announcement."""

    page: int = 0


AtOne = TypeVar("AtOne", bound=NumberPlace)


async def results(turn: Turn, number: int) -> Message:
    """The screen of one that has left."""
    session, actor = turn.session, turn.actor
    found = await announcements.facts(session, actor, number)
    counted = await announcement_results.tally(session, actor, number)
    answers = await announcement_results.answers(session, actor, number)
    wordings = len(await announcement_results.wordings(session, actor, number))
    names = await announcement_choices.names(session, actor, found.audience)
    left_out = await announcement_results.left_out(session, actor, number)
    return texts.results(found, counted, answers, described(names), left_out, wordings=wordings)


async def act(turn: Turn, place: NumberPlace, key: str) -> Go | Stay | None:
    """What is chosen there; `None` for what leads to another step."""
    session, actor, now, number = turn.session, turn.actor, turn.now, place.number
    match key:
        case Act.PAUSE:
            await announcement_delivery.pause(session, actor, number, now)
            return Stay(texts.PAUSED)
        case Act.RESUME:
            await announcement_delivery.resume(session, actor, number, now)
            return Stay(texts.RESUMED)
        case Act.STOP:
            return Stay(texts.stopped(await announcement_delivery.stop(session, actor, number, now)))
        case "again":
            return Stay()
        case "missed":
            draft = await announcement_results.send_to_missed(session, actor, number, now)
            return Go("card", NumberPlace(number=draft), texts.FOR_MISSED)
        case "sheet":
            await announcement_sheets.ask(session, actor, number, now)
            return Stay(texts.SHEET_ASKED)
        case "remind":
            draft = await announcement_results.remind_unread(session, actor, number, now)
            return Go("card", NumberPlace(number=draft), texts.REMINDED)
        case _:
            return None


class OfOne(Step[AtOne]):
    """A screen that lies behind the card."""

    async def back(self, turn: Turn, place: AtOne) -> Next:
        return Go("card", at_card(place))

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class _Pages(OfOne[PagePlace]):
    """A list in pages."""

    place_type = PagePlace

    async def chose(self, turn: Turn, place: PagePlace, key: str) -> Next:
        return Go(self.name, PagePlace(number=place.number, page=int(key.removeprefix("page."))))


class Units(_Pages):
    """By unit."""

    name = "units"

    async def show(self, turn: Turn, place: PagePlace) -> Message:
        found = await announcements.facts(turn.session, turn.actor, place.number)
        units = await announcement_results.by_unit(turn.session, turn.actor, place.number)
        return texts.units(found.content.title, units, place.page, asks=found.content.asks)


class Calls(_Pages):
    """Whom to call."""

    name = "calls"

    async def show(self, turn: Turn, place: PagePlace) -> Message:
        found = await announcements.facts(turn.session, turn.actor, place.number)
        people = await announcement_results.to_call(turn.session, turn.actor, place.number)
        return texts.calls(found.content.title, people, place.page)


class Wordings(_Pages):
    """Every wording people may have had."""

    name = "wordings"

    async def show(self, turn: Turn, place: PagePlace) -> Message:
        found = await announcement_results.wordings(turn.session, turn.actor, place.number)
        return texts.wordings(found, place.page)


def at_card(place: NumberPlace) -> NumberPlace:
    return NumberPlace(number=place.number)


STEPS = (Units(), Calls(), Wordings())


async def _enter_pause(turn: Turn, subject: str) -> Open:
    return await _halted(turn, subject, Act.PAUSE)


async def _enter_resume(turn: Turn, subject: str) -> Open:
    return await _halted(turn, subject, Act.RESUME)


async def _enter_stop(_turn: Turn, subject: str) -> Open:
    return Open("announcements", subject, texts.STOP_SURE if subject else "")


async def _halted(turn: Turn, subject: str, what: Act) -> Open:
    """The door of the card of progress: done at once, and shown."""
    done = await act(turn, NumberPlace(number=int(subject)), what) if subject else None
    return Open("announcements", subject, done.note if done is not None else "")


#: Doors of the card of progress.
PAUSE = Dialogue(
    name="announcement_pause",
    steps=(),
    enter=_enter_pause,
    needs=Permission.ANNOUNCE,
    word=texts.WORD_PAUSE,
)
RESUME = Dialogue(
    name="announcement_resume",
    steps=(),
    enter=_enter_resume,
    needs=Permission.ANNOUNCE,
    word=texts.WORD_RESUME,
)
STOP = Dialogue(
    name="announcement_stop",
    steps=(),
    enter=_enter_stop,
    needs=Permission.ANNOUNCE,
    word=texts.WORD_STOP,
)
