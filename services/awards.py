"""The record of awards: written with a signed decision or entered from before, looked at, never changed."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from core.awards import (
    ACHIEVEMENT_LIMIT,
    AUTHORITY_LIMIT,
    EARLIEST_YEAR,
    NUMBER_LIMIT,
    SHORTEST_ACHIEVEMENT,
    SHORTEST_WORDS,
    TITLE_LIMIT,
    AwardFacts,
    Decision,
)
from core.campaigns import Campaign
from core.refusals import Code, Refusal, uncut
from core.roles import Permission, Scope, Target
from core.texts import awards as texts
from db.models import Award, Round
from db.queries import awards as queries
from db.queries import nominations as nomination_queries
from db.queries import people as people_queries
from db.transaction import Session
from services import award_facts, campaigns, hindrances, journal
from services.actor import Actor, today
from services.hindrances import Whom

PAGE = 8
#: What tells one award from another; the person or the unit, then as its decision says.
Apart = tuple[int | None, int | None, str, str, date]


async def mine(session: Session, actor: Actor, now: datetime) -> list[AwardFacts]:
    """One's own awards, the newest first; annulled ones say so."""
    actor.require(Permission.SEE_AWARDS)
    return await award_facts.of_subjects(session, [actor.person_id], [], now)


async def within(session: Session, actor: Actor, page: int, now: datetime) -> tuple[list[AwardFacts], bool]:
    """The awards of the units one looks after and of their people; whether there are more."""
    actor.require(Permission.SEE_AWARDS)
    rows = await queries.within(session, await _units_of(session, actor), PAGE + 1, page * PAGE)
    return await award_facts.facts(session, rows[:PAGE], now), len(rows) > PAGE


def looks_after(actor: Actor) -> bool:
    """Whether somebody sees the awards of others."""
    return any(
        one.holds_on(actor.today) and one.allows(Permission.SEE_AWARDS) in {Scope.UNIT, Scope.ALL}
        for one in actor.grants
    )


async def one(session: Session, actor: Actor, award_id: int, now: datetime) -> AwardFacts:
    """An award: one's own, or of somebody one looks after; else it is not found."""
    facts = await facts_of(session, award_id, now)
    await _ensure_sees(session, actor, facts.person_id, facts.unit_id)
    return facts


async def facts_of(session: Session, award_id: int, now: datetime) -> AwardFacts:
    """An award, whoever asks."""
    found = await award_facts.by_ids(session, [award_id], now)
    if not found:
        raise Refusal(Code.NOT_FOUND)
    return found[0]


async def history(
    session: Session, actor: Actor, person_id: int | None, unit_id: int | None, now: datetime
) -> tuple[Whom, list[AwardFacts]]:
    """Everything a person, or a unit as a whole, was awarded, the newest first."""
    await _ensure_sees(session, actor, person_id, unit_id)
    whom = await hindrances.named(session, person_id, unit_id, now)
    return whom, await award_facts.of_subjects(session, _listed(person_id), _listed(unit_id), now)


async def to_enter(
    session: Session, actor: Actor, person_id: int | None, unit_id: int | None, now: datetime
) -> Whom:
    """Whom an award can be entered for: not oneself, nor a unit one leads."""
    actor.require(Permission.COMMEND)
    await hindrances.ensure_not_own(session, actor, person_id, unit_id)
    return await hindrances.named(session, person_id, unit_id, now)


async def find(session: Session, actor: Actor, words: str, now: datetime) -> list[Whom]:
    """People and units that these words may mean: a staff code, a name, or part of one."""
    actor.require(Permission.COMMEND)
    return await hindrances.like(session, words, now)


def checked(said: Decision, day: date) -> Decision:
    """What was told of an award, as it is kept. Raises `Refusal` where something is missing or impossible."""
    title = uncut(said.title, TITLE_LIMIT)
    authority = uncut(said.authority, AUTHORITY_LIMIT)
    number = uncut(said.number, NUMBER_LIMIT)
    achievement = uncut(said.achievement, ACHIEVEMENT_LIMIT)
    if min(len(title), len(authority)) < SHORTEST_WORDS or len(achievement) < SHORTEST_ACHIEVEMENT:
        raise Refusal(Code.TEXT_TOO_SHORT)
    if not any(letter.isdecimal() for letter in number):
        raise Refusal(Code.NUMBER_OF_PAPER_MISSING)
    if said.dated > day:
        raise Refusal(Code.DATED_LATER, day=said.dated)
    if not EARLIEST_YEAR <= said.first_year <= said.last_year <= day.year:
        raise Refusal(Code.AWARD_YEARS)
    return replace(said, title=title, authority=authority, number=number, achievement=achievement)


async def enter(
    session: Session, actor: Actor, whom: Whom, said: Decision, now: datetime, sheet_id: int | None = None
) -> int:
    """Put an award of before on record, as its decision says; it is not changed after that.

    Nobody enters their own, nor that of a unit they lead.
    """
    actor.require(Permission.COMMEND)
    await hindrances.ensure_not_own(session, actor, whom.person_id, whom.unit_id)
    kept = checked(said, today(session, now))
    if told_apart(whom, kept) in await known(session, [(whom, kept)]):
        raise Refusal(Code.AWARD_THERE)
    row = Award(
        person_id=whom.person_id,
        unit_id=whom.unit_id,
        title=kept.title,
        authority=kept.authority,
        number=kept.number,
        dated=kept.dated,
        achievement=kept.achievement,
        first_year=kept.first_year,
        last_year=kept.last_year,
        thematic=kept.thematic,
        sheet_id=sheet_id,
        entered_by=actor.person_id or None,
        entered_at=now,
    )
    return await _put_down(session, actor, row, now)


