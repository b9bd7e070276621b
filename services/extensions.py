"""More time: a unit asks with a reason, the office answers with a document, and both are told."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from core.deadlines import Extension as Longer
from core.deadlines import Obligation
from core.refusals import Code, Refusal
from core.roles import Permission, Role
from core.submissions import ExtensionFacts
from core.texts import extensions as texts
from core.vietnamese import clean_line, clean_paragraphs, words_only
from db.models import Extension
from db.queries import deadlines as deadline_queries
from db.queries import people as people_queries
from db.queries import submissions as queries
from db.queries.deadlines import Occasion
from db.transaction import Session
from services import absences, deadlines, journal, outbox, reminders, submissions
from services.actor import Actor

REASON_LIMIT = 500
DOCUMENT_LIMIT = 200
#: More time than this after the day of the plan, or after today where that is past, is a slip of the year.
LONGEST = timedelta(days=366)
_SHORTEST = 5
GRANTED, DENIED = "granted", "denied"


async def ask(session: Session, actor: Actor, key: str, until: date, reason: str, now: datetime) -> int:
    """Ask for more time until and including a day; the office is told. Nothing changes before it answers."""
    actor.require(Permission.HAND_IN)
    found = await submissions.own(session, actor, Permission.HAND_IN, key, now)
    told = checked_reason(reason)
    check_until(actor, found, until)
    occasion = submissions.occasion(found)
    await _ensure_nothing_waits(session, occasion)
    campaign, deadline, period, unit_id = occasion
    row = Extension(
        campaign=campaign,
        deadline=deadline,
        period=period,
        unit_id=unit_id,
        until=until,
        reason=told,
        asked_by=actor.person_id,
        asked_at=now,
    )
    session.add(row)
    await session.flush()
    asked = row.id or 0
    until_day = until.isoformat()
    await journal.note(session, actor.label, "asked_extension", f"extension:{asked}", now, until=until_day)
    officers = [one.person_id for one in await people_queries.holders(session, Role.OFFICE, actor.today)]
    notice = texts.asked_notice(found, _facts(queries.Asked(row, actor.name), found))
    await outbox.notify(session, sorted(set(officers)), notice, now, once=f"extension:{asked}")
    return asked


async def _ensure_nothing_waits(session: Session, occasion: Occasion) -> None:
    """Refuse more time for what is handed in, and while a request for it has no answer."""
    if await queries.of_occasion(session, occasion) is not None:
        raise Refusal(Code.HANDED_IN_ALREADY)
    before = await queries.last_extension(session, occasion)
    if before is not None and before.row.state == "asked":
        raise Refusal(Code.EXTENSION_WAITING)


async def take_back(session: Session, actor: Actor, key: str, now: datetime) -> None:
    """The unit needs no more time after all; what the office has answered already stands."""
    actor.require(Permission.HAND_IN)
    found = await submissions.own(session, actor, Permission.HAND_IN, key, now)
    if not await submissions.end_request(session, actor, found, now):
        raise Refusal(Code.EXTENSION_ANSWERED)


async def ensure_grantable(session: Session, actor: Actor, extension_id: int, now: datetime) -> None:
    """Refuse to grant a request that gives no more time by now."""
    actor.require(Permission.SEE_BOARD)
    asked = await _asked(session, extension_id)
    _check_granted(actor, await _obligation(session, asked.row, now), asked.row.until)


async def answer(
    session: Session, actor: Actor, extension_id: int, *, grant: bool, words: str, now: datetime
) -> None:
    """Grant it by a document, or deny it with a reason; who asked and the head are told."""
    actor.require(Permission.SEE_BOARD)
    asked = await _asked(session, extension_id)
    limit = DOCUMENT_LIMIT if grant else REASON_LIMIT
    told = clean_line(words, limit + 1)
    if len(words_only(told)) < _SHORTEST:
        raise Refusal(Code.DOCUMENT_MISSING if grant else Code.QUESTION_TOO_SHORT)
    if len(told) > limit:
        raise Refusal(Code.TEXT_TOO_LONG, limit=limit)
    found = await _obligation(session, asked.row, now)
    if asked.row.state != "asked":
        raise Refusal(Code.EXTENSION_ANSWERED)
    if grant:
        _check_granted(actor, found, asked.row.until)
    state = GRANTED if grant else DENIED
    if not await queries.decide(session, extension_id, state, told, actor.person_id or None, now):
        raise Refusal(Code.EXTENSION_ANSWERED)
    await journal.note(session, actor.label, f"{state}_extension", f"extension:{extension_id}", now)
    await session.refresh(asked.row)
    if grant:
        await reminders.withdraw(session, found.id, now)
    people = {asked.row.asked_by, *await _answering(session, actor, found)}
    notice = texts.answered_notice(found, _facts(asked, found))
    await outbox.notify(session, sorted(people), notice, now, once=f"extension_answer:{extension_id}")
    if grant:
        moved = replace(found, extension=Longer(asked.row.until, told))
        await reminders.told_of_day(session, [(moved, one) for one in people], now)


async def grant(
    session: Session, actor: Actor, key: str, until: date, reason: str, document: str, now: datetime
) -> ExtensionFacts:
    """The office gives more time until and including a day, unasked, by a document; the unit is told.

    Where the unit asked already, that is answered instead. A day that was given may be corrected to an
    earlier one, down to the day of the plan.
    """
    actor.require(Permission.SEE_BOARD)
    found = await submissions.one(session, actor, key, now)
    told, paper = checked_reason(reason), checked_document(document)
    check_given(actor, found, until)
    campaign, deadline, period, unit_id = occasion = submissions.occasion(found)
    await _ensure_nothing_waits(session, occasion)
    row = Extension(
        campaign=campaign,
        deadline=deadline,
        period=period,
        unit_id=unit_id,
        until=until,
        reason=told,
        state=GRANTED,
        asked_by=actor.person_id,
        asked_at=now,
        document=paper,
        decided_by=actor.person_id,
        decided_at=now,
    )
    session.add(row)
    await session.flush()
    subject, days = f"extension:{row.id}", {"until": until.isoformat()}
    await journal.note(session, actor.label, "gave_extension", subject, now, **days)
    await reminders.withdraw(session, found.id, now)
    facts = _facts(queries.Asked(row, actor.name), found)
    people = sorted(set(await _answering(session, actor, found)) - {actor.person_id})
    notice = texts.given_notice(found, facts)
    await outbox.notify(session, people, notice, now, once=f"extension_given:{row.id}")
    moved = replace(found, extension=Longer(until, paper))
    await reminders.told_of_day(session, [(moved, one) for one in people], now)
    return facts


def checked_reason(reason: str) -> str:
    """Why there is more time, as it is kept."""
    told = clean_paragraphs(reason, REASON_LIMIT + 1)
    if len(words_only(told)) < _SHORTEST:
        raise Refusal(Code.QUESTION_TOO_SHORT)
    if len(told) > REASON_LIMIT:
        raise Refusal(Code.TEXT_TOO_LONG, limit=REASON_LIMIT)
    return told


def checked_document(typed: str) -> str:
    """By which document there is more time, as it is kept."""
    told = clean_line(typed, DOCUMENT_LIMIT + 1)
    if len(words_only(told)) < _SHORTEST:
        raise Refusal(Code.DOCUMENT_MISSING)
    if len(told) > DOCUMENT_LIMIT:
        raise Refusal(Code.TEXT_TOO_LONG, limit=DOCUMENT_LIMIT)
    return told


async def open_one(session: Session, actor: Actor, key: str, now: datetime) -> int:
    """The number of the unit's request that waits for an answer about something; 0 where none does."""
    actor.require(Permission.SEE_BOARD)
    found = await last(session, actor, key, now)
    return found.id if found is not None and found.state == "asked" else 0


