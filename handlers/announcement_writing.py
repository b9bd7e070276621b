"""Writing an announcement: its title, its words, its files, what it asks of the reader."""

from dataclasses import replace

from core.announcements import Content
from core.messages import Capabilities, Message
from core.texts import announcement_office as texts
from handlers.dialogue import Go, Next, Place, Step, Turn
from services import announcements


class NumberPlace(Place):
    """At one announcement; 0 is one that is not begun."""

    number: int


class Title(Step[NumberPlace]):
    """What it is called; with it, the draft is begun."""

    name = "title"
    place_type = NumberPlace

    async def show(self, turn: Turn, place: NumberPlace) -> Message:
        return texts.ask_title(await _content(turn, place))

    async def said(self, turn: Turn, place: NumberPlace, text: str) -> Next:
        content = replace(await _content(turn, place), title=text)
        if place.number:
            await announcements.write(turn.session, turn.actor, place.number, content, turn.now)
            return Go("card", place, texts.KEPT)
        number = await announcements.begin(turn.session, turn.actor, content, turn.now)
        return Go(Body, NumberPlace(number=number))

    async def back(self, turn: Turn, place: NumberPlace) -> Next:
        return _back(place)

    def help(self, can: Capabilities) -> str:
        return texts.HELP_WRITING


class Body(Step[NumberPlace]):
    """What it says."""

    name = "body"
    place_type = NumberPlace

    async def show(self, turn: Turn, place: NumberPlace) -> Message:
        return texts.ask_body(await _content(turn, place))

    async def said(self, turn: Turn, place: NumberPlace, text: str) -> Next:
        content = replace(await _content(turn, place), body=text)
        await announcements.write(turn.session, turn.actor, place.number, content, turn.now)
        return Go("card", place, texts.KEPT)

    async def back(self, turn: Turn, place: NumberPlace) -> Next:
        return _back(place)

    def help(self, can: Capabilities) -> str:
        return texts.HELP_WRITING


async def _content(turn: Turn, place: NumberPlace) -> Content:
    if not place.number:
        return Content()
    return (await announcements.facts(turn.session, turn.actor, place.number)).content


def _back(place: NumberPlace) -> Go:
    if not place.number:
        return Go("list", _Nowhere())
    return Go("card", place)


class _Nowhere(Place):
    """The list has no place of its own."""
