"""A unit's self-assessment shared among colleagues: given, taken back, sent back for more."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from core.assessment import Entry
from core.collective import Colleague, Part
from core.refusals import Code, Refusal
from core.roles import Permission, Role
from core.texts import collective as texts
from db.models import Share
from db.queries import people as people_queries
from db.queries import sharing as queries
from db.queries.sharing import Holder
from db.transaction import Session
from services import journal, outbox, people, sheets
from services.actor import Actor, today

MOST_LISTED = 8


async def parts(session: Session, actor: Actor, assessment_id: int) -> list[Part]:
    """Who has what, in the order of the plan."""
    working = await _shared(session, actor, assessment_id)
    held: dict[int, list[Entry]] = {}
    names: dict[int, str] = {}
    for entry in working.facts().entries:
        holder = working.shares.get(entry.criterion.code)
        if holder is not None:
            held.setdefault(holder.person_id, []).append(entry)
            names[holder.person_id] = holder.name
    return [Part(person_id, names[person_id], tuple(entries)) for person_id, entries in held.items()]


async def colleagues(session: Session, actor: Actor, assessment_id: int, words: str = "") -> list[Colleague]:
    """Who can be given a part: people of the unit and below it with an account, by some of their name."""
    working = await _shared(session, actor, assessment_id)
    below = await people_queries.units_below(session, working.held.unit_id, actor.today)
    found = await queries.linked_in(session, below, words, MOST_LISTED, but=actor.person_id)
    return [await _colleague(session, actor, *one) for one in found]


async def colleague(session: Session, actor: Actor, assessment_id: int, person_id: int) -> Colleague:
    """One of them; whoever cannot be given a part is as good as nobody."""
    working = await _shared(session, actor, assessment_id)
    below = await people_queries.units_below(session, working.held.unit_id, actor.today)
    person = await people_queries.person(session, person_id)
    linked = await people_queries.active_accounts(session, [person_id])
    if person is None or not person.active or person.unit_id not in below or not linked:
        raise Refusal(Code.NOT_FOUND)
    return await _colleague(session, actor, person_id, person.name, person.post, person.unit_id)


async def share(
    session: Session, actor: Actor, assessment_id: int, keys: Collection[str], person_id: int, now: datetime
) -> int:
    """Give criteria to a colleague, from whoever had them; returns how many. Each gets one notice."""
    actor.require(Permission.ASSESS_UNIT)
    working = await _shared(session, actor, assessment_id)
    working.ensure_open(now)
    to = await colleague(session, actor, assessment_id, person_id)
    codes = [working.criterion(key).code for key in dict.fromkeys(keys)]
    known = await queries.shares(session, assessment_id, codes)
    fresh = [code for code in codes if code not in known or known[code].person_id != person_id]
    lost = _by_holder(working, fresh)
    for code in fresh:
        row = known.get(code) or Share(
            assessment_id=assessment_id, criterion=code, person_id=person_id, given_at=now
        )
        row.person_id, row.given_by, row.given_at = person_id, actor.person_id, now
        session.add(row)
        working.shares[code] = Holder(person_id, to.name)
        await journal.note(
            session, actor.label, "shared", f"assessment:{assessment_id}", now, criterion=code, to=person_id
        )
    await session.flush()
    if fresh:
        whole = working.facts()
        entries = [entry for entry in whole.entries if entry.criterion.code in fresh]
        notice = texts.given_notice(whole, entries, actor.name)
        await outbox.notify(session, [person_id], notice, now, once=_once("share", assessment_id, now))
    await _tell_losers(session, working, lost, now)
    return len(fresh)


async def take_back(
    session: Session, actor: Actor, assessment_id: int, keys: Collection[str], now: datetime
) -> int:
    """Take criteria back from whoever has them; the answers stay. Returns how many were given away."""
    actor.require(Permission.ASSESS_UNIT)
    working = await _shared(session, actor, assessment_id)
    working.ensure_open(now)
    codes = [code for code in (working.criterion(key).code for key in keys) if code in working.shares]
    lost = _by_holder(working, codes)
    await queries.take_back(session, assessment_id, codes)
    for code in codes:
        holder = working.shares.pop(code)
        subject = f"assessment:{assessment_id}"
        await journal.note(
            session, actor.label, "took_back", subject, now, criterion=code, of=holder.person_id
        )
    await _tell_losers(session, working, lost, now)
    return len(codes)


async def answerer(session: Session, actor: Actor, assessment_id: int, key: str) -> Holder:
    """Who answers a criterion: whoever was given it, else who looks after the whole."""
    working = await _shared(session, actor, assessment_id)
    holder = working.shares.get(working.criterion(key).code)
    if holder is not None:
        return holder
    held = working.held
    person_id = await _looks_after(session, held.unit_id, held.person_id, actor.today)
    person = await people_queries.person(session, person_id)
    return Holder(person_id, person.name if person else "")


async def send_back(
    session: Session, actor: Actor, assessment_id: int, key: str, comment: str, now: datetime
) -> None:
    """Ask the answerer of one criterion for more: it is open again, the comment in its note and a notice."""
    actor.require(Permission.ASSESS_UNIT)
    working = await _shared(session, actor, assessment_id)
    working.ensure_open(now)
    criterion = working.criterion(key)
    to = await answerer(session, actor, assessment_id, key)
    note = working.answers.get(criterion.code, ("", "", ""))[2]
    note = texts.with_comment(note, comment, today(session, now))
    sheets.reopen(session, working, criterion.code, note, now)
    subject = f"assessment:{assessment_id}"
    await journal.note(
        session, actor.label, "sent_back", subject, now, criterion=criterion.code, to=to.person_id
    )
    whole = working.facts()
    notice = texts.returned_notice(whole, whole.entry(key), comment, actor.name)
    await outbox.notify(session, [to.person_id], notice, now, once=_once(f"back:{key}", assessment_id, now))


async def hand_back(session: Session, person_ids: Sequence[int], now: datetime) -> None:
    """What people hold of units they no longer belong to returns to who looks after it, who is told."""
    day = today(session, now)
    returning: dict[tuple[int, int, int, int], list[str]] = {}
    for held, of in await queries.in_drafts(session, person_ids):
        person = await people_queries.person(session, held.person_id)
        above = await people_queries.units_above(session, person.unit_id, day) if person else frozenset()
        if person is None or not person.active or of.unit_id not in above:
            whose = (held.person_id, of.id or 0, of.unit_id, of.person_id)
            returning.setdefault(whose, []).append(held.criterion)
    for (person_id, assessment_id, unit_id, begun_by), codes in returning.items():
        await queries.take_back(session, assessment_id, codes)
        working = await sheets.load(session, assessment_id)
        if working is not None:
            for code in codes:
                working.shares.pop(code, None)
        subject = f"assessment:{assessment_id}"
        await journal.note(session, "house", "handed_back", subject, now, of=person_id, criteria=len(codes))
        person = await people_queries.person(session, person_id)
        notice = texts.handed_back_notice(
            person.name if person else "",
            await people.unit_name(session, unit_id, day),
            len(codes),
            assessment_id,
        )
        to = await _looks_after(session, unit_id, begun_by, day)
        await outbox.notify(session, [to], notice, now, once=_once(f"handed:{person_id}", assessment_id, now))


async def _looks_after(session: Session, unit_id: int, begun_by: int, day: date) -> int:
    """Who looks after a unit's self-assessment: who began it, or whoever has that part by now."""
    above = await people_queries.units_above(session, unit_id, day)
    holding = [
        grant.person_id
        for role in (Role.COORDINATOR, Role.HEAD)
        for grant in await people_queries.holders(session, role.value, day)
        if grant.unit_id in above
    ]
    return begun_by if begun_by in holding or not holding else holding[0]


