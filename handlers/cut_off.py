"""«Người chưa liên lạc được»: who cannot be written to, unit by unit, and new codes for them on a sheet."""

import hashlib
from collections import Counter

from core.cut_off import CutOff
from core.messages import Capabilities, Message
from core.refusals import Code, Refusal
from core.roles import Permission
from core.texts import cut_off as texts
from handlers.dialogue import Dialogue, Finish, Go, Next, Place, Step, Turn
from handlers.pages import turned
from services import code_sheets, cut_off


class ListPlace(Place):
    """At a page of the list, of one unit where it is named."""

    unit: int = 0
    page: int = 0


class PersonPlace(ListPlace):
    """At one of them."""

    person: int


class ConfirmPlace(ListPlace):
    """Before codes are made: for one, or for everybody on the list as it was `seen`."""

    person: int = 0
    seen: str


class Listed(Step[ListPlace]):
    """Who they are."""

    name = "list"
    place_type = ListPlace

    async def show(self, turn: Turn, place: ListPlace) -> Message:
        found = await cut_off.listed(turn.session, turn.actor, turn.now, place.unit)
        return texts.listed(found, place.page, len({one.unit_id for one in found}))

    async def chose(self, turn: Turn, place: ListPlace, key: str) -> Next:
        if (page := turned(place.page, key)) is not None:
            return Go(Listed, ListPlace(unit=place.unit, page=page))
        if key == "units":
            return Go(Units, ListPlace())
        if key == "all":
            found = await cut_off.listed(turn.session, turn.actor, turn.now, place.unit)
            return Go(Confirm, ConfirmPlace(unit=place.unit, page=place.page, seen=_mark(found)))
        person = int(key.partition(".")[2])
        return Go(One, PersonPlace(unit=place.unit, page=place.page, person=person))

    async def back(self, turn: Turn, place: ListPlace) -> Next:
        return Go(Units, ListPlace()) if place.unit else Finish()

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class Units(Step[ListPlace]):
    """The units they belong to."""

    name = "units"
    place_type = ListPlace

    async def show(self, turn: Turn, place: ListPlace) -> Message:
        found = await cut_off.listed(turn.session, turn.actor, turn.now)
        names = {one.unit_id: one.unit for one in found}
        counted = Counter(one.unit_id for one in found)
        return texts.units([(unit, names[unit], count) for unit, count in counted.items()], place.page)

    async def chose(self, turn: Turn, place: ListPlace, key: str) -> Next:
        if (page := turned(place.page, key)) is not None:
            return Go(Units, ListPlace(page=page))
        return Go(Listed, ListPlace(unit=int(key.partition(".")[2])))

    async def back(self, turn: Turn, place: ListPlace) -> Next:
        return Go(Listed, ListPlace())

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class One(Step[PersonPlace]):
    """One of them, with their telephone number."""

    name = "one"
    place_type = PersonPlace

    async def show(self, turn: Turn, place: PersonPlace) -> Message:
        return texts.person(_only(await _people(turn, place, place.person)))

    async def chose(self, turn: Turn, place: PersonPlace, key: str) -> Next:
        seen = _mark(await _people(turn, place, place.person))
        return Go(Confirm, ConfirmPlace(unit=place.unit, page=place.page, person=place.person, seen=seen))

    async def back(self, turn: Turn, place: PersonPlace) -> Next:
        return Go(Listed, ListPlace(unit=place.unit, page=place.page))

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class Confirm(Step[ConfirmPlace]):
    """The names, before any code is made."""

    name = "confirm"
    place_type = ConfirmPlace

    async def show(self, turn: Turn, place: ConfirmPlace) -> Message:
        return texts.confirm(await _people(turn, place, place.person))

    async def chose(self, turn: Turn, place: ConfirmPlace, key: str) -> Next:
        found = await _people(turn, place, place.person)
        if (now := _mark(found)) != place.seen:
            return Go(Confirm, place.model_copy(update={"seen": now}), texts.CHANGED)
        await code_sheets.ask(turn.session, turn.actor, [one.person_id for one in found], turn.now)
        return Go(Listed, ListPlace(unit=place.unit, page=place.page), texts.ASKED)

    async def back(self, turn: Turn, place: ConfirmPlace) -> Next:
        return Go(Listed, ListPlace(unit=place.unit, page=place.page))

    def help(self, can: Capabilities) -> str:
        return texts.HELP


async def _people(turn: Turn, place: ListPlace, person: int) -> list[CutOff]:
    """Whom a place is about."""
    found = await cut_off.listed(turn.session, turn.actor, turn.now, place.unit)
    return [one for one in found if person in {0, one.person_id}]


def _only(found: list[CutOff]) -> CutOff:
    if not found:
        raise Refusal(Code.NOT_FOUND)
    return found[0]


def _mark(found: list[CutOff]) -> str:
    """Tells one list of people from another."""
    told = ",".join(str(one.person_id) for one in found)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


async def _enter(_turn: Turn, _subject: str) -> Go:
    return Go(Listed, ListPlace())


DIALOGUE = Dialogue(
    name="cut_off",
    steps=(Listed(), Units(), One(), Confirm()),
    enter=_enter,
    needs=Permission.ISSUE_CODES,
    label=texts.LABEL,
    shelved=True,
)
