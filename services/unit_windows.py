"""The public window: a unit's people see whom it proposes, may object, and see how that was settled."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from core.campaign_terms import SubjectKind
from core.refusals import Code, Refusal
from core.roles import Permission, Role
from core.texts import unit_windows as texts
from core.texts.deputies import in_place_of
from core.unit_reviews import (
    MOST_DAYS,
    ObjectionFacts,
    ShownNominee,
    WindowFacts,
    outcomes_of,
)
from db.models import Dossier, Nomination, Objection, Objector, PublicWindow, WindowNominee
from db.queries import appraisal as appraisal_queries
from db.queries import eligibility as eligibility_queries
from db.queries import nominations as nomination_queries
from db.queries import people as people_queries
from db.queries import submissions as submission_queries
from db.queries import unit_reviews as queries
from db.transaction import Session
from services import calendar, dossiers, eligibility, journal, outbox, sheets, unit_rounds
from services.actor import Actor, today

#: For how long after it was opened a list can still be looked at.
_SEEN_FOR = timedelta(days=180)


async def open_window(
    session: Session, actor: Actor, round_id: int, unit_id: int, days: int, now: datetime
) -> int:
    """Show the unit's people whom it proposes, for so many working days after today; each is told once."""
    actor.require(Permission.NOMINATE)
    actor.require(Permission.NOMINATE, await unit_rounds.target(session, unit_id, actor.today))
    if not 1 <= days <= MOST_DAYS:
        raise Refusal(Code.NOT_FOUND)
    dossier_id = await dossiers.open_for(session, actor, round_id, unit_id, now)
    await dossiers.ensure_open(session, actor, dossier_id)
    if any(one.state == "open" for one in await queries.windows_of(session, dossier_id)):
        raise Refusal(Code.WINDOW_OPEN)
    proposed = await dossiers.nominees(session, dossier_id, now)
    if not proposed:
        raise Refusal(Code.NOBODY_PROPOSED)
    instead_of = await unit_rounds.instead(session, actor, unit_id)
    last_day = (await calendar.in_force(session)).plus_working_days(actor.today, days)
    row = PublicWindow(
        dossier_id=dossier_id,
        days=days,
        last_day=last_day,
        opened_by=actor.person_id or None,
        opened_for=instead_of,
        opened_at=now,
    )
    session.add(row)
    await session.flush()
    for number, one in enumerate(proposed, 1):
        session.add(WindowNominee(window_id=row.id or 0, nomination_id=one.nomination_id, place=number))
    await session.flush()
    told: dict[str, str | int] = {"days": days, "nominees": len(proposed), **unit_rounds.noted(instead_of)}
    await journal.note(session, actor.label, "opened_window", f"window:{row.id}", now, **told)
    units = await people_queries.units_below(session, unit_id, actor.today)
    people = await queries.linked_in(session, units)
    notice = texts.opened_notice(await _one(session, row, now))
    await outbox.notify(session, people, notice, now, once=f"window:{row.id}")
    return row.id or 0


async def of_dossier(session: Session, actor: Actor, dossier_id: int, now: datetime) -> list[WindowFacts]:
    """The windows of a dossier, the newest first."""
    await unit_rounds.dossier(session, actor, dossier_id, Permission.PREPARE_DOSSIER)
    return [await _one(session, row, now) for row in await queries.windows_of(session, dossier_id)]


async def one(session: Session, actor: Actor, window_id: int, now: datetime) -> WindowFacts:
    """A window, for whoever prepares the dossier."""
    row, of = await _found(session, window_id)
    actor.require(Permission.PREPARE_DOSSIER, await unit_rounds.target(session, of.unit_id, actor.today))
    return await _one(session, row, now)


