"""«Khen thưởng của tôi»: one's own awards and where one's case stands; a head sees those of the unit."""

from dataclasses import replace

from core.messages import Capabilities, Message
from core.roles import Permission
from core.texts import awards as texts
from core.texts import results as result_texts
from core.texts.pages import turns
from handlers.dialogue import Dialogue, Go, Next, Place, Step, Turn
from handlers.pages import turned
from services import awards, results


class MinePlace(Place):
    """At one's own awards."""


class UnitsPlace(Place):
    """At those of the units one looks after."""

    page: int = 0


class AwardPlace(Place):
    """At one of them; `page` where it was found among those of others, none among one's own."""

    award: int
    page: int | None = None


class Mine(Step[MinePlace]):
    """One's own, the newest first."""

    name = "mine"
    place_type = MinePlace

    async def show(self, turn: Turn, place: MinePlace) -> Message:
        found = await awards.mine(turn.session, turn.actor, turn.now)
        under_way = await results.standing(turn.session, turn.actor, turn.now)
        own = result_texts.lines(replace(under_way, dossiers=()), turn.zone)
        return texts.mine(found, own, looks_after=awards.looks_after(turn.actor))

    async def chose(self, turn: Turn, place: MinePlace, key: str) -> Next:
        if key == "units":
            return Go(Units, UnitsPlace())
        return Go(One, AwardPlace(award=int(key.removeprefix("one."))))

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class Units(Step[UnitsPlace]):
    """Those of one's units and their people."""

    name = "units"
    place_type = UnitsPlace

    async def show(self, turn: Turn, place: UnitsPlace) -> Message:
        found, more = await awards.within(turn.session, turn.actor, place.page, turn.now)
        count = place.page * awards.PAGE + len(found) + more
        under_way = await results.standing(turn.session, turn.actor, turn.now) if not place.page else None
        told = result_texts.lines(replace(under_way, cases=()), turn.zone) if under_way else []
        return texts.of_units(found, told, turns(place.page, count, awards.PAGE))

    async def chose(self, turn: Turn, place: UnitsPlace, key: str) -> Next:
        if (page := turned(place.page, key)) is not None:
            return Go(Units, UnitsPlace(page=page))
        return Go(One, AwardPlace(award=int(key.removeprefix("one.")), page=place.page))

    async def back(self, turn: Turn, place: UnitsPlace) -> Next:
        return Go(Mine, MinePlace())

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class One(Step[AwardPlace]):
    """Everything on record of an award."""

    name = "one"
    place_type = AwardPlace

    async def show(self, turn: Turn, place: AwardPlace) -> Message:
        return texts.one(await awards.one(turn.session, turn.actor, place.award, turn.now))

    async def back(self, turn: Turn, place: AwardPlace) -> Next:
        return Go(Mine, MinePlace()) if place.page is None else Go(Units, UnitsPlace(page=place.page))

    def help(self, can: Capabilities) -> str:
        return texts.HELP


async def _enter(turn: Turn, subject: str) -> Go:
    """At one of them, for a number; else at one's own."""
    if not subject:
        return Go(Mine, MinePlace())
    await awards.one(turn.session, turn.actor, int(subject), turn.now)
    return Go(One, AwardPlace(award=int(subject)))


DIALOGUE = Dialogue(
    name="awards",
    steps=(Mine(), Units(), One()),
    enter=_enter,
    needs=Permission.SEE_AWARDS,
    label=texts.LABEL,
    command="khenthuong",
    word=texts.DOOR_WORD,
)
