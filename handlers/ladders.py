"""«Lịch và nhắc việc»: administrators look at the ladders, change them, and see what would be said."""

from dataclasses import replace
from datetime import date, timedelta

from core.dates import read_date
from core.ladder import Ladders, Rung, Whose
from core.ladder_typed import read_rungs
from core.messages import Capabilities, Message
from core.quiet import read_hours, read_morning
from core.refusals import Code, Refusal
from core.roles import Permission
from core.texts import ladders as texts
from core.texts import quiet as quiet_texts
from handlers.dialogue import Dialogue, Go, Next, Open, Place, Step, Turn
from services import calendar, ladders, quiet
from services.ladders import Change

_WEEK = 7
_COMPARED = 28
_MOST_SUGGESTED = 3
#: Rungs that are offered as buttons where they fit.
_SUGGESTED = ("person-10", "person-5", "person-2", "deputy+1", "office+2", "office+5")


class TopPlace(Place):
    """At everything about the calendar and the ladders."""


class LadderPlace(Place):
    """At one ladder: a kind and a role, or the default where empty."""

    whose: str = ""

    @property
    def key(self) -> Whose | None:
        """Whose it is."""
        found = {texts.key(one): one for one in (None, *ladders.WHOSE)}
        if self.whose not in found:
            raise Refusal(Code.NOT_FOUND)
        return found[self.whose]


class ChangePlace(LadderPlace):
    """At a change of it; without a rung, back to what holds otherwise."""

    adding: tuple[str, ...] = ()
    without: str = ""

    @property
    def change(self) -> Change:
        """The change."""
        more = tuple(Rung.from_key(key) for key in self.adding)
        return Change(self.key, more, Rung.from_key(self.without) if self.without else None)


class WeekPlace(Place):
    """At the days from one on."""

    start: date


class DayPlace(Place):
    """At a day of the rehearsal."""

    day: date
    page: int = 0


class LetterPlace(DayPlace):
    """At one message of that day."""

    letter: int


class Top(Step[TopPlace]):
    """What there is."""

    name = "top"
    place_type = TopPlace

    async def show(self, turn: Turn, place: TopPlace) -> Message:
        return texts.top(await ladders.in_force(turn.session, turn.actor))

    async def chose(self, turn: Turn, place: TopPlace, key: str) -> Next:
        match key:
            case "calendar":
                return Open("calendar")
            case "ladders":
                return Go(Shelf, place)
            case "hours":
                return Go(Hours, place)
            case "ahead":
                return Go(Week, WeekPlace(start=turn.actor.today))
        return Go(Day, DayPlace(day=turn.actor.today))

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class Hours(Step[TopPlace]):
    """When nobody is reminded, and when the morning round goes out."""

    name = "hours"
    place_type = TopPlace

    async def show(self, turn: Turn, place: TopPlace) -> Message:
        return quiet_texts.ask_general(await quiet.general(turn.session, turn.actor))

    async def said(self, turn: Turn, place: TopPlace, text: str) -> Next:
        before, morning = await quiet.general(turn.session, turn.actor), read_morning(text)
        wanted = (
            replace(before, morning=morning)
            if morning is not None
            else replace(before, quiet=read_hours(text))
        )
        await quiet.set_general(turn.session, turn.actor, wanted, turn.now)
        return Go(Hours, place, quiet_texts.noted_general(wanted))

    async def back(self, turn: Turn, place: TopPlace) -> Next:
        return Go(Top, place)

    def help(self, can: Capabilities) -> str:
        return quiet_texts.HELP_GENERAL


class Shelf(Step[TopPlace]):
    """Every ladder there may be."""

    name = "shelf"
    place_type = TopPlace

    async def show(self, turn: Turn, place: TopPlace) -> Message:
        return texts.shelf(await ladders.in_force(turn.session, turn.actor), ladders.WHOSE)

    async def chose(self, turn: Turn, place: TopPlace, key: str) -> Next:
        return Go(One, LadderPlace(whose=key.removeprefix("of.")))

    async def back(self, turn: Turn, place: TopPlace) -> Next:
        return Go(Top, place)

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class One(Step[LadderPlace]):
    """One ladder; rungs are added by button or typed, and taken away by button."""

    name = "one"
    place_type = LadderPlace

    async def show(self, turn: Turn, place: LadderPlace) -> Message:
        known = await ladders.in_force(turn.session, turn.actor)
        return texts.one(known, place.key, _suggested(known, place.key))

    async def chose(self, turn: Turn, place: LadderPlace, key: str) -> Next:
        act, _dot, rung = key.partition(".")
        match act:
            case "add":
                return await _asked(turn, ChangePlace(whose=place.whose, adding=(rung,)))
            case "remove":
                return await _asked(turn, ChangePlace(whose=place.whose, without=rung))
        return Go(Sure, ChangePlace(whose=place.whose))

    async def said(self, turn: Turn, place: LadderPlace, text: str) -> Next:
        more = tuple(one.key for one in read_rungs(text))
        return await _asked(turn, ChangePlace(whose=place.whose, adding=more))

    async def back(self, turn: Turn, place: LadderPlace) -> Next:
        return Go(Shelf, TopPlace())

    def help(self, can: Capabilities) -> str:
        return texts.HELP_ONE


