"""A correction or retraction that waits for a second person: seen, agreed to, refused."""

from dataclasses import replace

from core.announcement_content import Content
from core.messages import Capabilities, Message
from core.roles import Permission
from core.texts import announcement_changes as texts
from core.texts import announcement_corrections, announcement_sending
from handlers.announcement_writing import NumberPlace
from handlers.dialogue import Go, Next, Step, Turn
from services import announcement_changes, announcement_delivery, announcements


class ChangePlace(NumberPlace):
    """Refusing what was `seen`: its mark."""

    seen: str


class Change(Step[NumberPlace]):
    """The last look of the second person."""

    name = "change"
    place_type = NumberPlace

    async def show(self, turn: Turn, place: NumberPlace) -> Message:
        found = await announcements.facts(turn.session, turn.actor, place.number)
        waits = await announcement_changes.pending(turn.session, turn.actor, place.number)
        if waits is None:
            return texts.nothing(found)
        wording = waits.wording
        spread = await _spread(turn, place.number, wording.content, retracts=wording.retracts)
        return texts.shown(found, waits, spread, may_approve=_may(turn))

    async def chose(self, turn: Turn, place: NumberPlace, key: str) -> Next:
        what, _, seen = key.partition(".")
        session, actor, number = turn.session, turn.actor, place.number
        if what == "withdraw":
            was = await announcement_changes.withdraw(session, actor, number, turn.now, seen)
            return Go("card", place, texts.withdrew(was))
        if what == "no":
            return Go(ChangeRefused, ChangePlace(number=number, seen=seen))
        await announcement_delivery.approve_change(session, actor, number, turn.now, seen)
        return Go("card", place, texts.APPROVED)

    async def back(self, turn: Turn, place: NumberPlace) -> Next:
        return Go("card", place)

    def help(self, can: Capabilities) -> str:
        return announcement_sending.HELP_APPROVE


class ChangeRefused(Step[ChangePlace]):
    """Why somebody else's is not agreed to."""

    name = "change_no"
    place_type = ChangePlace

    async def show(self, turn: Turn, place: ChangePlace) -> Message:
        found = await announcements.facts(turn.session, turn.actor, place.number)
        waits = await announcement_changes.pending(turn.session, turn.actor, place.number)
        return texts.nothing(found) if waits is None else texts.refusing(found, waits)

    async def said(self, turn: Turn, place: ChangePlace, text: str) -> Next:
        session, actor, number = turn.session, turn.actor, place.number
        waits = await announcement_changes.pending(session, actor, number)
        if waits is not None and waits.mark != place.seen:
            return Go(Change, _at(place), texts.OTHER_NOW)
        await announcement_changes.refuse(session, actor, number, text, turn.now, place.seen)
        return Go("card", _at(place), texts.REFUSED)

    async def back(self, turn: Turn, place: ChangePlace) -> Next:
        return Go("card", _at(place))

    def help(self, can: Capabilities) -> str:
        return announcement_sending.HELP_APPROVE


def _at(place: NumberPlace) -> NumberPlace:
    return NumberPlace(number=place.number)


async def told(turn: Turn, number: int, card: Message) -> Message:
    """The screen of one that has left, with what waits about it."""
    waits = await announcement_changes.pending(turn.session, turn.actor, number)
    if waits is None:
        return card
    body = f"{texts.line(waits)}\n\n{card.body}"
    return replace(card, body=body, rows=(*texts.rows(waits, may_approve=_may(turn)), *card.rows))


async def after(turn: Turn, went_to: int | None, went: str) -> str:
    """What is said after the last step, where it went and where somebody else is asked first."""
    if went_to is not None:
        return went
    others = await announcements.approvers(turn.session, turn.actor, turn.now)
    return texts.asked(list(others.values()))


def _may(turn: Turn) -> bool:
    return turn.actor.may(Permission.APPROVE_ANNOUNCEMENTS)


async def _spread(turn: Turn, number: int, content: Content, *, retracts: bool) -> str:
    found = await announcement_delivery.spread(turn.session, turn.actor, number, content, turn.now)
    return announcement_corrections.spread(found, retracts=retracts)


STEPS = (Change(), ChangeRefused())
