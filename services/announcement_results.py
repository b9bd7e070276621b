"""What became of an announcement: how many it reached, who read it, whom to call, by unit."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from core.announcements import Addressee, Audience, Condition, NotReached, Tally
from core.roles import Permission
from core.texts import announcements as texts
from db.queries import announcement_delivery as delivery
from db.queries import announcements as queries
from db.queries import deadlines as deadline_queries
from db.queries.announcements import Got
from db.transaction import Session
from services import announcements
from services.actor import Actor, local


@dataclass(frozen=True, slots=True)
class UnitTally:
    """One unit's part of it."""

    unit: str
    total: int
    sent: int
    read: int


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One person's part of it, for a table: `state` is «queued», «sent» or a `NotReached`."""

    unit: str
    name: str
    post: str
    phone: str
    state: str
    sent_at: datetime | None
    read_at: datetime | None
    answer: int | None


async def tally(session: Session, actor: Actor, number: int) -> Tally:
    """How many it has reached so far, and why not others."""
    actor.require(Permission.ANNOUNCE)
    found = await announcements.facts(session, actor, number)
    states = await delivery.states(session, number)
    right = found.content.question.right if found.content.question is not None else -1
    read, answered, rightly, twice = await delivery.answers(session, number, right)
    return Tally(
        sent=states.pop("sent", 0),
        waiting=states.pop("queued", 0),
        not_reached={NotReached(state): count for state, count in sorted(states.items())},
        read=read,
        right=rightly,
        answered=answered,
        perhaps_twice=twice,
    )


async def by_unit(session: Session, actor: Actor, number: int) -> list[UnitTally]:
    """The same by unit, by name of the unit."""
    actor.require(Permission.ANNOUNCE)
    counted: dict[str, list[ResultRow]] = {}
    for row in await rows(session, actor, number):
        counted.setdefault(row.unit, []).append(row)
    return [
        UnitTally(
            unit,
            len(people),
            sum(one.state == "sent" for one in people),
            sum(one.read_at is not None for one in people),
        )
        for unit, people in sorted(counted.items())
    ]


async def rows(session: Session, actor: Actor, number: int) -> list[ResultRow]:
    """Everybody it was for, by unit and name."""
    actor.require(Permission.ANNOUNCE)
    await announcements.facts(session, actor, number)
    units = await _units(session, actor)
    return [
        ResultRow(
            units.get(one.unit_id, ""),
            one.name,
            one.post,
            one.phone,
            one.state,
            local(session, one.sent_at) if one.sent_at is not None else None,
            local(session, one.read_at) if one.read_at is not None else None,
            one.answer,
        )
        for one in await queries.recipients(session, number)
    ]


async def to_call(session: Session, actor: Actor, number: int) -> list[Addressee]:
    """Whom it did not reach, with telephone numbers and the reason."""
    actor.require(Permission.ANNOUNCE)
    await announcements.facts(session, actor, number)
    units = await _units(session, actor)
    found = _missed(await queries.recipients(session, number))
    return [
        Addressee(
            one.person_id,
            one.name,
            one.post,
            one.unit_id,
            units.get(one.unit_id, ""),
            one.phone,
            NotReached(one.state),
        )
        for one in found
    ]


async def remind_unread(session: Session, actor: Actor, number: int, now: datetime) -> int:
    """A draft for exactly those who have it and have not confirmed; what they confirm counts for this one."""
    actor.require(Permission.ANNOUNCE)
    found = await announcements.facts(session, actor, number)
    original = found.reminds or number
    content = texts.reminder(found.content)
    audience = Audience(condition=Condition.UNREAD, unread=original)
    return await announcements.begin(session, actor, content, now, audience, reminds=original)


def _missed(people: Iterable[Got]) -> list[Got]:
    return [one for one in people if one.state not in {"queued", "sent"}]


async def _units(session: Session, actor: Actor) -> dict[int, str]:
    return {one.unit_id: one.name for one in await deadline_queries.places(session, actor.today)}
