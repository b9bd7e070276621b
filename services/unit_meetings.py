"""The meeting of a unit's council: prepared, voted on here or on paper, concluded, annulled and held again.

How anybody votes is nobody's to know: a vote here is a secret one (`services/ballots.py`), of one on paper
the sums alone are entered.
"""

from dataclasses import replace
from datetime import datetime

from core.ballots import PollRules, passed, settles
from core.dossiers import OPEN_TO_THE_UNIT
from core.refusals import Code, Refusal, uncut
from core.roles import Permission
from core.texts import unit_meetings as texts
from core.unit_reviews import (
    AgendaItem,
    Gap,
    MeetingFacts,
    MeetingRecord,
    MeetingState,
    own_conflicts,
)
from db.models import MeetingConflict, MeetingMember, MeetingVote, UnitMeeting
from db.queries import evidence as evidence_queries
from db.queries import nominations as nomination_queries
from db.queries import people as people_queries
from db.queries import unit_meetings as queries
from db.queries import unit_reviews as review_queries
from db.transaction import Session
from services import (
    ballot_rules,
    ballots,
    dossiers,
    eligibility,
    evidence,
    journal,
    outbox,
    stood_in,
    unit_meeting_facts,
    unit_rounds,
)
from services.actor import Actor

PAGE = 8
MOST_MEMBERS = 30
LINE_LIMIT = 150


async def prepare(
    session: Session, actor: Actor, round_id: int, unit_id: int, now: datetime, *, on_paper: bool
) -> int:
    """Begin a meeting about everybody the unit proposes; one that is on paper was held already."""
    actor.require(Permission.NOMINATE)
    actor.require(Permission.NOMINATE, await unit_rounds.target(session, unit_id, actor.today))
    dossier_id = await dossiers.open_for(session, actor, round_id, unit_id, now)
    await dossiers.ensure_open(session, actor, dossier_id)
    version = (await dossiers.facts_of(session, dossier_id, now)).version
    earlier = await queries.of_dossier(session, dossier_id)
    if any(one.version == version and one.state != MeetingState.ANNULLED for one in earlier):
        raise Refusal(Code.MEETING_THERE)
    proposed = await dossiers.nominees(session, dossier_id, now)
    if not proposed:
        raise Refusal(Code.NOBODY_PROPOSED)
    instead_of = await unit_rounds.instead(session, actor, unit_id)
    row = UnitMeeting(
        dossier_id=dossier_id,
        version=version,
        on_paper=on_paper,
        **ballot_rules.columns_of(PollRules()),
        called_by=actor.person_id or None,
        called_for=instead_of,
        called_at=now,
    )
    session.add(row)
    await session.flush()
    number = row.id or 0
    for one in proposed:
        session.add(MeetingVote(meeting_id=number, nomination_id=one.nomination_id, place=one.place))
    await session.flush()
    told: dict[str, str | bool] = {"on_paper": on_paper, **unit_rounds.noted(instead_of)}
    await journal.note(session, actor.label, "called_meeting", f"meeting:{number}", now, **told)
    return number


async def one(session: Session, actor: Actor, meeting_id: int, now: datetime) -> MeetingFacts:
    """A meeting, for whoever prepares the dossier it is about; else it is not found."""
    row = await queries.meeting(session, meeting_id)
    if row is None:
        raise Refusal(Code.NOT_FOUND)
    await unit_rounds.dossier(session, actor, row.dossier_id, Permission.PREPARE_DOSSIER)
    return await unit_meeting_facts.of(session, row, now)


async def acts(session: Session, actor: Actor, meeting_id: int, now: datetime) -> bool:
    """Whether the person may do more than look, the dossier being the unit's still."""
    facts = await one(session, actor, meeting_id, now)
    state = (await dossiers.facts_of(session, facts.dossier_id, now)).state
    may = actor.may(Permission.NOMINATE, await unit_rounds.target(session, facts.of.unit_id, actor.today))
    return may and state in OPEN_TO_THE_UNIT


async def latest(session: Session, actor: Actor, dossier_id: int, now: datetime) -> MeetingFacts | None:
    """The meeting about a dossier that was begun last, annulled or not."""
    await unit_rounds.dossier(session, actor, dossier_id, Permission.PREPARE_DOSSIER)
    rows = await queries.of_dossier(session, dossier_id)
    return await unit_meeting_facts.of(session, rows[0], now) if rows else None


