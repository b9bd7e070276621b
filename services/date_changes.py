"""A plan's date changes while units owe something by it: everybody affected is told once, with the reason."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from core.campaign_dates import DateFacts, EnteredDate, Value, deadline_subject, with_dates
from core.campaign_terms import Unsaid
from core.date_changes import Move, Reach, moves
from core.deadlines import ASKED_FOR, Obligation
from core.messages import Message
from core.refusals import Code, Refusal
from core.roles import Permission, Role
from core.texts import date_changes as texts
from core.vietnamese import clean_line
from db.queries import campaigns as dates
from db.queries import deadlines as queries
from db.queries import reminders as nudges
from db.transaction import Session
from services import (
    absences,
    calendar,
    campaign_dates,
    campaign_shelf,
    campaigns,
    deadlines,
    journal,
    outbox,
    reminders,
)
from services.actor import Actor
from services.submissions import EVER, occasion

REASON_LIMIT = 300
_SHORTEST = 5


@dataclass(frozen=True, slots=True)
class _Change:
    """What happened to a date, why and by which document; `once` is under what it is told once."""

    code: str
    subject: str
    reason: str
    document: str
    once: str


async def reach(
    session: Session, actor: Actor, code: str, subject: str, value: Value | None, now: datetime
) -> Reach:
    """Who would be told if this date were entered now, or without a `value` taken back."""
    actor.require(Permission.LOAD_CAMPAIGN)
    return await _reach(session, actor, await _moved(session, actor, code, subject, value, now), now)


async def reach_of_version(session: Session, actor: Actor, version_id: int, now: datetime) -> Reach:
    """Who would be told if this version were published now."""
    actor.require(Permission.LOAD_CAMPAIGN)
    return await _reach(session, actor, await _moved_by_version(session, actor, version_id, now), now)


async def enter(
    session: Session,
    actor: Actor,
    code: str,
    subject: str,
    value: str | Value,
    document: str,
    reason: str,
    now: datetime,
) -> DateFacts:
    """Enter or change a date, and tell everybody who owes something by it on another day now.

    Their reminders of the old day that have not left are taken back. The reason may be left out where
    nobody has to be told.
    """
    actor.require(Permission.LOAD_CAMPAIGN)
    read = await campaigns.read_date(session, actor, code, subject, value)
    campaigns.read_document(document)
    moved = await _moved(session, actor, code, subject, read, now)
    why = _reason(reason, moved)
    facts = await campaigns.enter_date(session, actor, code, subject, read, document, now, why)
    once = f"date_change:{await _number(session, code, subject)}"
    await _tell(session, actor, moved, _Change(code, subject, why, facts.document, once), now)
    return facts


async def withdraw(
    session: Session, actor: Actor, code: str, subject: str, reason: str, now: datetime
) -> None:
    """Take an entered date back, and tell everybody who owes something by it on another day now."""
    actor.require(Permission.LOAD_CAMPAIGN)
    kept = [one for one in await campaign_shelf.entered(session, code) if one.subject == subject]
    if not kept:
        raise Refusal(Code.NOT_FOUND)
    moved = await _moved(session, actor, code, subject, None, now)
    why = _reason(reason, moved)
    await campaign_dates.withdraw_date(session, actor, code, subject, now, why)
    once = f"date_withdrawn:{await _number(session, code, subject)}"
    await _tell(session, actor, moved, _Change(code, subject, why, kept[0].document, once), now)


async def publish(session: Session, actor: Actor, version_id: int, now: datetime) -> Reach:
    """Put a version in force, and tell everybody who owes something by it on another day than before.

    Nobody is told of a plan's first version: nothing was due on another day. Returns who was.
    """
    actor.require(Permission.LOAD_CAMPAIGN)
    moved = await _moved_by_version(session, actor, version_id, now)
    reached = await _reach(session, actor, moved, now)
    again = (await campaign_shelf.row(session, version_id)).state == campaigns.PUBLISHED
    await campaigns.publish(session, actor, version_id, now)
    campaign = await campaigns.of_version(session, version_id)
    by_deadline: defaultdict[str, list[Move]] = defaultdict(list)
    for one in moved:
        by_deadline[occasion(one.either)[1]].append(one)
    for code, several in by_deadline.items():
        change = _Change(
            campaign.code,
            deadline_subject(code),
            texts.AN_OLDER_VERSION if again else texts.A_NEW_VERSION,
            texts.version(campaign, several[0].either.rests_on),
            f"version:{version_id}:{code}:{now.timestamp():.0f}",
        )
        await _tell(session, actor, several, change, now)
    return reached


async def _moved_by_version(
    session: Session, actor: Actor, version_id: int, now: datetime
) -> tuple[Move, ...]:
    """What would fall due on another day under this version than under the one in force, if one is."""
    after = await campaigns.of_version(session, version_id)
    before = [one for _id, one in await campaigns.in_force(session) if one.code == after.code]
    if not before:
        return ()
    owed = [await deadlines.obligations_under(session, running, now, EVER) for running in (before, [after])]
    return moves(owed[0], owed[1], actor.today, ASKED_FOR)


async def _moved(
    session: Session, actor: Actor, code: str, subject: str, value: Value | None, now: datetime
) -> tuple[Move, ...]:
    """What of this plan would fall due on another day; nothing while no version is in force."""
    said, one, in_force = await campaign_shelf.dated(session, code, subject)
    if not in_force or subject not in {deadline_subject(each.code) for each in said.deadlines}:
        return ()
    entered = await campaign_shelf.entered(session, code)
    after = [kept for kept in entered if kept.subject != subject]
    if value is not None:
        after.append(EnteredDate(subject, value, "", None if isinstance(one.said, Unsaid) else one.said))
    owed = [
        await deadlines.obligations_under(session, [with_dates(said, several)], now, EVER)
        for several in (entered, after)
    ]
    return moves(owed[0], owed[1], actor.today, ASKED_FOR)


async def _reach(session: Session, actor: Actor, moved: Collection[Move], now: datetime) -> Reach:
    concerned = await _concerned(session, actor, moved)
    told = await outbox.addresses(session, await outbox.may_be_told(session, list(concerned), now))
    return Reach(len({one.either.unit_id for one in moved}), len(concerned), len(told))


async def _concerned(session: Session, actor: Actor, moved: Collection[Move]) -> dict[int, list[Move]]:
    """Whom it is told to: whoever owes it, deputises, coordinates or stands in today; not who did it."""
    found: defaultdict[int, list[Move]] = defaultdict(list)
    coordinators: defaultdict[int | None, list[int]] = defaultdict(list)
    for part in await queries.holders(session, [Role.COORDINATOR], actor.today) if moved else ():
        coordinators[part.unit_id].append(part.person_id)
    table = await absences.told_instead(session, actor.today)
    for move in moved:
        one = move.either
        people = dict.fromkeys((*one.deputies, *coordinators[one.unit_id]))
        if one.person is not None:
            people = {one.person: None, **people}
        stead = [table.stand_in(person, actor.today) for person in people]
        for person in dict.fromkeys((*people, *stead)):
            found[person].append(move)
    found.pop(actor.person_id, None)
    return dict(found)


async def _tell(
    session: Session, actor: Actor, moved: Collection[Move], change: _Change, now: datetime
) -> None:
    """Say it, people who read the same together, and take back what says the old day."""
    if not moved:
        return
    known = await calendar.in_force(session)
    people: defaultdict[Message, list[int]] = defaultdict(list)
    heard: list[tuple[Obligation, int]] = []
    for person, theirs in (await _concerned(session, actor, moved)).items():
        heard += [(one.after, person) for one in theirs if one.after is not None]
        several = len({one.either.unit_id for one in theirs}) > 1
        message = texts.notice(
            theirs, change.reason, change.document, actor.today, known, names_units=several
        )
        people[message].append(person)
    told = 0
    for message, readers in people.items():
        told += await outbox.notify(session, readers, message, now, once=change.once)
    await reminders.told_of_day(session, heard, now)
    await _take_back(session, moved, now)
    where, facts = f"campaign:{change.code}", {"what": change.subject, "reason": change.reason}
    await journal.note(session, actor.label, "told_of_date", where, now, people=told, **facts)


async def _number(session: Session, code: str, subject: str) -> int:
    """The number of the date that was entered last, or taken back."""
    return next(row.id or 0 for row, _name in await dates.dates_of(session, code) if row.subject == subject)


async def _take_back(session: Session, moved: Iterable[Move], now: datetime) -> None:
    old = {one.before.id for one in moved if one.before is not None}
    waiting = {one.obligation for one in await nudges.on_their_way(session)}
    for obligation in sorted(old & waiting):
        await reminders.withdraw(session, obligation, now)


def _reason(typed: str, moved: Collection[Move]) -> str:
    why = clean_line(typed, REASON_LIMIT + 1)
    if len(why) > REASON_LIMIT:
        raise Refusal(Code.TEXT_TOO_LONG, limit=REASON_LIMIT)
    if moved and len(why) < _SHORTEST:
        raise Refusal(Code.REASON_OF_DATE_MISSING)
    return why
