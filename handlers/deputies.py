"""«Người thay»: who is away from when to when, and who acts in their place."""

from datetime import date

from core.absences import WORDS_LIMIT, check_period
from core.dates import read_date
from core.messages import Capabilities, Message
from core.roles import Permission
from core.texts import deputies as texts
from core.vietnamese import clean_line
from handlers.dialogue import Dialogue, Go, Next, Place, Step, Turn
from services import absences, calendar


class ListPlace(Place):
    """At the list; of one unit, or (0) of all the person names somebody for."""

    unit: int = 0


class OnePlace(Place):
    """At one of them."""

    absence: int
    unit: int = 0


class WhoPlace(Place):
    """Looking for who is away; `words` is what is looked for."""

    unit: int = 0
    words: str = ""


class NamingPlace(Place):
    """On the way to naming a stand-in for `person`, with what is chosen so far."""

    unit: int = 0
    person: int
    words: str = ""
    deputy: int = 0
    starts_on: date | None = None
    ends_on: date | None = None


class Listed(Step[ListPlace]):
    """Everybody who is stood in for, now or later."""

    name = "list"
    place_type = ListPlace

    async def show(self, turn: Turn, place: ListPlace) -> Message:
        unit = await absences.unit_name(turn.session, turn.actor, place.unit) if place.unit else ""
        return texts.listed(await absences.listed(turn.session, turn.actor, place.unit), unit)

    async def chose(self, turn: Turn, place: ListPlace, key: str) -> Next:
        if key == "new":
            return Go(ChoosePerson, WhoPlace(unit=place.unit))
        return Go(One, OnePlace(absence=int(key.removeprefix("one.")), unit=place.unit))

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class One(Step[OnePlace]):
    """One of them, to end before its time."""

    name = "one"
    place_type = OnePlace

    async def show(self, turn: Turn, place: OnePlace) -> Message:
        return texts.one(await absences.one(turn.session, turn.actor, place.absence))

    async def chose(self, turn: Turn, place: OnePlace, key: str) -> Next:
        await absences.end(turn.session, turn.actor, place.absence, turn.now)
        return Go(Listed, ListPlace(unit=place.unit), texts.ENDED)

    async def back(self, turn: Turn, place: OnePlace) -> Next:
        return Go(Listed, ListPlace(unit=place.unit))

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class ChoosePerson(Step[WhoPlace]):
    """Who is away."""

    name = "person"
    place_type = WhoPlace

    async def show(self, turn: Turn, place: WhoPlace) -> Message:
        found = await absences.candidates(turn.session, turn.actor, place.words, place.unit)
        return texts.ask_person(found, place.words, turn.actor.person_id)

    async def chose(self, turn: Turn, place: WhoPlace, key: str) -> Next:
        person = await absences.away(turn.session, turn.actor, int(key.removeprefix("person.")))
        return Go(ChooseDeputy, NamingPlace(unit=place.unit, person=person.person_id))

    async def said(self, turn: Turn, place: WhoPlace, text: str) -> Next:
        return Go(ChoosePerson, WhoPlace(unit=place.unit, words=clean_line(text, WORDS_LIMIT)))

    async def back(self, turn: Turn, place: WhoPlace) -> Next:
        return Go(Listed, ListPlace(unit=place.unit))

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class ChooseDeputy(Step[NamingPlace]):
    """Who stands in for them."""

    name = "deputy"
    place_type = NamingPlace

    async def show(self, turn: Turn, place: NamingPlace) -> Message:
        person = await absences.away(turn.session, turn.actor, place.person)
        found = await absences.stand_ins(turn.session, turn.actor, place.person, place.words, place.unit)
        return texts.ask_deputy(person, found, place.words)

    async def chose(self, turn: Turn, place: NamingPlace, key: str) -> Next:
        deputy = int(key.removeprefix("deputy."))
        await absences.stand_in(turn.session, turn.actor, place.person, deputy)
        return Go(GiveStart, NamingPlace(unit=place.unit, person=place.person, deputy=deputy))

    async def said(self, turn: Turn, place: NamingPlace, text: str) -> Next:
        return Go(ChooseDeputy, place.model_copy(update={"words": clean_line(text, WORDS_LIMIT)}))

    async def back(self, turn: Turn, place: NamingPlace) -> Next:
        return Go(ChoosePerson, WhoPlace(unit=place.unit))

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class GiveStart(Step[NamingPlace]):
    """From which day."""

    name = "starts"
    place_type = NamingPlace

    async def show(self, turn: Turn, place: NamingPlace) -> Message:
        person = await absences.away(turn.session, turn.actor, place.person)
        deputy = await absences.stand_in(turn.session, turn.actor, place.person, place.deputy)
        return texts.ask_start(person, deputy)

    async def chose(self, turn: Turn, place: NamingPlace, key: str) -> Next:
        return Go(GiveEnd, place.model_copy(update={"starts_on": turn.actor.today}))

    async def said(self, turn: Turn, place: NamingPlace, text: str) -> Next:
        day = await _day_typed(turn, text)
        check_period(day, day, turn.actor.today)
        return Go(GiveEnd, place.model_copy(update={"starts_on": day}))

    async def back(self, turn: Turn, place: NamingPlace) -> Next:
        return Go(ChooseDeputy, NamingPlace(unit=place.unit, person=place.person))

    def help(self, can: Capabilities) -> str:
        return texts.HELP_DAY