async def waiting(session: Session, actor: Actor, now: datetime) -> list[tuple[Obligation, ExtensionFacts]]:
    """What waits for an answer, oldest first; what nobody owes any more is left out."""
    actor.require(Permission.SEE_BOARD)
    return [(one, _facts(asked, one)) for one, asked in await _waiting(session, now)]


async def count_waiting(session: Session, actor: Actor, now: datetime) -> int:
    """How many wait for the office."""
    actor.require(Permission.SEE_BOARD)
    return len(await _waiting(session, now))


async def one(
    session: Session, actor: Actor, extension_id: int, now: datetime
) -> tuple[Obligation, ExtensionFacts]:
    """One request, for whoever answers."""
    actor.require(Permission.SEE_BOARD)
    asked = await _asked(session, extension_id)
    found = await _obligation(session, asked.row, now)
    return found, _facts(asked, found)


async def last(session: Session, actor: Actor, key: str, now: datetime) -> ExtensionFacts | None:
    """The newest request about something, for the unit or the office."""
    found = await submissions.one(session, actor, key, now)
    asked = await queries.last_extension(session, submissions.occasion(found))
    return _facts(asked, found) if asked is not None else None


def check_until(actor: Actor, found: Obligation, until: date) -> None:
    """Refuse a day that gives no more time, or that is a slip of the year."""
    if until <= found.due or until < actor.today:
        raise Refusal(Code.EXTENSION_TOO_EARLY, day=found.due)
    _check_last(actor, found, until)