async def objections(session: Session, actor: Actor, dossier_id: int, now: datetime) -> list[ObjectionFacts]:
    """What was objected to a unit's nominees, for whoever prepares the dossier; of some without a name.

    What is said of who looks is told without one in any case.
    """
    await unit_rounds.dossier(session, actor, dossier_id, Permission.PREPARE_DOSSIER)
    own = {
        one.nomination_id
        for one in await dossiers.nominees(session, dossier_id, now)
        if one.person_id == actor.person_id
    }
    found = await all_objections(session, dossier_id)
    return [replace(one, by="") if one.nomination_id in own else one for one in found]


async def objection(session: Session, actor: Actor, objection_id: int) -> tuple[ObjectionFacts, bool]:
    """One of them, and whether the person may answer it."""
    row = await queries.objection(session, objection_id)
    if row is None:
        raise Refusal(Code.NOT_FOUND)
    _window, of = await _found(session, row.window_id)
    actor.require(Permission.PREPARE_DOSSIER, await unit_rounds.target(session, of.unit_id, actor.today))
    (found,) = await _objections(session, [row])
    nomination = await nomination_queries.nomination(session, row.nomination_id)
    if nomination is not None and nomination.person_id == actor.person_id:
        return replace(found, by=""), False
    return found, actor.may(Permission.NOMINATE, await unit_rounds.target(session, of.unit_id, actor.today))


async def all_objections(session: Session, dossier_id: int) -> list[ObjectionFacts]:
    """Everything that was objected to nominees of a dossier, whoever asks."""
    windows = [one.id or 0 for one in await queries.windows_of(session, dossier_id)]
    return await _objections(session, await queries.objections(session, windows))


async def shown_until(session: Session, dossier_id: int, now: datetime) -> date | None:
    """The last day of the list of a dossier that is shown now, whoever asks."""
    windows = await queries.windows_of(session, dossier_id)
    day = today(session, now)
    return next((one.last_day for one in windows if one.state == "open" and one.last_day >= day), None)


async def settle(session: Session, actor: Actor, objection_id: int, words: str, now: datetime) -> None:
    """Answer an objection; whoever made it is told, also one without a name, by the house alone.

    Possible after the window too; once. A head does not settle what is said of themselves.
    """
    actor.require(Permission.NOMINATE)
    row = await queries.objection(session, objection_id)
    if row is None:
        raise Refusal(Code.NOT_FOUND)
    _window, of = await _found(session, row.window_id)
    actor.require(Permission.NOMINATE, await unit_rounds.target(session, of.unit_id, actor.today))
    nomination = await nomination_queries.nomination(session, row.nomination_id)
    if nomination is not None and nomination.person_id == actor.person_id:
        raise Refusal(Code.OWN_CASE)
    told = unit_rounds.words_of(words)
    instead_of = await unit_rounds.instead(session, actor, of.unit_id)
    values = {"settled_by": actor.person_id or None, "settled_for": instead_of, "settled_at": now}
    if not await queries.settle(session, objection_id, told, **values):
        raise Refusal(Code.OBJECTION_SETTLED)
    facts = {**eligibility.reason_facts(told), **unit_rounds.noted(instead_of)}
    await journal.note(session, actor.label, "settled_objection", f"objection:{objection_id}", now, **facts)
    named = row.person_id
    people = (
        [named] if named is not None else await queries.unnamed(session, row.window_id, row.nomination_id)
    )
    await session.refresh(row)
    (settled,) = await _objections(session, [row])
    notice = texts.settled_notice(settled)
    await outbox.notify(session, people, notice, now, once=f"settled:{objection_id}")


async def mine(session: Session, actor: Actor, now: datetime) -> list[WindowFacts]:
    """The lists that are or lately were shown to the person's unit, the newest first."""
    actor.require(Permission.MANAGE_ACCOUNT, actor.own)
    above = await people_queries.units_above(session, actor.unit_id, actor.today)
    found = await queries.windows_over(session, above, now - _SEEN_FOR)
    return [await _one(session, row, now) for row in found]