def told_apart(whom: Whom, said: Decision) -> Apart:
    """What no two awards on record have in common: whose, title, number and day."""
    return whom.person_id, whom.unit_id, *said.same_as


async def known(session: Session, wanted: Iterable[tuple[Whom, Decision]]) -> set[Apart]:
    """What tells awards apart that stand, of these people and units by decisions of these days."""
    pairs = list(wanted)
    people_ids = {whom.person_id for whom, _said in pairs if whom.person_id is not None}
    units = {whom.unit_id for whom, _said in pairs if whom.unit_id is not None}
    rows = await queries.dated_on(session, {said.dated for _whom, said in pairs}, people_ids, units)
    return {(row.person_id, row.unit_id, *award_facts.decision_of(row).same_as) for row in rows}


async def proposed_form(session: Session, campaign: str) -> tuple[str, str]:
    """Title and authority of what a campaign gives, as its plan says."""
    plans = [plan for _id, plan in await campaigns.in_force(session) if plan.code == campaign]
    return texts.given(plans[0] if plans else None)


def form_told(words: str) -> tuple[str, str]:
    """Title and authority of an award as the office typed them. Raises `Refusal` for what is none."""
    title, authority = texts.form_parts(uncut(words, TITLE_LIMIT + AUTHORITY_LIMIT))
    if len(title) < SHORTEST_WORDS or 0 < len(authority) < SHORTEST_WORDS:
        raise Refusal(Code.TEXT_TOO_SHORT)
    return uncut(title, TITLE_LIMIT), uncut(authority, AUTHORITY_LIMIT)


async def note_decided(
    session: Session,
    actor: Actor,
    nomination_id: int,
    number: str,
    dated: date,
    now: datetime,
    form: tuple[str, str] | None = None,
) -> int:
    """Put on record what a signed decision gives to somebody proposed in the house.

    `form` is title and authority as the decision says them, else those of the plan. What a campaign gives is
    given by theme, so it is marked as no ground for an award by merit.
    """
    actor.require(Permission.COMMEND)
    nomination = await nomination_queries.nomination(session, nomination_id)
    of_round = await nomination_queries.round_of(session, nomination.round_id) if nomination else None
    if nomination is None or of_round is None:
        raise Refusal(Code.NOT_NOMINATED)
    plans = [plan for _id, plan in await campaigns.in_force(session) if plan.code == of_round.campaign]
    title, authority = form or texts.given(plans[0] if plans else None)
    first, last = _years(of_round, plans, dated)
    row = Award(
        person_id=nomination.person_id,
        unit_id=nomination.unit_id if nomination.person_id is None else None,
        title=title,
        authority=authority,
        number=number,
        dated=dated,
        achievement=nomination.achievement,
        first_year=first,
        last_year=last,
        thematic=True,
        campaign=of_round.campaign,
        round_id=nomination.round_id,
        nomination_id=nomination_id,
        entered_by=actor.person_id or None,
        entered_at=now,
    )
    return await _put_down(session, actor, row, now)


def subject_of(person_id: int | None, unit_id: int | None) -> str:
    """How the journal names whose award it is."""
    return f"unit:{unit_id}" if person_id is None else f"person:{person_id}"


def _years(of_round: Round, plans: Sequence[Campaign], dated: date) -> tuple[int, int]:
    """The years a round is about; of one for the whole period those up to the decision."""
    if of_round.year is not None:
        return of_round.year, of_round.year
    first = min(dated.year, *(plan.window.first_year for plan in plans)) if plans else dated.year
    return first, min([dated.year, *(plan.window.last_year for plan in plans)])


async def _put_down(session: Session, actor: Actor, row: Award, now: datetime) -> int:
    session.add(row)
    await session.flush()
    award_id = row.id or 0
    of = subject_of(row.person_id, row.unit_id)
    facts = {"nomination": row.nomination_id} if row.nomination_id is not None else {}
    await journal.note(
        session, actor.label, "entered_award", of, now, award=award_id, dated=row.dated.isoformat(), **facts
    )
    return award_id


async def _ensure_sees(session: Session, actor: Actor, person_id: int | None, unit_id: int | None) -> None:
    if person_id is not None and person_id == actor.person_id:
        actor.require(Permission.SEE_AWARDS)
        return
    person = await people_queries.person(session, person_id) if person_id is not None else None
    at = person.unit_id if person is not None else unit_id
    above = await people_queries.units_above(session, at, actor.today) if at is not None else frozenset()
    actor.require(Permission.SEE_AWARDS, Target(person_id=person_id, units=above))


async def _units_of(session: Session, actor: Actor) -> frozenset[int] | None:
    """The units whose awards one sees; None for all of them."""
    found: frozenset[int] = frozenset()
    for grant in actor.grants:
        scope = grant.allows(Permission.SEE_AWARDS) if grant.holds_on(actor.today) else None
        if scope is Scope.ALL or (scope is Scope.UNIT and grant.unit_id is None):
            return None
        if scope is Scope.UNIT and grant.unit_id is not None:
            found |= await people_queries.units_below(session, grant.unit_id, actor.today)
    return found


def _listed(one_id: int | None) -> list[int]:
    return [] if one_id is None else [one_id]
