"""Sending an announcement: the last look, a time, a second person, what is scheduled."""

from datetime import datetime

from core.announcements import AnnouncementFacts, State
from core.dates import read_moment
from core.messages import Capabilities, Message
from core.texts import announcement_sending as texts
from core.texts import pages
from handlers.announcement_files import Preview, PreviewPlace
from handlers.announcement_writing import NumberPlace
from handlers.dialogue import AnyStep, Go, Next, Place, PlaceT, Stay, Step, Turn
from handlers.pages import turned
from services import announcement_choices, announcements, calendar


class WhenPlace(NumberPlace):
    """At a time that is about to be kept."""

    at: datetime
    yearly: bool = False
    on_the_day: bool = False


class QueuePlace(Place):
    """At what is scheduled, or waits to be approved."""

    state: State
    page: int = 0


class _Sending(Step[PlaceT]):
    def help(self, can: Capabilities) -> str:
        return texts.HELP


class Sending(_Sending[NumberPlace]):
    """The last look before it goes."""

    name = "sending"
    place_type = NumberPlace

    async def show(self, turn: Turn, place: NumberPlace) -> Message:
        look = await announcement_choices.look(turn.session, turn.actor, place.number, turn.now)
        opens = await announcement_choices.quiet_until(turn.session, turn.actor, turn.now)
        return texts.before(look, opens)

    async def chose(self, turn: Turn, place: NumberPlace, key: str) -> Next:
        if key != "now":
            return _timed(turn, place, key) or Go(key, place)
        look = await announcement_choices.look(turn.session, turn.actor, place.number, turn.now)
        sent = await announcements.send(turn.session, turn.actor, place.number, turn.now)
        return Go("card", place, texts.going(sent, look.hold, await _others(turn)))

    async def back(self, turn: Turn, place: NumberPlace) -> Next:
        return Go("card", place)


class When(_Sending[NumberPlace]):
    """At what time it is to go."""

    name = "when"
    place_type = NumberPlace

    async def show(self, turn: Turn, place: NumberPlace) -> Message:
        found = await announcements.facts(turn.session, turn.actor, place.number)
        return texts.when(found, await announcement_choices.times(turn.session, turn.actor, turn.now))

    async def chose(self, turn: Turn, place: NumberPlace, key: str) -> Next:
        return _timed(turn, place, key) or Stay()

    async def said(self, turn: Turn, place: NumberPlace, text: str) -> Next:
        return await _read(turn, place, text)

    async def back(self, turn: Turn, place: NumberPlace) -> Next:
        found = await announcements.facts(turn.session, turn.actor, place.number)
        return Go(Sending if found.state is State.DRAFT else "card", place)

    def help(self, can: Capabilities) -> str:
        return texts.HELP_WHEN


class WhenSure(_Sending[WhenPlace]):
    """The last look before a time is kept."""

    name = "when_sure"
    place_type = WhenPlace

    async def show(self, turn: Turn, place: WhenPlace) -> Message:
        look = await announcement_choices.look(turn.session, turn.actor, place.number, turn.now)
        if place.at <= turn.now:
            return texts.when(
                look.facts, await announcement_choices.times(turn.session, turn.actor, turn.now)
            )
        at = await announcement_choices.when(
            turn.session, turn.actor, place.at, turn.now, on_the_day=place.on_the_day
        )
        return texts.when_sure(look, at, yearly=place.yearly, on_the_day=place.on_the_day)

    async def chose(self, turn: Turn, place: WhenPlace, key: str) -> Next:
        if (other := _timed(turn, place, key)) is not None:
            return other
        if key == "yearly":
            return Go(WhenSure, place.model_copy(update={"yearly": not place.yearly}))
        if key == "day":
            return Go(WhenSure, place.model_copy(update={"on_the_day": not place.on_the_day}))
        if key == "other":
            return Go(When, _at(place))
        session, actor, at = turn.session, turn.actor, place.at
        kinds = {"yearly": place.yearly, "on_the_day": place.on_the_day}
        found = await announcements.facts(session, actor, place.number)
        if found.state is State.SCHEDULED:
            kept = await announcements.put_off(session, actor, place.number, at, turn.now, **kinds)
        else:
            kept = await announcements.send(session, actor, place.number, turn.now, at, **kinds)
        return Go("card", _at(place), texts.kept(kept, await _others(turn)))

    async def said(self, turn: Turn, place: WhenPlace, text: str) -> Next:
        return await _read(turn, place, text)

    async def back(self, turn: Turn, place: WhenPlace) -> Next:
        return Go(When, _at(place))

    def help(self, can: Capabilities) -> str:
        return texts.HELP_WHEN


