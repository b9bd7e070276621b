"""What became of an announcement: how many it reached, who read it, whom to call, by unit."""

from collections.abc import Collection
from datetime import datetime

from core.announcement_content import Content
from core.announcement_results import LeftOut, ResultRow, Told, UnitTally
from core.announcements import Addressee, Audience, Condition, NotReached, Tally
from core.refusals import Code, Refusal
from core.roles import Permission
from core.texts import announcements as texts
from db.queries import announcement_audience as audience_queries
from db.queries import announcement_results as result_queries
from db.queries import announcements as queries
from db.queries import deadlines as deadline_queries
from db.queries import people as people_queries
from db.queries.announcements import Got
from db.transaction import Session
from services import announcements, quota_meter
from services.actor import Actor, local


async def tally(session: Session, actor: Actor, number: int) -> Tally:
    """How many it has reached so far, and why not others."""
    actor.require(Permission.ANNOUNCE)
    found = await announcements.facts(session, actor, number)
    right = found.content.question.right if found.content.question is not None else -1
    counted = await result_queries.tally(session, number, right)
    return await quota_meter.with_held(session, number, counted, actor.today)


async def answers(session: Session, actor: Actor, number: int) -> dict[int, int]:
    """How often each answer to its question was given, by place."""
    actor.require(Permission.ANNOUNCE)
    await announcements.facts(session, actor, number)
    return await result_queries.answers(session, number)


async def by_unit(session: Session, actor: Actor, number: int) -> list[UnitTally]:
    """The same by unit, by name of the unit."""
    actor.require(Permission.ANNOUNCE)
    return unit_tallies(await rows(session, actor, number))


def unit_tallies(people: list[ResultRow]) -> list[UnitTally]:
    """Everybody, counted by unit."""
    counted: dict[str, list[ResultRow]] = {}
    for row in people:
        counted.setdefault(row.unit, []).append(row)
    return [
        UnitTally(
            unit,
            len(found),
            sum(one.sent for one in found),
            sum(one.read_at is not None for one in found),
        )
        for unit, found in sorted(counted.items())
    ]


async def rows(session: Session, actor: Actor, number: int) -> list[ResultRow]:
    """Everybody it was for, by unit and name."""
    actor.require(Permission.ANNOUNCE)
    await announcements.facts(session, actor, number)
    units, still = await _units(session, actor), await quota_meter.still(session, actor.today)
    return [_row(session, one, units, still) for one in await queries.recipients(session, number)]


async def to_call(session: Session, actor: Actor, number: int) -> list[Addressee]:
    """Whom it did not reach, with telephone numbers and the reason."""
    actor.require(Permission.ANNOUNCE)
    await announcements.facts(session, actor, number)
    units, still = await _units(session, actor), await quota_meter.still(session, actor.today)
    return [
        Addressee(
            one.person_id,
            one.name,
            one.post,
            one.unit_id,
            units.get(one.unit_id, ""),
            one.phone,
            why,
            outdated=0 < one.got < one.version,
            partly=_partly(one),
        )
        for one in await queries.recipients(session, number)
        if (why := _why(one, still)) is not None
    ]


async def wordings(session: Session, actor: Actor, number: int) -> list[Told]:
    """Every wording people may have had, the newest first."""
    actor.require(Permission.ANNOUNCE)
    await announcements.facts(session, actor, number)
    found = []
    for row in reversed(await queries.wordings(session, number)):
        by = await people_queries.person(session, row.made_by)
        content = Content.from_json(row.content)
        name = by.name if by is not None else ""
        found.append(Told(row.version, content, row.reason, name, local(session, row.made_at)))
    return found


async def remind_unread(session: Session, actor: Actor, number: int, now: datetime) -> int:
    """A draft for exactly those who have it and have not confirmed; what they confirm counts for this one."""
    actor.require(Permission.ANNOUNCE)
    found = await announcements.facts(session, actor, number)
    if found.retracted:
        raise Refusal(Code.ANNOUNCEMENT_MOVED_ON, state=found.state)
    original = found.reminds or number
    if not await audience_queries.unread(session, original):
        raise Refusal(Code.ANNOUNCEMENT_FOR_NOBODY)
    content = texts.reminder(found.content)
    audience = Audience(condition=Condition.UNREAD, unread=original)
    return await announcements.begin(session, actor, content, now, audience, reminds=original)


async def left_out(session: Session, actor: Actor, number: int) -> LeftOut:
    """How many hold an older wording, and how many it could be sent to anew."""
    actor.require(Permission.ANNOUNCE)
    await announcements.facts(session, actor, number)
    return await queries.left_out(session, number)


async def send_to_missed(session: Session, actor: Actor, number: int, now: datetime) -> int:
    """A draft of it for exactly those whom it could have reached and who have nothing of it."""
    actor.require(Permission.ANNOUNCE)
    found = await announcements.facts(session, actor, number)
    if not await audience_queries.missed(session, number):
        raise Refusal(Code.ANNOUNCEMENT_FOR_NOBODY)
    audience = Audience(condition=Condition.MISSED, unread=number)
    return await announcements.begin(session, actor, found.content, now, audience)


def _row(session: Session, one: Got, units: dict[int, str], still: Collection[str]) -> ResultRow:
    confirmed = one.read_at if one.read_version == one.version else None
    return ResultRow(
        unit=units.get(one.unit_id, ""),
        name=one.name,
        post=one.post,
        phone=one.phone,
        sent=one.state == "sent",
        why=_why(one, still),
        sent_at=local(session, one.sent_at) if one.sent_at is not None else None,
        read_at=local(session, confirmed) if confirmed is not None else None,
        answer=one.answer if confirmed is not None else None,
        partly=_partly(one),
    )


def _why(one: Got, still: Collection[str]) -> NotReached | None:
    if one.state == "queued" and one.channel in still:
        return NotReached.STANDS_STILL
    return None if one.state in {"queued", "sent"} else NotReached(one.state)


async def _units(session: Session, actor: Actor) -> dict[int, str]:
    return {one.unit_id: one.name for one in await deadline_queries.places(session, actor.today)}


def _partly(one: Got) -> bool:
    """Whether some of its messages came and others never will."""
    return one.state not in {"queued", "sent"} and one.got == one.version