async def _shared(session: Session, actor: Actor, assessment_id: int) -> sheets.WorkingSheet:
    """A unit's self-assessment for whoever may give parts of it away."""
    working = await sheets.reached(session, actor, assessment_id)
    if not working.reach.shares:
        raise Refusal(Code.NOT_FOUND)
    return working


def _by_holder(working: sheets.WorkingSheet, codes: Collection[str]) -> dict[int, int]:
    """How many of these criteria each holder has."""
    found: dict[int, int] = {}
    for code in codes:
        holder = working.shares.get(code)
        if holder is not None:
            found[holder.person_id] = found.get(holder.person_id, 0) + 1
    return found


async def _tell_losers(
    session: Session, working: sheets.WorkingSheet, lost: dict[int, int], now: datetime
) -> None:
    for person_id, count in lost.items():
        notice = texts.taken_notice(working.facts(), count)
        await outbox.notify(session, [person_id], notice, now, once=_once("taken", working.held.id, now))


async def _colleague(
    session: Session, actor: Actor, person_id: int, name: str, post: str, unit_id: int
) -> Colleague:
    return Colleague(person_id, name, post, await people.unit_name(session, unit_id, actor.today))


def _once(what: str, assessment_id: int, now: datetime) -> str:
    return f"{what}:{assessment_id}:{now.timestamp():.3f}"
