"""A sitting of the council: called, looked at, asked about, called off."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from core.appraisal import TieRule
from core.ballots import FEWEST_MEMBERS, PollRules
from core.campaign_terms import SubjectKind
from core.council import (
    ConflictOf,
    Item,
    Member,
    Outcome,
    OutcomeKind,
    SittingFacts,
    SittingState,
)
from core.dossiers import DossierAct, DossierState
from core.messages import Message
from core.quotas import Ledger
from core.refusals import Code, Refusal, uncut
from core.roles import Permission
from core.texts import council_notices as texts
from db.models import CouncilConflict, CouncilItem, CouncilMember, CouncilSitting
from db.queries import ballots as ballot_queries
from db.queries import council as queries
from db.queries import eligibility as eligibility_queries
from db.queries import nominations as nomination_queries
from db.queries import submissions as submission_queries
from db.transaction import Session
from services import (
    appraisal_rules,
    appraisal_shortlist,
    ballot_rules,
    ballots,
    campaigns,
    dossiers,
    eligibility,
    journal,
    nominations,
    outbox,
)
from services.actor import Actor, local, today

PAGE = 10
PLACE_LIMIT, WORDS_LIMIT, SHORTEST = 120, 500, 8
_SEEN_BY_DIRECTOR = frozenset({SittingState.CONCLUDED, SittingState.APPROVED, SittingState.DECIDED})


@dataclass(frozen=True, slots=True)
class ToCall:
    """What a sitting is called with; without a `place` it is held by chat."""

    round_id: int
    held_at: datetime
    place: str
    members: Sequence[int]
    chair_id: int
    rules: PollRules


@dataclass(frozen=True, slots=True)
class Ready:
    """A round whose dossiers wait for the council: how many, and what the plan allows."""

    round_id: int
    campaign: str
    label: str
    dossiers: int
    ledger: Ledger


def subject_of(sitting_id: int) -> str:
    """What the votes of a sitting are about, as they name it."""
    return f"council:{sitting_id}"


async def ready(session: Session, actor: Actor) -> list[Ready]:
    """The rounds in which appraised dossiers wait and no sitting is going on."""
    actor.require(Permission.CALL_COUNCIL)
    found: list[Ready] = []
    for round_id in await queries.rounds_in(session, DossierState.APPRAISED.value):
        if await queries.live_of_round(session, round_id) is None:
            book = await nominations.round_ledger(session, actor, round_id)
            count = len(await queries.appraised(session, round_id, DossierState.APPRAISED.value))
            found.append(Ready(round_id, book.campaign, book.round_label, count, book))
    return found


async def eligible_members(session: Session, actor: Actor) -> list[Member]:
    """Everybody who may sit."""
    actor.require(Permission.CALL_COUNCIL)
    people = await eligibility_queries.people(
        session, await eligibility.holding(session, Permission.VOTE, actor.today)
    )
    return sorted(
        (Member(number, one.name, one.post, one.unit_id) for number, one in people.items()),
        key=lambda one: one.person_id,
    )


async def call(session: Session, actor: Actor, wanted: ToCall, now: datetime) -> int:
    """Call a sitting on everybody in the appraised dossiers of a round; its members are told."""
    actor.require(Permission.CALL_COUNCIL)
    known = {one.person_id: one for one in await eligible_members(session, actor)}
    if not set(wanted.members) <= set(known) or wanted.chair_id not in wanted.members:
        raise Refusal(Code.NOT_FOUND)
    if len(set(wanted.members)) < FEWEST_MEMBERS:
        raise Refusal(Code.COUNCIL_TOO_SMALL)
    if await queries.live_of_round(session, wanted.round_id) is not None:
        raise Refusal(Code.COUNCIL_SITS)
    numbers = await queries.appraised(session, wanted.round_id, DossierState.APPRAISED.value)
    agenda = [(number, one) for number in numbers for one in await dossiers.nominees(session, number, now)]
    if not agenda:
        raise Refusal(Code.COUNCIL_NOTHING)
    book = await nominations.round_ledger(session, actor, wanted.round_id)
    row = CouncilSitting(
        round_id=wanted.round_id,
        held_at=wanted.held_at,
        place=place_told(wanted.place) if wanted.place else "",
        called_by=actor.person_id or None,
        called_at=now,
        chair_id=wanted.chair_id,
        secretary_id=actor.person_id or None,
        **ballot_rules.columns_of(wanted.rules),
        tie_order=",".join(await appraisal_rules.order(session)),
        individual_places=_places(book, SubjectKind.INDIVIDUAL),
        collective_places=_places(book, SubjectKind.COLLECTIVE),
    )
    session.add(row)
    await session.flush()
    sitting_id = row.id or 0
    for person in dict.fromkeys(wanted.members):
        session.add(CouncilMember(sitting_id=sitting_id, person_id=person))
    order = await _announced(session, wanted.round_id, now)
    ranked = sorted(agenda, key=lambda one: (one[1].subject.value, order.get(one[1].nomination_id, 0)))
    for place, (number, nominee) in enumerate(ranked, 1):
        rank = order.get(nominee.nomination_id, 0)
        session.add(
            CouncilItem(
                sitting_id=sitting_id,
                nomination_id=nominee.nomination_id,
                dossier_id=number,
                place=place,
                announced=rank,
            )
        )
        for person in wanted.members:
            why = own(known[person], nominee.person_id, nominee.unit_id)
            if why:
                session.add(
                    CouncilConflict(
                        sitting_id=sitting_id,
                        person_id=person,
                        nomination_id=nominee.nomination_id,
                        reason=why,
                    )
                )
    await session.flush()
    for number in numbers:
        await dossiers.move(session, actor, number, DossierAct.PUT, now)
    await journal.note(
        session, actor.label, "called_council", f"council:{sitting_id}", now, members=len(wanted.members)
    )
    sitting = await facts_of(session, sitting_id, now)
    told = texts.called(sitting, local(session, wanted.held_at))
    await tell(session, actor.person_id, wanted.members, told, now, f"council:{sitting_id}:called")
    return sitting_id


async def cancel(session: Session, actor: Actor, sitting_id: int, reason: str, now: datetime) -> None:
    """Call a sitting off before its vote: its dossiers wait again."""
    actor.require(Permission.CALL_COUNCIL)
    sitting, told = await one(session, actor, sitting_id, now), said(reason)
    await moved(session, sitting, SittingState.CALLED, SittingState.CANCELLED)
    for number in dict.fromkeys(item.dossier_id for item in sitting.items):
        await dossiers.move(session, actor, number, DossierAct.TAKE_OFF, now, told)
    await journal.note(session, actor.label, "cancelled_council", f"council:{sitting_id}", now)
    people = [one.person_id for one in sitting.members]
    await tell(
        session, actor.person_id, people, texts.cancelled(sitting, told), now, f"council:{sitting_id}:off"
    )


async def listed(session: Session, actor: Actor, now: datetime) -> list[SittingFacts]:
    """The sittings one sits in, calls, or decides upon, the newest first."""
    if actor.may(Permission.CALL_COUNCIL):
        rows = await queries.sittings(session, PAGE)
    elif actor.may(Permission.DECIDE):
        rows = await queries.sittings(session, PAGE, states=_SEEN_BY_DIRECTOR)
    else:
        rows = []
    rows += await queries.sittings(session, PAGE, actor.person_id) if actor.may(Permission.VOTE) else []
    numbers = sorted({row.id or 0 for row in rows}, reverse=True)[:PAGE]
    return [await facts_of(session, number, now) for number in numbers]


async def one(session: Session, actor: Actor, sitting_id: int, now: datetime) -> SittingFacts:
    """A sitting, for whoever sits in it, calls it, or decides upon it once it has concluded.

    Whoever has left the council since sits in it no more.
    """
    sitting = await facts_of(session, sitting_id, now)
    sits = actor.may(Permission.VOTE) and any(one.person_id == actor.person_id for one in sitting.members)
    decides = actor.may(Permission.DECIDE) and sitting.state in _SEEN_BY_DIRECTOR
    if not (sits or decides or actor.may(Permission.CALL_COUNCIL)):
        raise Refusal(Code.NOT_FOUND)
    return sitting


async def facts_of(session: Session, sitting_id: int, now: datetime) -> SittingFacts:
    """A sitting, whoever asks."""
    row = await queries.sitting(session, sitting_id)
    if row is None:
        raise Refusal(Code.NOT_FOUND)
    agenda = await queries.items(session, sitting_id)
    units = await eligibility_queries.unit_names(
        session, {of.unit_id for _i, of, _p in agenda}, today(session, now)
    )
    names = await submission_queries.names(session, [row.secretary_id or 0])
    of_round = await nomination_queries.round_of(session, row.round_id)
    labels = {campaign.code: campaign.label for _id, campaign in await campaigns.in_force(session)}
    polls = await ballots.of_subject(session, subject_of(sitting_id))
    code = of_round.campaign if of_round is not None else ""
    return SittingFacts(
        id=sitting_id,
        round_id=row.round_id,
        campaign=code,
        campaign_label=labels.get(code, code),
        round_label=of_round.label if of_round is not None else "",
        state=SittingState(row.state),
        held_at=row.held_at,
        place=row.place,
        chair_id=row.chair_id,
        secretary_id=row.secretary_id,
        secretary=names.get(row.secretary_id or 0, ""),
        members=tuple(
            Member(one.id or 0, one.name, one.post, one.unit_id)
            for one in await queries.members(session, sitting_id)
        ),
        items=tuple(
            Item(
                nomination_id=item.nomination_id,
                dossier_id=item.dossier_id,
                subject=SubjectKind(of.subject),
                name=person.name if person is not None else units.get(of.unit_id, ""),
                post=person.post if person is not None else "",
                unit=units.get(of.unit_id, ""),
                unit_id=of.unit_id,
                achievement=of.achievement,
                place=item.place,
                announced=item.announced,
                settled=item.settled,
                settled_words=item.settled_words,
                chosen=item.chosen,
                reason=item.reason,
            )
            for item, of, person in agenda
        ),
        conflicts=await _conflicts(session, sitting_id, polls[0].id if polls else 0),
        rules=ballot_rules.rules_of(row),
        order=tuple(TieRule(one) for one in row.tie_order.split(",") if one),
        places={
            SubjectKind.INDIVIDUAL: row.individual_places,
            SubjectKind.COLLECTIVE: row.collective_places,
        },
        poll_id=polls[0].id if polls else 0,
        conclusions=row.conclusions,
        referred=row.referred,
        number=row.number,
        dated=row.dated,
    )


async def outcome(session: Session, nomination_id: int) -> Outcome | None:
    """What became of a nomination before the council; nothing where it never came there."""
    found = await queries.latest_item(session, nomination_id)
    if found is None:
        return None
    item, sitting = found
    if item.chosen is None:
        kind = OutcomeKind.WAITING
    elif not item.chosen:
        kind = OutcomeKind.NOT_CHOSEN
    else:
        decided = sitting.state == SittingState.DECIDED.value
        kind = OutcomeKind.COMMENDED if decided else OutcomeKind.CHOSEN
    return Outcome(sitting.id or 0, kind, item.reason, sitting.number, sitting.dated)


async def moved(
    session: Session, sitting: SittingFacts, before: SittingState, state: SittingState, **values: object
) -> None:
    """Take a sitting on, from the state it is seen in. Raises `Refusal` where it stands elsewhere by now."""
    if sitting.state is not before or not await queries.move(session, sitting.id, before, state, **values):
        raise Refusal(Code.COUNCIL_MOVED_ON)
    session.expire_all()


async def tell(
    session: Session, by: int, people: Iterable[int], message: Message, now: datetime, once: str
) -> None:
    """Tell people what was done in a sitting, but not whoever did it: they see it on their screen."""
    others = [one for one in people if one != by]
    await outbox.notify(session, others, message, now, once=once)


def place_told(words: str) -> str:
    """Where a sitting is held. Raises `Refusal` where nothing is left of it, or too much."""
    told = uncut(words, PLACE_LIMIT)
    if not told:
        raise Refusal(Code.WORDS_FEW)
    return told


def said(words: str, too_short: Code = Code.COUNCIL_WORDS) -> str:
    """Words that say something. Raises `Refusal` for fewer."""
    told = uncut(words, WORDS_LIMIT)
    if len(told) < SHORTEST:
        raise Refusal(too_short)
    return told


async def _conflicts(session: Session, sitting_id: int, poll_id: int) -> tuple[ConflictOf, ...]:
    """Who has no vote about whom: known before the vote, or declared at the ballot."""
    found = {
        (one.person_id, one.nomination_id): ConflictOf(one.person_id, one.nomination_id, one.reason)
        for one in (
            *await queries.conflicts(session, sitting_id),
            *(await ballot_queries.conflicts(session, poll_id) if poll_id else ()),
        )
    }
    return tuple(found.values())


async def _announced(session: Session, round_id: int, now: datetime) -> dict[int, int]:
    """The rank of everybody on the shortlist, the same where the announced order leaves them equal."""
    ranks: dict[int, int] = {}
    rank = 0
    for one in await appraisal_shortlist.ranked(session, round_id, now):
        rank = rank if one.level else rank + 1
        ranks[one.contender.nomination_id] = rank
    return ranks


def _places(book: Ledger, subject: SubjectKind) -> int | None:
    """How many more may be commended."""
    limits = [row.limit - row.used.commended for row in book.of(subject) if row.limit is not None]
    return max(0, min(limits)) if limits else None


def own(member: Member, person_id: int | None, unit_id: int) -> str:
    """Why a member has no vote about a nominee, without their saying so."""
    if member.person_id == person_id:
        return texts.OWN_CASE
    return texts.OWN_UNIT if member.unit_id == unit_id else ""
