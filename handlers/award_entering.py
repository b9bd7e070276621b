"""An award of before, put on record one thing at a time, read back before it is kept."""

from datetime import date

from core.awards import (
    ACHIEVEMENT_LIMIT,
    AUTHORITY_LIMIT,
    NUMBER_LIMIT,
    SHORTEST_ACHIEVEMENT,
    SHORTEST_WORDS,
    TITLE_LIMIT,
    Asked,
    Decision,
    years,
)
from core.messages import Capabilities, Message
from core.refusals import Code, Refusal, uncut
from core.texts import award_office as texts
from handlers.award_places import EnteringPlace, WhomPlace
from handlers.dialogue import AnyStep, Go, Next, Step, Turn
from handlers.hindrances import read_day
from services import awards
from services.hindrances import Whom

_ORDER = tuple(Asked)
#: The fewest and the most characters.
_LENGTHS = {
    Asked.TITLE: (SHORTEST_WORDS, TITLE_LIMIT),
    Asked.AUTHORITY: (SHORTEST_WORDS, AUTHORITY_LIMIT),
    Asked.NUMBER: (1, NUMBER_LIMIT),
    Asked.ACHIEVEMENT: (SHORTEST_ACHIEVEMENT, ACHIEVEMENT_LIMIT),
}


class Ask(Step[EnteringPlace]):
    """What its decision says, one thing after the other."""

    name = "ask"
    place_type = EnteringPlace

    async def show(self, turn: Turn, place: EnteringPlace) -> Message:
        return texts.ask((await _whom(turn, place)).name, place.asked)

    async def said(self, turn: Turn, place: EnteringPlace, text: str) -> Next:
        told = place.model_copy(update=_read(place.asked, text, turn.local_now.date()))
        after = _ORDER[_ORDER.index(place.asked) + 1 :]
        return Go(Ask, told.model_copy(update={"asked": after[0]})) if after else Go(Kind, told)

    async def back(self, turn: Turn, place: EnteringPlace) -> Next:
        before = _ORDER[: _ORDER.index(place.asked)]
        if before:
            return Go(Ask, place.model_copy(update={"asked": before[-1]}))
        return Go("history", WhomPlace(person=place.person, unit=place.unit))

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class Kind(Step[EnteringPlace]):
    """By theme or not."""

    name = "kind"
    place_type = EnteringPlace

    async def show(self, turn: Turn, place: EnteringPlace) -> Message:
        return texts.ask_kind((await _whom(turn, place)).name)

    async def chose(self, turn: Turn, place: EnteringPlace, key: str) -> Next:
        return Go(Confirm, place.model_copy(update={"thematic": key == "thematic"}))

    async def back(self, turn: Turn, place: EnteringPlace) -> Next:
        return Go(Ask, place.model_copy(update={"asked": _ORDER[-1]}))

    def help(self, can: Capabilities) -> str:
        return texts.ASK_KIND


class Confirm(Step[EnteringPlace]):
    """Everything once more; then it is on record."""

    name = "confirm"
    place_type = EnteringPlace

    async def show(self, turn: Turn, place: EnteringPlace) -> Message:
        whom = await _whom(turn, place)
        return texts.confirm(whom.name, whom.unit, _told(turn, place))

    async def chose(self, turn: Turn, place: EnteringPlace, key: str) -> Next:
        whom = await _whom(turn, place)
        await awards.enter(turn.session, turn.actor, whom, _told(turn, place), turn.now)
        return Go("history", WhomPlace(person=place.person, unit=place.unit), texts.ENTERED)

    async def back(self, turn: Turn, place: EnteringPlace) -> Next:
        return Go(Kind, place)

    def help(self, can: Capabilities) -> str:
        return texts.HELP


def _told(turn: Turn, place: EnteringPlace) -> Decision:
    return Decision(
        title=place.title,
        authority=place.authority,
        number=place.number,
        dated=place.dated or turn.local_now.date(),
        achievement=place.achievement,
        first_year=place.first_year,
        last_year=place.last_year,
        thematic=place.thematic,
    )


async def _whom(turn: Turn, place: EnteringPlace) -> Whom:
    """Whose award it is, for whoever may enter it."""
    return await awards.to_enter(turn.session, turn.actor, place.person, place.unit, turn.now)


def _read(asked: Asked, text: str, today: date) -> dict[str, object]:
    """What was typed, as the place keeps it. Raises `Refusal` where it is no such thing."""
    match asked:
        case Asked.DATED:
            dated = read_day(text)
            if dated > today:
                raise Refusal(Code.DATED_LATER, day=dated)
            return {"dated": dated}
        case Asked.YEARS:
            found = years(text, today)
            if found is None:
                raise Refusal(Code.AWARD_YEARS)
            return {"first_year": found[0], "last_year": found[1]}
        case Asked.NUMBER if not any(letter.isdecimal() for letter in text):
            raise Refusal(Code.NUMBER_OF_PAPER_MISSING)
    shortest, longest = _LENGTHS[asked]
    told = uncut(text, longest)
    if len(told) < shortest:
        raise Refusal(Code.TEXT_TOO_SHORT)
    return {asked.value: told}


STEPS: tuple[AnyStep, ...] = (Ask(), Kind(), Confirm())