async def count_open(session: Session, actor: Actor, now: datetime) -> int:
    """How many lists are shown to the person's unit now."""
    actor.require(Permission.MANAGE_ACCOUNT, actor.own)
    above = await people_queries.units_above(session, actor.unit_id, actor.today)
    return len(await queries.windows_over(session, above, now - _SEEN_FOR, still_open=True))


async def shown(
    session: Session, actor: Actor, window_id: int, now: datetime
) -> tuple[WindowFacts, list[ShownNominee]]:
    """A list as the unit's people see it: what for and how the plan judges it, nothing of the person."""
    row, _of = await _member(session, actor, window_id)
    rows = await queries.shown_in(session, window_id)
    await sheets.load_all(session, [one.assessment_id for one in rows])
    objected = await queries.objected(session, window_id, actor.person_id)
    units = await eligibility_queries.unit_names(session, {one.unit_id for one in rows}, today(session, now))
    people = await eligibility_queries.people(session, {one.person_id for one in rows if one.person_id})
    found: list[ShownNominee] = []
    for one in rows:
        working = await sheets.load(session, one.assessment_id)
        unit = units.get(one.unit_id, "")
        found.append(
            ShownNominee(
                nomination_id=one.id or 0,
                name=people[one.person_id].name if one.person_id else unit,
                unit=unit,
                achievement=one.achievement,
                outcomes=outcomes_of(working.facts()) if working is not None else (),
                own=one.person_id == actor.person_id,
                objected=objected.get(one.id or 0),
            )
        )
    return await _one(session, row, now), found


async def mine_of(session: Session, actor: Actor, window_id: int, nomination_id: int) -> list[ObjectionFacts]:
    """What the person objected to a nominee, with what was answered.

    What was said without a name is nobody's: who did so sees the answers to all such about the nominee.
    """
    await _member(session, actor, window_id)
    named = (await queries.objected(session, window_id, actor.person_id)).get(nomination_id)
    if named is None:
        return []
    rows = [
        one
        for one in await queries.objections(session, [window_id])
        if one.nomination_id == nomination_id
        and (one.person_id == actor.person_id if named else one.person_id is None)
    ]
    return await _objections(session, rows)


async def object_to(
    session: Session,
    actor: Actor,
    window_id: int,
    nomination_id: int,
    words: str,
    now: datetime,
    *,
    named: bool,
) -> None:
    """Object to a nominee once, with one's name or without it; the head is told that there is something.

    Of what is said of that head it is another who leads the unit or one above it, or, where there is none,
    that head without a name.

    Without a name neither the objection nor the journal says whose it is.
    """
    actor.require(Permission.MANAGE_ACCOUNT, actor.own)
    row, of = await _member(session, actor, window_id)
    if row.state != "open" or row.last_day < today(session, now):
        raise Refusal(Code.WINDOW_OVER)
    nominee = next(
        (one for one in await queries.shown_in(session, window_id) if one.id == nomination_id), None
    )
    if nominee is None:
        raise Refusal(Code.NOT_FOUND)
    if nominee.person_id == actor.person_id:
        raise Refusal(Code.OWN_CASE)
    if nomination_id in await queries.objected(session, window_id, actor.person_id):
        raise Refusal(Code.OBJECTED_ALREADY)
    told = unit_rounds.words_of(words)
    mark = Objector(window_id=window_id, nomination_id=nomination_id, person_id=actor.person_id, named=named)
    session.add(mark)
    objection = Objection(
        window_id=window_id,
        nomination_id=nomination_id,
        person_id=actor.person_id if named else None,
        words=told,
        made_on=today(session, now),
    )
    session.add(objection)
    await session.flush()
    label = actor.label if named else "member"
    facts = eligibility.reason_facts(told)
    await journal.note(session, label, "objected", f"objection:{objection.id}", now, **facts)
    (one,) = await _objections(session, [objection])
    people = await unit_rounds.acting(session, [row.opened_for or row.opened_by], now)
    if nominee.person_id in people:
        others = await _leading_above(session, of.unit_id, now)
        people = [person for person in others if person != nominee.person_id] or people
    shown_to = replace(one, by="") if nominee.person_id in people else one
    notice = texts.objected_notice(shown_to)
    await outbox.notify(session, people, notice, now, once=f"objected:{objection.id}")