def check_given(actor: Actor, found: Obligation, until: date) -> None:
    """Refuse a day that the office cannot give; one it gave may come earlier, not before the plan's."""
    if found.extension is None:
        check_until(actor, found, until)
        return
    first = max(found.legal_day, actor.today)
    if until < first:
        raise Refusal(Code.EXTENSION_CUT_SHORT, day=first)
    if until == found.due:
        raise Refusal(Code.EXTENSION_UNCHANGED, day=found.due)
    _check_last(actor, found, until)


def _check_granted(actor: Actor, found: Obligation, until: date) -> None:
    """Refuse what was overtaken since the unit asked: it handed in, or that day gives no time now."""
    if found.done_at is not None:
        raise Refusal(Code.HANDED_IN_ALREADY)
    if until <= found.due or until < actor.today:
        raise Refusal(Code.EXTENSION_OVERTAKEN, day=until, other=found.due)
    _check_last(actor, found, until)


def _check_last(actor: Actor, found: Obligation, until: date) -> None:
    last = max(found.legal_day, actor.today) + LONGEST
    if until > last:
        raise Refusal(Code.EXTENSION_TOO_LATE, day=last)


async def _waiting(session: Session, now: datetime) -> list[tuple[Obligation, queries.Asked]]:
    """Every request nobody has answered for what a unit still owes; its deadline or plan may be gone."""
    asked = await queries.extensions_waiting(session)
    units = {one.row.unit_id for one in asked}
    owed = await deadlines.obligations(session, now, submissions.EVER, units) if asked else ()
    known = {one.id: one for one in owed}
    open_still = {key for key, one in known.items() if one.done_at is None}
    return [(known[_key(one.row)], one) for one in asked if _key(one.row) in open_still]


async def _answering(session: Session, actor: Actor, found: Obligation) -> list[int]:
    """Who hands in for the unit: its head, or whoever stands in, and who coordinates it."""
    parts = await deadline_queries.holders(session, [Role.HEAD, Role.COORDINATOR], actor.today)
    people = [one.person_id for one in parts if one.unit_id == found.unit_id]
    people += [found.person] if found.person is not None else []
    return await absences.acting(session, people, actor.today)


async def _asked(session: Session, extension_id: int) -> queries.Asked:
    found = await queries.extension(session, extension_id)
    if found is None:
        raise Refusal(Code.NOT_FOUND)
    return found


async def _obligation(session: Session, row: Extension, now: datetime) -> Obligation:
    for found in await deadlines.obligations(session, now, submissions.EVER, {row.unit_id}):
        if found.id == _key(row):
            return found
    raise Refusal(Code.NOT_FOUND)


def _key(row: Extension) -> str:
    return f"{row.campaign}:{row.deadline}:{row.period}:{row.unit_id}"


def _facts(asked: queries.Asked, found: Obligation) -> ExtensionFacts:
    row = asked.row
    return ExtensionFacts(
        id=row.id or 0,
        unit=found.unit,
        key=found.id,
        until=row.until,
        reason=row.reason,
        state=row.state,
        asked_by=asked.asked_by,
        asked_at=row.asked_at,
        document=row.document,
    )
