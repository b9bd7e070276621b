"""«Lịch làm việc»: everybody looks at it; administrators enter days, swaps and confirmed years."""

from datetime import date

from core.calendar import DayKind
from core.dates import read_date
from core.messages import Capabilities, Message
from core.refusals import Code, Refusal
from core.roles import Permission
from core.texts import calendar as texts
from handlers.dialogue import Dialogue, Go, Next, Place, Step, Turn
from services import calendar


class MonthPlace(Place):
    """At a month."""

    year: int
    month: int


class YearPlace(Place):
    """At a year."""

    year: int


class DayPlace(Place):
    """At a day."""

    day: date


class EntryPlace(Place):
    """At what a day is to become, and why."""

    day: date
    kind: DayKind
    reason: str = ""


class SwapPlace(Place):
    """At two days to be swapped, told apart."""

    off: date
    work: date


async def _day_typed(turn: Turn, text: str) -> Next:
    """A day that is typed on any screen that shows the calendar is opened."""
    known = await calendar.seen(turn.session, turn.actor)
    day = read_date(text, turn.actor.today, known)
    calendar.require_known([day])
    return Go(DayPage, DayPlace(day=day))


class MonthPage(Step[MonthPlace]):
    """A month's special days, and what tomorrow is."""

    name = "month"
    place_type = MonthPlace

    async def show(self, turn: Turn, place: MonthPlace) -> Message:
        known = await calendar.seen(turn.session, turn.actor)
        return texts.month_page(
            known,
            turn.actor.today,
            place.year,
            place.month,
            first_year=calendar.FIRST_YEAR,
            last_year=calendar.LAST_YEAR,
        )

    async def chose(self, turn: Turn, place: MonthPlace, key: str) -> Next:
        if key.startswith("year."):
            return Go(YearPage, YearPlace(year=int(key.removeprefix("year."))))
        year, month = key.removeprefix("month.").split(".")
        return Go(MonthPage, MonthPlace(year=int(year), month=int(month)))

    async def said(self, turn: Turn, place: MonthPlace, text: str) -> Next:
        return await _day_typed(turn, text)

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class YearPage(Step[YearPlace]):
    """A whole year; an administrator confirms it."""

    name = "year"
    place_type = YearPlace

    async def show(self, turn: Turn, place: YearPlace) -> Message:
        known = await calendar.seen(turn.session, turn.actor)
        return texts.year_page(
            known,
            place.year,
            may_confirm=turn.actor.may(Permission.MANAGE_CALENDAR),
            first_year=calendar.FIRST_YEAR,
            last_year=calendar.LAST_YEAR,
        )

    async def chose(self, turn: Turn, place: YearPlace, key: str) -> Next:
        if key == "confirm":
            return Go(ConfirmYear, place)
        return Go(YearPage, YearPlace(year=int(key.removeprefix("year."))))

    async def said(self, turn: Turn, place: YearPlace, text: str) -> Next:
        return await _day_typed(turn, text)

    async def back(self, turn: Turn, place: YearPlace) -> Next:
        return Go(MonthPage, _this_month(turn))

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class ConfirmYear(Step[YearPlace]):
    """By which document a year is confirmed; with it, it is."""

    name = "confirm_year"
    place_type = YearPlace

    async def show(self, turn: Turn, place: YearPlace) -> Message:
        return texts.ask_confirmation(await calendar.seen(turn.session, turn.actor), place.year)

    async def said(self, turn: Turn, place: YearPlace, text: str) -> Next:
        await calendar.confirm_year(turn.session, turn.actor, place.year, text, turn.now)
        return Go(YearPage, place, texts.year_confirmed(place.year))

    async def back(self, turn: Turn, place: YearPlace) -> Next:
        return Go(YearPage, place)

    def help(self, can: Capabilities) -> str:
        return texts.ASK_SOURCE