async def record_of(session: Session, dossier_id: int) -> MeetingRecord | None:
    """The meeting about a dossier that is held and stands, as its minutes tell it."""
    rows = [one for one in await queries.of_dossier(session, dossier_id) if one.state == MeetingState.HELD]
    return await unit_meeting_facts.record(session, rows[0]) if rows else None


async def people(
    session: Session, actor: Actor, meeting_id: int, page: int, now: datetime
) -> tuple[list[tuple[int, str, str]], bool]:
    """The unit's people by number, name and post, who can be members; whether there are more."""
    facts = await one(session, actor, meeting_id, now)
    units = await people_queries.units_below(session, facts.of.unit_id, actor.today)
    found = await review_queries.people_of(session, units)
    start = page * PAGE
    shown = [(row.id or 0, row.name, row.post) for row in found[start : start + PAGE]]
    return shown, len(found) > start + PAGE


async def toggle_member(
    session: Session, actor: Actor, meeting_id: int, person_id: int, now: datetime
) -> None:
    """Make somebody of the unit a member, or take them out again."""
    actor.require(Permission.NOMINATE)
    facts = await preparing(session, actor, meeting_id, now)
    if facts.member(person_id) is not None:
        await queries.drop_member(session, meeting_id, person_id)
        if facts.chair_id == person_id:
            await _set(session, meeting_id, chair_id=None)
        if facts.secretary_id == person_id:
            await _set(session, meeting_id, secretary_id=None)
        return
    units = await people_queries.units_below(session, facts.of.unit_id, actor.today)
    known = {row.id for row in await review_queries.people_of(session, units)}
    if person_id not in known or len(facts.members) >= MOST_MEMBERS:
        raise Refusal(Code.NOT_FOUND)
    session.add(MeetingMember(meeting_id=meeting_id, person_id=person_id))
    await session.flush()


async def set_chair(session: Session, actor: Actor, meeting_id: int, person_id: int, now: datetime) -> None:
    """Say which member is in the chair."""
    actor.require(Permission.NOMINATE)
    facts = await preparing(session, actor, meeting_id, now)
    if facts.member(person_id) is None:
        raise Refusal(Code.NOT_FOUND)
    await _set(session, meeting_id, chair_id=person_id)


async def set_secretary(
    session: Session, actor: Actor, meeting_id: int, person_id: int, now: datetime
) -> None:
    """Say who takes the minutes: a member."""
    actor.require(Permission.NOMINATE)
    facts = await preparing(session, actor, meeting_id, now)
    if facts.member(person_id) is None:
        raise Refusal(Code.NOT_FOUND)
    await _set(session, meeting_id, secretary_id=person_id)


async def set_place(session: Session, actor: Actor, meeting_id: int, typed: str, now: datetime) -> None:
    """Say where it is held."""
    actor.require(Permission.NOMINATE)
    await preparing(session, actor, meeting_id, now)
    place = uncut(typed, LINE_LIMIT)
    if not place:
        raise Refusal(Code.WORDS_FEW)
    await _set(session, meeting_id, place=place)


async def set_time(session: Session, actor: Actor, meeting_id: int, held_at: datetime, now: datetime) -> None:
    """Say when it is held; one on paper was held before now."""
    actor.require(Permission.NOMINATE)
    facts = await preparing(session, actor, meeting_id, now)
    if facts.on_paper and held_at > now:
        raise Refusal(Code.DATED_LATER, day=held_at.date())
    await _set(session, meeting_id, held_at=held_at)


async def set_rules(session: Session, actor: Actor, meeting_id: int, rules: PollRules, now: datetime) -> None:
    """Set how many have to be there and who passes; of a meeting on paper, as its minutes say."""
    actor.require(Permission.NOMINATE)
    unit_id = (await preparing(session, actor, meeting_id, now)).of.unit_id
    if not rules.offered:
        raise Refusal(Code.NOT_FOUND)
    columns = ballot_rules.columns_of(rules)
    await _set(session, meeting_id, **columns)
    subject = f"meeting:{meeting_id}"
    instead = await stood_in.noted(session, actor, Permission.NOMINATE, unit_id)
    await journal.note(session, actor.label, "set_vote_rules", subject, now, **columns, **instead)


async def set_absence(
    session: Session, actor: Actor, meeting_id: int, person_id: int, because: str, now: datetime
) -> None:
    """Note that a member is away and why; without a reason, that they are there."""
    actor.require(Permission.NOMINATE)
    await preparing(session, actor, meeting_id, now)
    told = uncut(because, LINE_LIMIT)
    if not await queries.set_absence(session, meeting_id, person_id, told):
        raise Refusal(Code.NOT_FOUND)