class Approving(_Sending[NumberPlace]):
    """The last look of the second person."""

    name = "approving"
    place_type = NumberPlace

    async def show(self, turn: Turn, place: NumberPlace) -> Message:
        look = await announcement_choices.look(turn.session, turn.actor, place.number, turn.now)
        opens = await announcement_choices.quiet_until(turn.session, turn.actor, turn.now)
        mine = look.facts.author_id == turn.actor.person_id
        return texts.approving(look, opens, turn.now, mine=mine)

    async def chose(self, turn: Turn, place: NumberPlace, key: str) -> Next:
        what, _, seen = key.partition(".")
        if what == "preview":
            return Go(Preview, PreviewPlace(number=place.number))
        if what != "yes":
            return Go(key, place)
        await announcements.approve(turn.session, turn.actor, place.number, turn.now, seen)
        return Go("card", place, texts.APPROVED)

    async def back(self, turn: Turn, place: NumberPlace) -> Next:
        return Go("card", place)

    def help(self, can: Capabilities) -> str:
        return texts.HELP_APPROVE


class Refusing(_Sending[NumberPlace]):
    """Why somebody else's is not approved."""

    name = "refusing"
    place_type = NumberPlace

    async def show(self, turn: Turn, place: NumberPlace) -> Message:
        return texts.refusing(await announcements.facts(turn.session, turn.actor, place.number))

    async def said(self, turn: Turn, place: NumberPlace, text: str) -> Next:
        await announcements.refuse(turn.session, turn.actor, place.number, text, turn.now)
        return Go("list", _Nowhere(), texts.REFUSED)

    async def back(self, turn: Turn, place: NumberPlace) -> Next:
        return Go("card", place)

    def help(self, can: Capabilities) -> str:
        return texts.HELP_APPROVE


class Queue(_Sending[QueuePlace]):
    """What is scheduled, or waits to be approved."""

    name = "queue"
    place_type = QueuePlace

    async def show(self, turn: Turn, place: QueuePlace) -> Message:
        count = (await announcements.counted(turn.session, turn.actor, [place.state]))[place.state]
        first = pages.first(place.page, count)
        found = await announcements.listed(turn.session, turn.actor, [place.state], first, pages.PAGE)
        turns = pages.turns(place.page, count)
        return texts.queue(found, place.state, turns, turn.actor.person_id)

    async def chose(self, turn: Turn, place: QueuePlace, key: str) -> Next:
        if (page := turned(place.page, key)) is not None:
            return Go(Queue, place.model_copy(update={"page": page}))
        return Go("card", NumberPlace(number=int(key.removeprefix("one."))))

    async def back(self, turn: Turn, place: QueuePlace) -> Next:
        return Go("list", _Nowhere())


class _Nowhere(Place):
    """The list has no place of its own."""


async def waiting(turn: Turn) -> int:
    """How many announcements wait for this person's word."""
    return await announcement_choices.to_approve(turn.session, turn.actor)


async def _others(turn: Turn) -> list[str]:
    """Who was asked, where somebody was."""
    return list((await announcements.approvers(turn.session, turn.actor, turn.now)).values())


async def _read(turn: Turn, place: NumberPlace, text: str) -> Go:
    """The way from a time that was typed. Raises `Refusal` for what is no time, or over."""
    at = read_moment(text, turn.local_now, await calendar.in_force(turn.session), roughly=True)
    await announcement_choices.when(turn.session, turn.actor, at, turn.now)
    found = await announcements.facts(turn.session, turn.actor, place.number)
    return Go(WhenSure, _kept(place, found, at))


def _kept(place: NumberPlace, found: AnnouncementFacts, at: datetime) -> WhenPlace:
    """At a time, with what was chosen beside the one before."""
    return WhenPlace(number=place.number, at=at, yearly=found.yearly, on_the_day=found.on_the_day)


def _timed(turn: Turn, place: NumberPlace, key: str) -> Go | None:
    """The way from a time that was offered."""
    if not key.startswith("at."):
        return None
    at = datetime.fromisoformat(key.removeprefix("at.")).replace(tzinfo=turn.zone)
    return Go(WhenSure, WhenPlace(number=place.number, at=at))


def _at(place: NumberPlace) -> NumberPlace:
    return NumberPlace(number=place.number)


STEPS: tuple[AnyStep, ...] = (Sending(), When(), WhenSure(), Approving(), Refusing(), Queue())