class GiveEnd(Step[NamingPlace]):
    """Until and including which day."""

    name = "ends"
    place_type = NamingPlace

    async def show(self, turn: Turn, place: NamingPlace) -> Message:
        person = await absences.away(turn.session, turn.actor, place.person)
        deputy = await absences.stand_in(turn.session, turn.actor, place.person, place.deputy)
        return texts.ask_end(person, deputy, place.starts_on or turn.actor.today)

    async def said(self, turn: Turn, place: NamingPlace, text: str) -> Next:
        day = await _day_typed(turn, text)
        check_period(place.starts_on or turn.actor.today, day, turn.actor.today)
        return Go(Confirm, place.model_copy(update={"ends_on": day}))

    async def back(self, turn: Turn, place: NamingPlace) -> Next:
        return Go(GiveStart, place)

    def help(self, can: Capabilities) -> str:
        return texts.HELP_DAY


class Confirm(Step[NamingPlace]):
    """Everything once more; with «Cử người thay» it is kept."""

    name = "confirm"
    place_type = NamingPlace

    async def show(self, turn: Turn, place: NamingPlace) -> Message:
        person = await absences.away(turn.session, turn.actor, place.person)
        deputy = await absences.stand_in(turn.session, turn.actor, place.person, place.deputy)
        today = turn.actor.today
        return texts.ask_sure(person, deputy, place.starts_on or today, place.ends_on or today)

    async def chose(self, turn: Turn, place: NamingPlace, key: str) -> Next:
        today = turn.actor.today
        starts_on, ends_on = place.starts_on or today, place.ends_on or today
        named = await absences.name(
            turn.session, turn.actor, place.person, place.deputy, starts_on, ends_on, turn.now
        )
        return Go(One, OnePlace(absence=named.id, unit=place.unit), texts.NAMED)

    async def back(self, turn: Turn, place: NamingPlace) -> Next:
        return Go(GiveEnd, place)

    def help(self, can: Capabilities) -> str:
        return texts.HELP


async def _day_typed(turn: Turn, text: str) -> date:
    return read_date(text, turn.actor.today, await calendar.in_force(turn.session))


async def _enter(_turn: Turn, subject: str) -> Go:
    """At the list of a unit, or of all."""
    return Go(Listed, ListPlace(unit=int(subject) if subject else 0))


DIALOGUE = Dialogue(
    name="deputies",
    steps=(Listed(), One(), ChoosePerson(), ChooseDeputy(), GiveStart(), GiveEnd(), Confirm()),
    enter=_enter,
    needs=Permission.NAME_DEPUTY,
    label=texts.LABEL,
    word=texts.WORD,
)
