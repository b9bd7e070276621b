"""Dates that a plan leaves unsaid, entered with the document each rests on; changed ones stay on record."""

from core.campaign_dates import Datable, Value, value_of, written
from core.campaigns import Campaign
from core.date_changes import Reach
from core.messages import Capabilities, Message
from core.refusals import Code, Refusal
from core.texts import campaign_dates as words
from core.texts import campaign_office as texts
from core.texts import date_changes as changes
from handlers.campaign_places import DatePlace, DayPlace, PagePlace, ReasonPlace, VersionPlace
from handlers.dialogue import AnyStep, Go, Next, Stay, Step, Turn
from services import calendar, campaigns, date_changes
from services import campaign_dates as effects

VERSION = "version"


class Dates(Step[PagePlace]):
    """The dates of the plan: said, entered, or open."""

    name = "dates"
    place_type = PagePlace

    async def show(self, turn: Turn, place: PagePlace) -> Message:
        campaign = await _campaign(turn, place)
        every = await campaigns.datable(turn.session, turn.actor, campaign.code)
        entered = await campaigns.dates(turn.session, turn.actor, campaign.code)
        return texts.dates(campaign, every, entered, turn.zone, place.page)

    async def chose(self, turn: Turn, place: PagePlace, key: str) -> Next:
        if key in {"next", "before"}:
            step = 1 if key == "next" else -1
            return Go(Dates, PagePlace(version=place.version, page=place.page + step))
        campaign = await _campaign(turn, place)
        every = await campaigns.datable(turn.session, turn.actor, campaign.code)
        number = int(key.removeprefix("date."))
        if number >= len(every):
            raise Refusal(Code.NOT_FOUND)
        return Go(Day, DatePlace(version=place.version, subject=every[number].subject))

    async def back(self, turn: Turn, place: PagePlace) -> Next:
        return Go(VERSION, VersionPlace(version=place.version))

    def help(self, can: Capabilities) -> str:
        return texts.HELP_DATES


class Day(Step[DatePlace]):
    """One date with its history; a new one is typed."""

    name = "day"
    place_type = DatePlace

    async def show(self, turn: Turn, place: DatePlace) -> Message:
        campaign = await _campaign(turn, place)
        entered = await campaigns.dates(turn.session, turn.actor, campaign.code)
        one = await _datable(turn, campaign.code, place.subject)
        history = [entry for entry in entered if entry.subject == place.subject]
        return texts.ask_day(campaign, one, history, turn.zone)

    async def chose(self, turn: Turn, place: DatePlace, key: str) -> Next:
        return Go(Withdraw, DatePlace(version=place.version, subject=place.subject))

    async def said(self, turn: Turn, place: DatePlace, text: str) -> Next:
        campaign = await _campaign(turn, place)
        day = await campaigns.read_date(turn.session, turn.actor, campaign.code, place.subject, text)
        there = DayPlace(version=place.version, subject=place.subject, day=written(day))
        return Go(Sure if (await _effect(turn, there)).grave else Document, there)

    async def back(self, turn: Turn, place: DatePlace) -> Next:
        return Go(Dates, PagePlace(version=place.version))

    def help(self, can: Capabilities) -> str:
        return texts.HELP_DATES


class Withdraw(Step[DatePlace]):
    """An entered date is about to be taken back."""

    name = "withdraw"
    place_type = DatePlace

    async def show(self, turn: Turn, place: DatePlace) -> Message:
        campaign = await _campaign(turn, place)
        in_force = {one.code for _id, one in await campaigns.in_force(turn.session)}
        for entry in await campaigns.dates(turn.session, turn.actor, campaign.code):
            if entry.subject == place.subject and entry.replaced_at is None:
                return words.ask_withdraw(campaign, place.subject, entry, in_force=campaign.code in in_force)
        raise Refusal(Code.NOT_FOUND)

    async def chose(self, turn: Turn, place: DatePlace, key: str) -> Next:
        if (await _reach(turn, place, None)).units:
            return Go(WithdrawReason, place)
        return await _withdraw(turn, place, "")

    async def back(self, turn: Turn, place: DatePlace) -> Next:
        return Go(Day, place)

    def help(self, can: Capabilities) -> str:
        return texts.HELP_DATES


class WithdrawReason(Step[DatePlace]):
    """Units owe something by that date: they are told why it is taken back."""

    name = "withdraw_reason"
    place_type = DatePlace

    async def show(self, turn: Turn, place: DatePlace) -> Message:
        campaign = await _campaign(turn, place)
        reach = await _reach(turn, place, None)
        return changes.ask_withdrawal_reason(words.subject(campaign, place.subject), reach)

    async def said(self, turn: Turn, place: DatePlace, text: str) -> Next:
        return await _withdraw(turn, place, text)

    async def back(self, turn: Turn, place: DatePlace) -> Next:
        return Go(Withdraw, place)

    def help(self, can: Capabilities) -> str:
        return changes.HELP_REASON