async def note_conflict(
    session: Session,
    actor: Actor,
    meeting_id: int,
    person_id: int,
    nomination_id: int,
    reason: str,
    now: datetime,
) -> None:
    """Note that a member has no vote about a nominee, and why; nobody has one about themselves anyway."""
    actor.require(Permission.NOMINATE)
    facts = await preparing(session, actor, meeting_id, now)
    if facts.member(person_id) is None or all(one.nomination_id != nomination_id for one in facts.agenda):
        raise Refusal(Code.NOT_FOUND)
    told = uncut(reason, LINE_LIMIT)
    if len(told) < ballots.SHORTEST_REASON:
        raise Refusal(Code.VOTE_REASON)
    if (person_id, nomination_id) in own_conflicts(facts.members, facts.agenda):
        return
    for row in await queries.conflicts(session, meeting_id):
        if (row.person_id, row.nomination_id) == (person_id, nomination_id):
            row.reason = told
            await session.flush()
            return
    row = MeetingConflict(
        meeting_id=meeting_id, person_id=person_id, nomination_id=nomination_id, reason=told
    )
    session.add(row)
    await session.flush()
    await journal.note(
        session,
        actor.label,
        "noted_conflict",
        f"meeting:{meeting_id}",
        now,
        person=f"person:{person_id}",
        nomination=nomination_id,
        **await stood_in.noted(session, actor, Permission.NOMINATE, facts.of.unit_id),
    )


async def set_proof(session: Session, actor: Actor, meeting_id: int, evidence_id: int, now: datetime) -> None:
    """Say which of the actor's files shows the signed minutes; one that proves something else does not."""
    actor.require(Permission.NOMINATE)
    await preparing(session, actor, meeting_id, now)
    for file in await evidence.mine(session, actor):
        if file.id == evidence_id and file.usable:
            if not await evidence_queries.proves(session, evidence_id):
                await _set(session, meeting_id, proof_id=evidence_id)
            return
    raise Refusal(Code.PROOF_MISSING)


async def conclude(session: Session, actor: Actor, meeting_id: int, typed: str, now: datetime) -> None:
    """Close the meeting with its conclusions: who was not endorsed is proposed no more, and is told so."""
    actor.require(Permission.NOMINATE)
    facts = await one(session, actor, meeting_id, now)
    actor.require(Permission.NOMINATE, await unit_rounds.target(session, facts.of.unit_id, actor.today))
    await dossiers.ensure_open(session, actor, facts.dossier_id)
    told = unit_rounds.words_of(typed)
    before = MeetingState.PREPARING if facts.on_paper else MeetingState.COUNTED
    if facts.state is not before:
        raise Refusal(Code.MEETING_MOVED_ON)
    ensure_whole(facts)
    counts = [
        replace(item.count, entitled=facts.entitled(item.nomination_id))
        for item in facts.agenda
        if item.count is not None and not item.withdrawn
    ]
    if not facts.on_paper and counts and not settles(counts, facts.rules):
        raise Refusal(Code.VOTE_NOT_VALID)
    ended = facts.held_at if facts.on_paper else now
    values = {"conclusions": told, "ended_at": ended}
    if not await queries.move(session, meeting_id, (before,), MeetingState.HELD, values):
        raise Refusal(Code.MEETING_MOVED_ON)
    endorsed: dict[int, bool] = {}
    for item in facts.agenda:
        if item.count is None or item.withdrawn:
            continue
        count = replace(item.count, entitled=facts.entitled(item.nomination_id))
        good = passed(count, facts.rules)
        endorsed[item.nomination_id] = good
        sums = {"entitled": count.entitled, "endorsed": good}
        await queries.enter(session, meeting_id, item.nomination_id, **sums)
    instead_of = await unit_rounds.instead(session, actor, facts.of.unit_id)
    noted: dict[str, str | int] = {"endorsed": sum(endorsed.values()), **unit_rounds.noted(instead_of)}
    await journal.note(session, actor.label, "held_meeting", f"meeting:{meeting_id}", now, **noted)
    for nomination_id, good in endorsed.items():
        if not good and await nomination_queries.end(session, nomination_id, "withdrawn", now):
            about = f"meeting:{meeting_id}"
            await journal.note(session, actor.label, "not_endorsed", about, now, nomination=nomination_id)
    await _tell(session, await one(session, actor, meeting_id, now), now)


