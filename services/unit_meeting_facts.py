"""A stored meeting of a unit's council, as it is shown and as its minutes tell it."""

from dataclasses import replace
from datetime import datetime

from core.ballots import Count
from core.campaign_terms import SubjectKind
from core.texts import unit_meetings as texts
from core.unit_reviews import (
    AgendaItem,
    ConflictFacts,
    MeetingFacts,
    MeetingRecord,
    MeetingState,
    MemberFacts,
    NomineeVote,
    own_conflicts,
)
from db.models import MeetingVote, Nomination, UnitMeeting
from db.queries import ballots as ballot_queries
from db.queries import dossiers as dossier_queries
from db.queries import eligibility as eligibility_queries
from db.queries import evidence as evidence_queries
from db.queries import nominations as nomination_queries
from db.queries import unit_meetings as queries
from db.transaction import Session
from services import ballot_rules, ballots, evidence, unit_rounds
from services.actor import local, today


def subject_of(meeting_id: int) -> str:
    """What the vote of a meeting is about."""
    return f"unit_review:{meeting_id}"


def here(session: Session, at: datetime) -> datetime:
    """A moment as the office's clock tells it."""
    return local(session, at)


async def of(session: Session, row: UnitMeeting, now: datetime) -> MeetingFacts:
    """A meeting as it stands, whoever asks."""
    number = row.id or 0
    found = await dossier_queries.dossier(session, row.dossier_id)
    assert found is not None
    members = tuple(
        MemberFacts(one.person_id, person.name, person.post, one.absent_because)
        for one, person in await queries.members(session, number)
    )
    agenda = await _agenda(session, number, now)
    facts = MeetingFacts(
        id=number,
        dossier_id=row.dossier_id,
        of=await unit_rounds.place(session, found[0].round_id, found[0].unit_id, now),
        version=row.version,
        state=MeetingState(row.state),
        on_paper=row.on_paper,
        rules=ballot_rules.rules_of(row),
        held_at=here(session, row.held_at) if row.held_at is not None else None,
        ended_at=here(session, row.ended_at) if row.ended_at is not None else None,
        place=row.place,
        chair_id=row.chair_id,
        secretary_id=row.secretary_id,
        members=members,
        agenda=agenda,
        conclusions=row.conclusions,
        annulled_because=row.annulled_because,
    )
    file = await evidence_queries.get(session, row.proof_id) if row.proof_id is not None else None
    proof = evidence.facts_of(file) if file is not None and file.removed_at is None else None
    facts = replace(facts, proof=proof, conflicts=await _conflicts(session, facts))
    return await _with_vote(session, replace(facts, agenda=await _counted(session, facts)))


async def record(session: Session, row: UnitMeeting) -> MeetingRecord:
    """A meeting that is held, for its minutes."""
    assert row.held_at is not None
    facts = await of(session, row, row.held_at)
    members = {one.person_id: texts.member(one) for one in facts.members}
    held_at, ended_at = facts.held_at, facts.ended_at
    assert held_at is not None
    return MeetingRecord(
        held_at=held_at,
        ended_at=ended_at or held_at,
        place=facts.place,
        chair=members.get(row.chair_id or 0, ""),
        secretary=members.get(row.secretary_id or 0, ""),
        members=len(facts.members),
        present=tuple(texts.member(one) for one in facts.present),
        absent=tuple(texts.member(one) for one in facts.members if not one.present),
        rules=facts.rules,
        votes=tuple(
            NomineeVote(one.nomination_id, one.count, one.endorsed)
            for one in facts.agenda
            if one.count is not None
        ),
        conclusions=facts.conclusions,
        on_paper=facts.on_paper,
        proof=facts.proof,
    )


async def concerned(session: Session, item: AgendaItem) -> list[int]:
    """Whom it concerns what was concluded about a nominee: themselves, or who proposed a unit."""
    if item.person_id is not None:
        return [item.person_id]
    row = await nomination_queries.nomination(session, item.nomination_id)
    return [row.nominated_by] if row is not None and row.nominated_by is not None else []


async def _agenda(session: Session, meeting_id: int, now: datetime) -> tuple[AgendaItem, ...]:
    rows = [
        (vote, await nomination_queries.nomination(session, vote.nomination_id))
        for vote in await queries.votes(session, meeting_id)
    ]
    known = [(vote, one) for vote, one in rows if one is not None]
    day = today(session, now)
    units = await eligibility_queries.unit_names(session, {one.unit_id for _vote, one in known}, day)
    whom = {one.person_id for _vote, one in known if one.person_id is not None}
    people = await eligibility_queries.people(session, whom)
    return tuple(
        AgendaItem(
            nomination_id=vote.nomination_id,
            name=_name(one, {key: person.name for key, person in people.items()}, units),
            unit=units.get(one.unit_id, ""),
            person_id=one.person_id if one.subject == SubjectKind.INDIVIDUAL else None,
            withdrawn=one.state == "withdrawn",
        )
        for vote, one in known
    )


def _name(one: Nomination, people: dict[int, str], units: dict[int, str]) -> str:
    if one.subject == SubjectKind.INDIVIDUAL and one.person_id is not None:
        return people.get(one.person_id, "")
    return units.get(one.unit_id, "")


async def _conflicts(session: Session, facts: MeetingFacts) -> tuple[ConflictFacts, ...]:
    """What was noted, and that nobody votes about themselves."""
    told = dict.fromkeys(own_conflicts(facts.members, facts.agenda), texts.OWN)
    for row in await queries.conflicts(session, facts.id):
        told.setdefault((row.person_id, row.nomination_id), row.reason)
    nominees = {one.nomination_id: one.name for one in facts.agenda}
    members = {one.person_id: one.name for one in facts.members}
    return tuple(
        ConflictFacts(person, members[person], nomination, nominees.get(nomination, ""), reason)
        for (person, nomination), reason in told.items()
        if person in members
    )


async def _counted(session: Session, facts: MeetingFacts) -> tuple[AgendaItem, ...]:
    """The agenda with the sums; of a meeting that is not over, those that fit who is there by now."""
    sums = {one.nomination_id: one for one in await queries.votes(session, facts.id)}
    found: list[AgendaItem] = []
    for item in facts.agenda:
        vote = sums[item.nomination_id]
        found.append(replace(item, count=_sums(facts, vote), endorsed=vote.endorsed))
    return tuple(found)


def _sums(facts: MeetingFacts, vote: MeetingVote) -> Count | None:
    if not vote.counted:
        return None
    over = facts.state in {MeetingState.HELD, MeetingState.ANNULLED} and vote.entitled > 0
    if facts.state is MeetingState.HELD and not over:
        return None
    entitled = vote.entitled if over else facts.entitled(vote.nomination_id)
    cast = vote.votes_for + vote.against + vote.blank
    if cast > (entitled if over else facts.voting(vote.nomination_id)):
        return None
    return Count(entitled, vote.votes_for, vote.against, vote.blank)


async def _with_vote(session: Session, facts: MeetingFacts) -> MeetingFacts:
    """With how the vote goes that is open here: how many voted, and who has not; never how."""
    if facts.state is not MeetingState.VOTING:
        return facts
    for poll in await ballot_queries.of_subject(session, subject_of(facts.id)):
        if poll.state == "open":
            turnout = await ballots.turnout(session, poll.id or 0)
            members = {one.person_id: one.name for one in facts.members}
            return replace(
                facts,
                poll_id=poll.id or 0,
                closes_at=here(session, poll.closes_at),
                voted=len(turnout.voted),
                awaited=tuple(members.get(one, "") for one in turnout.missing),
                held=ballots.held_by(session),
            )
    return facts