async def close_past(session: Session, now: datetime) -> int:
    """On a working day, close the windows whose last day is over; who opened them is told what came."""
    day = today(session, now)
    if not (await calendar.in_force(session)).is_working_day(day):
        return 0
    past = await queries.windows_past(session, day)
    for row in past:
        number = row.id or 0
        if not await queries.close_window(session, number, now):
            continue
        await session.refresh(row)
        await journal.note(session, "house", "closed_window", f"window:{number}", now)
        people = await unit_rounds.acting(session, [row.opened_for or row.opened_by], now)
        notice = texts.closed_notice(await _one(session, row, now))
        await outbox.notify(session, people, notice, now, once=f"window_closed:{number}")
    return len(past)


async def _leading_above(session: Session, unit_id: int, now: datetime) -> list[int]:
    """Who leads a unit or one above it, or stands in for whoever does."""
    day = today(session, now)
    above = await people_queries.units_above(session, unit_id, day)
    heads = await appraisal_queries.leading(session, above, (Role.HEAD.value,), day)
    return await unit_rounds.acting(session, heads, now)


async def _found(session: Session, window_id: int) -> tuple[PublicWindow, Dossier]:
    found = await queries.window(session, window_id)
    if found is None:
        raise Refusal(Code.NOT_FOUND)
    return found[0], found[1]


async def _member(session: Session, actor: Actor, window_id: int) -> tuple[PublicWindow, Dossier]:
    """A window that is shown to the person: of their unit, or one above it. Else it is not found."""
    actor.require(Permission.MANAGE_ACCOUNT, actor.own)
    row, of = await _found(session, window_id)
    if of.unit_id not in await people_queries.units_above(session, actor.unit_id, actor.today):
        raise Refusal(Code.NOT_FOUND)
    return row, of


async def _one(session: Session, row: PublicWindow, now: datetime) -> WindowFacts:
    number = row.id or 0
    _row, of = await _found(session, number)
    said = await queries.objections(session, [number])
    return WindowFacts(
        id=number,
        dossier_id=row.dossier_id,
        of=await unit_rounds.place(session, of.round_id, of.unit_id, now),
        is_open=row.state == "open" and row.last_day >= today(session, now),
        days=row.days,
        last_day=row.last_day,
        opened_at=row.opened_at,
        nominees=len(await queries.shown_in(session, number)),
        objections=len(said),
        unsettled=sum(one.settled_at is None for one in said),
    )


async def _objections(session: Session, rows: Sequence[Objection]) -> list[ObjectionFacts]:
    involved = {one for row in rows for one in (row.person_id, row.settled_by, row.settled_for) if one}
    names = await submission_queries.names(session, sorted(involved))
    found: list[ObjectionFacts] = []
    for row in rows:
        nomination = await nomination_queries.nomination(session, row.nomination_id)
        by = in_place_of(names.get(row.settled_by or 0, ""), names.get(row.settled_for or 0, ""))
        found.append(
            ObjectionFacts(
                id=row.id or 0,
                window_id=row.window_id,
                nomination_id=row.nomination_id,
                nominee=await _name(session, nomination, row),
                words=row.words,
                made_on=row.made_on,
                by=names.get(row.person_id or 0, ""),
                settlement=row.settlement,
                settled_by=by,
                settled_at=row.settled_at,
            )
        )
    return found


async def _name(session: Session, nomination: Nomination | None, row: Objection) -> str:
    if nomination is None:
        return ""
    if nomination.subject == SubjectKind.INDIVIDUAL and nomination.person_id is not None:
        person = await people_queries.person(session, nomination.person_id)
        return person.name if person is not None else ""
    name = await people_queries.unit_name_on(session, nomination.unit_id, row.made_on)
    return name.name if name is not None else ""