class Sure(Step[ChangePlace]):
    """What a change would do, before it is kept."""

    name = "sure"
    place_type = ChangePlace

    async def show(self, turn: Turn, place: ChangePlace) -> Message:
        found = await ladders.compared(turn.session, turn.actor, place.change, turn.now, _COMPARED)
        return texts.sure(
            place.key, found.before, found.after, found.days_before, found.days_after, found.names
        )

    async def chose(self, turn: Turn, place: ChangePlace, key: str) -> Next:
        await ladders.change(turn.session, turn.actor, place.change, turn.now)
        return Go(One, LadderPlace(whose=place.whose), texts.SAVED)

    async def back(self, turn: Turn, place: ChangePlace) -> Next:
        return Go(One, LadderPlace(whose=place.whose))

    def help(self, can: Capabilities) -> str:
        return texts.HELP_ONE


class Week(Step[WeekPlace]):
    """A week of what is to come."""

    name = "week"
    place_type = WeekPlace

    async def show(self, turn: Turn, place: WeekPlace) -> Message:
        found = await ladders.ahead(turn.session, turn.actor, turn.now, place.start, _WEEK)
        end = place.start + timedelta(days=_WEEK - 1)
        return texts.week(place.start, end, found.days, found.names, turn.actor.today)

    async def chose(self, turn: Turn, place: WeekPlace, key: str) -> Next:
        if key.startswith("day."):
            return Go(Day, DayPlace(day=date.fromisoformat(key.removeprefix("day."))))
        by = _WEEK if key == "next.week" else -_WEEK
        return _week(turn, place.start + timedelta(days=by))

    async def said(self, turn: Turn, place: WeekPlace, text: str) -> Next:
        return _week(turn, await _day_typed(turn, text))

    async def back(self, turn: Turn, place: WeekPlace) -> Next:
        return Go(Top, TopPlace())

    def help(self, can: Capabilities) -> str:
        return texts.HELP_DAYS


class Day(Step[DayPlace]):
    """Who would get a message on a day."""

    name = "day"
    place_type = DayPlace

    async def show(self, turn: Turn, place: DayPlace) -> Message:
        found = await ladders.rehearsed(turn.session, turn.actor, turn.now, place.day)
        letters = [
            (
                found.names.get(one.person, ""),
                one.at,
                len(one.digest.nudges) if one.digest is not None else 0,
                one.reachable,
            )
            for one in found.letters
        ]
        return texts.rehearsal(found.day, letters, place.page, previous=found.previous is not None)

    async def chose(self, turn: Turn, place: DayPlace, key: str) -> Next:
        act, _dot, number = key.partition(".")
        match act:
            case "letter":
                return Go(Letter, LetterPlace(day=place.day, page=place.page, letter=int(number)))
            case "page":
                return Go(Day, DayPlace(day=place.day, page=int(number)))
        found = await ladders.rehearsed(turn.session, turn.actor, turn.now, place.day)
        to = found.following if act == "following" else found.previous
        return Go(Day, DayPlace(day=_known(to or found.day)))

    async def said(self, turn: Turn, place: DayPlace, text: str) -> Next:
        return Go(Day, DayPlace(day=max(await _day_typed(turn, text), turn.actor.today)))

    async def back(self, turn: Turn, place: DayPlace) -> Next:
        return Go(Top, TopPlace())

    def help(self, can: Capabilities) -> str:
        return texts.HELP_DAYS


class Letter(Step[LetterPlace]):
    """One message as it would be read."""

    name = "letter"
    place_type = LetterPlace

    async def show(self, turn: Turn, place: LetterPlace) -> Message:
        found = await ladders.rehearsed(turn.session, turn.actor, turn.now, place.day)
        if not 0 <= place.letter < len(found.letters):
            raise Refusal(Code.NOT_FOUND)
        one = found.letters[place.letter]
        name = found.names.get(one.person, "")
        return texts.letter(name, one.at, found.message(one), reachable=one.reachable)

    async def back(self, turn: Turn, place: LetterPlace) -> Next:
        return Go(Day, DayPlace(day=place.day, page=place.page))

    def help(self, can: Capabilities) -> str:
        return texts.HELP_DAYS


async def _asked(turn: Turn, place: ChangePlace) -> Next:
    """On to what it would do; a change that makes no ladder is refused where it was asked for."""
    place.change.of(await ladders.in_force(turn.session, turn.actor))
    return Go(Sure, place)


def _suggested(known: Ladders, whose: Whose | None) -> list[Rung]:
    """Rungs that may be added as they are."""
    offered = (Rung.from_key(key) for key in _SUGGESTED)
    return [one for one in offered if known.at(whose).takes(one)][:_MOST_SUGGESTED]


async def _day_typed(turn: Turn, text: str) -> date:
    return _known(read_date(text, turn.actor.today, await calendar.seen(turn.session, turn.actor)))


def _known(day: date) -> date:
    calendar.require_known([day])
    return day


def _week(turn: Turn, start: date) -> Go:
    return Go(Week, WeekPlace(start=_known(max(start, turn.actor.today))))


async def _enter(_turn: Turn, _subject: str) -> Go:
    return Go(Top, TopPlace())


DIALOGUE = Dialogue(
    name="ladders",
    steps=(Top(), Hours(), Shelf(), One(), Sure(), Week(), Day(), Letter()),
    enter=_enter,
    needs=Permission.MANAGE_CALENDAR,
    label=texts.LABEL,
    shelved=True,
)