class DayPage(Step[DayPlace]):
    """One day and why it is so; an administrator changes it."""

    name = "day"
    place_type = DayPlace

    async def show(self, turn: Turn, place: DayPlace) -> Message:
        known = await calendar.seen(turn.session, turn.actor)
        entered = await calendar.entered_at(turn.session, turn.actor, place.day)
        return texts.day_page(
            known,
            turn.actor.today,
            place.day,
            entered.astimezone(turn.zone) if entered is not None else None,
            may_edit=turn.actor.may(Permission.MANAGE_CALENDAR),
        )

    async def chose(self, turn: Turn, place: DayPlace, key: str) -> Next:
        if key == "remove":
            await calendar.remove(turn.session, turn.actor, place.day, turn.now)
            return Go(DayPage, place, texts.REMOVED)
        if key == "swap":
            return Go(ChooseOther, place)
        return Go(ChooseReason, EntryPlace(day=place.day, kind=DayKind(key.removeprefix("kind."))))

    async def said(self, turn: Turn, place: DayPlace, text: str) -> Next:
        return await _day_typed(turn, text)

    async def back(self, turn: Turn, place: DayPlace) -> Next:
        return Go(MonthPage, MonthPlace(year=place.day.year, month=place.day.month))

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class ChooseReason(Step[EntryPlace]):
    """Why the day is off, or worked."""

    name = "reason"
    place_type = EntryPlace

    async def show(self, turn: Turn, place: EntryPlace) -> Message:
        return texts.ask_reason(place.day, place.kind)

    async def chose(self, turn: Turn, place: EntryPlace, key: str) -> Next:
        return Go(GiveSource, place.model_copy(update={"reason": key.removeprefix("reason.")}))

    async def back(self, turn: Turn, place: EntryPlace) -> Next:
        return Go(DayPage, DayPlace(day=place.day))

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class GiveSource(Step[EntryPlace]):
    """By which document; with it, the day is entered."""

    name = "source"
    place_type = EntryPlace

    async def show(self, turn: Turn, place: EntryPlace) -> Message:
        return texts.ask_source(place.day, _reason(place))

    async def said(self, turn: Turn, place: EntryPlace, text: str) -> Next:
        name = _reason(place)
        done = await calendar.enter(turn.session, turn.actor, place.day, place.kind, name, text, turn.now)
        note = texts.noted([(done.year, done.month, done.before, done.after)])
        return Go(DayPage, DayPlace(day=place.day), note)

    async def back(self, turn: Turn, place: EntryPlace) -> Next:
        return Go(ChooseReason, EntryPlace(day=place.day, kind=place.kind))

    def help(self, can: Capabilities) -> str:
        return texts.ASK_SOURCE


class ChooseOther(Step[DayPlace]):
    """With which day this one is swapped."""

    name = "swap"
    place_type = DayPlace

    async def show(self, turn: Turn, place: DayPlace) -> Message:
        return texts.ask_other(await calendar.seen(turn.session, turn.actor), place.day)

    async def said(self, turn: Turn, place: DayPlace, text: str) -> Next:
        known = await calendar.seen(turn.session, turn.actor)
        other = read_date(text, turn.actor.today, known)
        off, work = calendar.ordered_swap(known, place.day, other)
        return Go(SwapSource, SwapPlace(off=off, work=work))

    async def back(self, turn: Turn, place: DayPlace) -> Next:
        return Go(DayPage, place)

    def help(self, can: Capabilities) -> str:
        return texts.ASK_OTHER


class SwapSource(Step[SwapPlace]):
    """By which document; with it, the days are swapped."""

    name = "swap_source"
    place_type = SwapPlace

    async def show(self, turn: Turn, place: SwapPlace) -> Message:
        known = await calendar.seen(turn.session, turn.actor)
        return texts.ask_swap_source(known, place.off, place.work)

    async def said(self, turn: Turn, place: SwapPlace, text: str) -> Next:
        done = await calendar.swap(turn.session, turn.actor, place.off, place.work, text, turn.now)
        note = texts.noted((one.year, one.month, one.before, one.after) for one in done)
        return Go(DayPage, DayPlace(day=place.off), note)

    async def back(self, turn: Turn, place: SwapPlace) -> Next:
        return Go(ChooseOther, DayPlace(day=place.off))

    def help(self, can: Capabilities) -> str:
        return texts.ASK_SOURCE


def _reason(place: EntryPlace) -> str:
    known = texts.REASONS[place.kind]
    if place.reason not in known:
        raise Refusal(Code.NOT_FOUND)
    return known[place.reason]


def _this_month(turn: Turn) -> MonthPlace:
    today = turn.actor.today
    return MonthPlace(year=today.year, month=today.month)


async def _enter(turn: Turn, _subject: str) -> Go:
    return Go(MonthPage, _this_month(turn))


DIALOGUE = Dialogue(
    name="calendar",
    steps=(
        MonthPage(),
        YearPage(),
        ConfirmYear(),
        DayPage(),
        ChooseReason(),
        GiveSource(),
        ChooseOther(),
        SwapSource(),
    ),
    enter=_enter,
    needs=Permission.READ_PLAN,
    command="lich",
)