async def invite(session: Session, actor: Actor, meeting_id: int, now: datetime) -> None:
    """Tell the members when and where they meet, and about whom; once for each time it is set to."""
    actor.require(Permission.NOMINATE)
    facts = await preparing(session, actor, meeting_id, now)
    if facts.on_paper or facts.held_at is None or not facts.place or not facts.members:
        gaps = [gap for gap in facts.gaps if gap in {Gap.MEMBERS, Gap.PLACE, Gap.TIME}]
        raise Refusal(Code.MEETING_LACKS, gaps=tuple(gaps))
    people = [one.person_id for one in facts.members]
    key = f"meeting:{meeting_id}:{int(facts.held_at.timestamp())}"
    await outbox.notify(session, people, texts.invitation(facts, facts.held_at), now, once=key)
    await journal.note(session, actor.label, "invited_to_meeting", f"meeting:{meeting_id}", now)


async def annul(session: Session, actor: Actor, meeting_id: int, reason: str, now: datetime) -> None:
    """Annul a meeting for a reason, so that it can be held again; it stays on record, its members are told.

    Who was not endorsed in it can be proposed again.
    """
    actor.require(Permission.NOMINATE)
    facts = await one(session, actor, meeting_id, now)
    actor.require(Permission.NOMINATE, await unit_rounds.target(session, facts.of.unit_id, actor.today))
    await dossiers.ensure_open(session, actor, facts.dossier_id)
    told = unit_rounds.words_of(reason)
    if not await queries.annul(session, meeting_id, actor.person_id or None, told, now):
        raise Refusal(Code.MEETING_MOVED_ON)
    noted = await stood_in.noted(session, actor, Permission.NOMINATE, facts.of.unit_id)
    if facts.state is MeetingState.VOTING:
        await ballots.cancel(session, actor.label, facts.poll_id, now, **noted)
    await journal.note(
        session,
        actor.label,
        "annulled_meeting",
        f"meeting:{meeting_id}",
        now,
        **eligibility.reason_facts(told),
        **noted,
    )
    if facts.state is not MeetingState.PREPARING:
        members = [one.person_id for one in facts.members]
        notice = texts.annulled_notice(facts, told)
        await outbox.notify(session, members, notice, now, once=f"annulled:{meeting_id}")
    if facts.state is MeetingState.HELD:
        await _take_back(session, facts, now)


async def _take_back(session: Session, facts: MeetingFacts, now: datetime) -> None:
    """Tell nominees that what they were told of a meeting stands no more; members know."""
    members = {one.person_id for one in facts.members}
    for item in facts.agenda:
        if item.count is not None:
            whom = [one for one in await unit_meeting_facts.concerned(session, item) if one not in members]
            key = f"annulled:{facts.id}:{item.nomination_id}"
            await outbox.notify(session, whom, texts.taken_back_notice(facts, item), now, once=key)


async def _tell(session: Session, facts: MeetingFacts, now: datetime) -> None:
    """Tell members what was concluded, and nominees whether the meeting endorsed them: each person once."""
    own: dict[int, list[AgendaItem]] = {one.person_id: [] for one in facts.members}
    for item in facts.agenda:
        if item.count is not None:
            whom = await unit_meeting_facts.concerned(session, item)
            for person in own.keys() & set(whom):
                own[person].append(item)
            others = [one for one in whom if one not in own]
            message = texts.nominee_notice(facts, item)
            key = f"endorsed:{facts.id}:{item.nomination_id}"
            await outbox.notify(session, others, message, now, once=key)
    for person, items in own.items():
        notice = texts.concluded_notice(facts, items)
        await outbox.notify(session, [person], notice, now, once=f"concluded:{facts.id}")


async def preparing(session: Session, actor: Actor, meeting_id: int, now: datetime) -> MeetingFacts:
    """A meeting that can still be changed, by whoever proposes from the unit, while the dossier is theirs."""
    facts = await one(session, actor, meeting_id, now)
    actor.require(Permission.NOMINATE, await unit_rounds.target(session, facts.of.unit_id, actor.today))
    await dossiers.ensure_open(session, actor, facts.dossier_id)
    if facts.state is not MeetingState.PREPARING:
        raise Refusal(Code.MEETING_MOVED_ON)
    return facts


async def _set(session: Session, meeting_id: int, **values: object) -> None:
    before = (MeetingState.PREPARING,)
    if not await queries.move(session, meeting_id, before, MeetingState.PREPARING, values):
        raise Refusal(Code.MEETING_MOVED_ON)


def ensure_whole(facts: MeetingFacts) -> None:
    gaps: tuple[Gap, ...] = facts.gaps
    if gaps:
        raise Refusal(Code.MEETING_LACKS, gaps=gaps)
