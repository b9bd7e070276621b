"""An award of before, put on record one thing at a time, read back before it is kept."""

from core.awards import SHORTEST_ACHIEVEMENT, SHORTEST_WORDS, Decision, years
from core.messages import Capabilities, Message
from core.refusals import Code, Refusal, uncut
from core.texts import award_office as texts
from core.vietnamese import clean_line
from handlers.award_places import EnteringPlace, WhomPlace
from handlers.dialogue import AnyStep, Go, Next, Step, Turn
from handlers.hindrances import read_day
from services import awards
from services.hindrances import Whom

_LONGEST = 300


class Title(Step[EnteringPlace]):
    """What was given."""

    name = "title"
    place_type = EnteringPlace

    async def show(self, turn: Turn, place: EnteringPlace) -> Message:
        return texts.ask((await _whom(turn, place)).name, texts.ASK_TITLE)

    async def said(self, turn: Turn, place: EnteringPlace, text: str) -> Next:
        return Go(Authority, place.model_copy(update={"title": _words(text, SHORTEST_WORDS)}))

    async def back(self, turn: Turn, place: EnteringPlace) -> Next:
        return Go("history", WhomPlace(person=place.person, unit=place.unit))

    def help(self, can: Capabilities) -> str:
        return texts.ASK_TITLE


class Authority(Step[EnteringPlace]):
    """By whom."""

    name = "authority"
    place_type = EnteringPlace

    async def show(self, turn: Turn, place: EnteringPlace) -> Message:
        return texts.ask((await _whom(turn, place)).name, texts.ASK_AUTHORITY)

    async def said(self, turn: Turn, place: EnteringPlace, text: str) -> Next:
        return Go(Number, place.model_copy(update={"authority": _words(text, SHORTEST_WORDS)}))

    async def back(self, turn: Turn, place: EnteringPlace) -> Next:
        return Go(Title, place)

    def help(self, can: Capabilities) -> str:
        return texts.ASK_AUTHORITY


class Number(Step[EnteringPlace]):
    """Number and symbol of the decision."""

    name = "decision"
    place_type = EnteringPlace

    async def show(self, turn: Turn, place: EnteringPlace) -> Message:
        return texts.ask((await _whom(turn, place)).name, texts.ASK_NUMBER)

    async def said(self, turn: Turn, place: EnteringPlace, text: str) -> Next:
        if not any(letter.isdecimal() for letter in text):
            raise Refusal(Code.NUMBER_OF_PAPER_MISSING)
        return Go(Dated, place.model_copy(update={"number": _words(text, 1)}))

    async def back(self, turn: Turn, place: EnteringPlace) -> Next:
        return Go(Authority, place)

    def help(self, can: Capabilities) -> str:
        return texts.ASK_NUMBER


class Dated(Step[EnteringPlace]):
    """The day it was signed."""

    name = "dated"
    place_type = EnteringPlace

    async def show(self, turn: Turn, place: EnteringPlace) -> Message:
        return texts.ask((await _whom(turn, place)).name, texts.ASK_DATED)

    async def said(self, turn: Turn, place: EnteringPlace, text: str) -> Next:
        dated = read_day(text)
        if dated > turn.local_now.date():
            raise Refusal(Code.DATED_LATER, day=dated)
        return Go(Years, place.model_copy(update={"dated": dated}))

    async def back(self, turn: Turn, place: EnteringPlace) -> Next:
        return Go(Number, place)

    def help(self, can: Capabilities) -> str:
        return texts.ASK_DATED


class Years(Step[EnteringPlace]):
    """When the achievement was made."""

    name = "years"
    place_type = EnteringPlace

    async def show(self, turn: Turn, place: EnteringPlace) -> Message:
        return texts.ask((await _whom(turn, place)).name, texts.ASK_YEARS)

    async def said(self, turn: Turn, place: EnteringPlace, text: str) -> Next:
        found = years(text, turn.local_now.date())
        if found is None:
            raise Refusal(Code.AWARD_YEARS)
        return Go(Achievement, place.model_copy(update={"first_year": found[0], "last_year": found[1]}))

    async def back(self, turn: Turn, place: EnteringPlace) -> Next:
        return Go(Dated, place)

    def help(self, can: Capabilities) -> str:
        return texts.ASK_YEARS


class Achievement(Step[EnteringPlace]):
    """What for."""

    name = "achievement"
    place_type = EnteringPlace

    async def show(self, turn: Turn, place: EnteringPlace) -> Message:
        return texts.ask((await _whom(turn, place)).name, texts.ASK_ACHIEVEMENT)

    async def said(self, turn: Turn, place: EnteringPlace, text: str) -> Next:
        told = _words(text, SHORTEST_ACHIEVEMENT)
        return Go(Kind, place.model_copy(update={"achievement": told}))

    async def back(self, turn: Turn, place: EnteringPlace) -> Next:
        return Go(Years, place)

    def help(self, can: Capabilities) -> str:
        return texts.ASK_ACHIEVEMENT


class Kind(Step[EnteringPlace]):
    """By theme or not."""

    name = "kind"
    place_type = EnteringPlace

    async def show(self, turn: Turn, place: EnteringPlace) -> Message:
        return texts.ask_kind((await _whom(turn, place)).name)

    async def chose(self, turn: Turn, place: EnteringPlace, key: str) -> Next:
        return Go(Confirm, place.model_copy(update={"thematic": key == "thematic"}))

    async def back(self, turn: Turn, place: EnteringPlace) -> Next:
        return Go(Achievement, place)

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


def _words(text: str, shortest: int) -> str:
    told = uncut(clean_line(text, _LONGEST + 1), _LONGEST)
    if len(told) < shortest:
        raise Refusal(Code.TEXT_TOO_SHORT)
    return told


STEPS: tuple[AnyStep, ...] = (
    Title(),
    Authority(),
    Number(),
    Dated(),
    Years(),
    Achievement(),
    Kind(),
    Confirm(),
)