class Sure(Step[DayPlace]):
    """A date that shuts a round or ends a deadline at once is asked once more."""

    name = "sure"
    place_type = DayPlace

    async def show(self, turn: Turn, place: DayPlace) -> Message:
        campaign = await _campaign(turn, place)
        shuts = (await _effect(turn, place)).shuts
        return words.ask_sure(campaign, place.subject, value_of(place.day), shuts, turn.zone)

    async def chose(self, turn: Turn, place: DayPlace, key: str) -> Next:
        return Go(Document, place)

    async def back(self, turn: Turn, place: DayPlace) -> Next:
        return Go(Day, DatePlace(version=place.version, subject=place.subject))

    def help(self, can: Capabilities) -> str:
        return texts.HELP_DATES


class Document(Step[DayPlace]):
    """The document the day rests on; then it is entered, unless somebody has to be told why."""

    name = "document"
    place_type = DayPlace

    async def show(self, turn: Turn, place: DayPlace) -> Message:
        campaign = await _campaign(turn, place)
        one = await _datable(turn, campaign.code, place.subject)
        in_force = (await _effect(turn, place)).in_force
        day, known = value_of(place.day), await calendar.in_force(turn.session)
        counted = words.counted(day, turn.actor.today, known) if one.timed else ""
        return texts.ask_document(campaign, one, day, turn.zone, counted, in_force=in_force)

    async def chose(self, turn: Turn, place: DayPlace, key: str) -> Next:
        return Stay()

    async def said(self, turn: Turn, place: DayPlace, text: str) -> Next:
        there = ReasonPlace(
            version=place.version,
            subject=place.subject,
            day=place.day,
            document=campaigns.read_document(text),
        )
        if (await _reach(turn, place, value_of(place.day))).units:
            return Go(Reason, there)
        return await _enter(turn, there, "")

    async def back(self, turn: Turn, place: DayPlace) -> Next:
        return Go(Day, DatePlace(version=place.version, subject=place.subject))

    def help(self, can: Capabilities) -> str:
        return texts.HELP_DATES


class Reason(Step[ReasonPlace]):
    """Units owe something by that date: they are told why, and how many they are is said before."""

    name = "reason"
    place_type = ReasonPlace

    async def show(self, turn: Turn, place: ReasonPlace) -> Message:
        campaign = await _campaign(turn, place)
        day = value_of(place.day)
        reach = await _reach(turn, place, day)
        return changes.ask_reason(
            words.subject(campaign, place.subject), words.value(day, turn.zone), place.document, reach
        )

    async def said(self, turn: Turn, place: ReasonPlace, text: str) -> Next:
        return await _enter(turn, place, text)

    async def back(self, turn: Turn, place: ReasonPlace) -> Next:
        return Go(Document, DayPlace(version=place.version, subject=place.subject, day=place.day))

    def help(self, can: Capabilities) -> str:
        return changes.HELP_REASON


async def _enter(turn: Turn, place: ReasonPlace, reason: str) -> Next:
    campaign = await _campaign(turn, place)
    day = value_of(place.day)
    reach = await _reach(turn, place, day)
    facts = await date_changes.enter(
        turn.session, turn.actor, campaign.code, place.subject, day, place.document, reason, turn.now
    )
    note = changes.noted(texts.entered(campaign, facts, turn.zone), reach)
    return Go(Dates, PagePlace(version=place.version), note)


async def _withdraw(turn: Turn, place: DatePlace, reason: str) -> Next:
    campaign = await _campaign(turn, place)
    reach = await _reach(turn, place, None)
    await date_changes.withdraw(turn.session, turn.actor, campaign.code, place.subject, reason, turn.now)
    note = changes.noted(words.withdrawn(campaign, place.subject), reach)
    return Go(Dates, PagePlace(version=place.version), note)


async def _reach(turn: Turn, place: DatePlace, day: Value | None) -> Reach:
    campaign = await _campaign(turn, place)
    return await date_changes.reach(turn.session, turn.actor, campaign.code, place.subject, day, turn.now)


async def _campaign(turn: Turn, place: VersionPlace) -> Campaign:
    return (await campaigns.draft(turn.session, turn.actor, place.version)).campaign


async def _datable(turn: Turn, code: str, subject: str) -> Datable:
    for one in await campaigns.datable(turn.session, turn.actor, code):
        if one.subject == subject:
            return one
    raise Refusal(Code.NOT_FOUND)


async def _effect(turn: Turn, place: DayPlace) -> effects.Effect:
    campaign = await _campaign(turn, place)
    day = value_of(place.day)
    return await effects.effect(turn.session, turn.actor, campaign.code, place.subject, day, turn.now)


STEPS: tuple[AnyStep, ...] = (Dates(), Day(), Withdraw(), WithdrawReason(), Sure(), Document(), Reason())
