"""The vote of a unit's council: opened here and counted, or entered from minutes on paper."""

from datetime import datetime, timedelta

from core.ballots import FEWEST_MEMBERS, Count
from core.refusals import Code, Refusal
from core.roles import Permission
from core.texts import unit_meetings as texts
from core.unit_reviews import Gap, MeetingFacts, MeetingState
from db.models import MeetingConflict
from db.queries import ballots as ballot_queries
from db.queries import unit_meetings as queries
from db.transaction import Session
from services import ballots, outbox, stood_in, unit_meeting_facts, unit_meetings, unit_rounds
from services.actor import Actor
from services.unit_meeting_facts import subject_of

#: How long before its end who has not voted is reminded; of a short vote, over how much of it.
REMIND_BEFORE, REMIND_AFTER = timedelta(hours=1), 0.5


async def open_vote(
    session: Session, actor: Actor, meeting_id: int, closes_at: datetime, now: datetime
) -> int:
    """Open the secret vote among those who are there; each is told with the way to it.

    Raises `Refusal` where something is missing, too few are there, or so few vote about somebody that the
    sums told who voted how.
    """
    actor.require(Permission.NOMINATE)
    facts = await unit_meetings.preparing(session, actor, meeting_id, now)
    if facts.on_paper:
        raise Refusal(Code.MEETING_MOVED_ON)
    unit_meetings.ensure_whole(facts)
    if facts.held_at is not None and facts.held_at > now:
        raise Refusal(Code.MEETING_LACKS, gaps=(Gap.EARLY,))
    agenda = [item for item in facts.agenda if not item.withdrawn]
    if not agenda:
        raise Refusal(Code.NOBODY_PROPOSED)
    for item in agenda:
        if facts.voting(item.nomination_id) < FEWEST_MEMBERS:
            count = facts.voting(item.nomination_id)
            raise Refusal(Code.MEETING_TOO_FEW, name=item.name, count=count)
    if not await queries.move(session, meeting_id, (MeetingState.PREPARING,), MeetingState.VOTING, {}):
        raise Refusal(Code.MEETING_MOVED_ON)
    wanted = ballots.ToOpen(
        subject=subject_of(meeting_id),
        nominations=[item.nomination_id for item in agenda],
        members=[one.person_id for one in facts.present],
        conflicts={(one.person_id, one.nomination_id): one.reason for one in facts.conflicts},
        rules=facts.rules,
        closes_at=closes_at,
    )
    noted = await stood_in.noted(session, actor, Permission.NOMINATE, facts.of.unit_id)
    poll_id = await ballots.open_poll(session, actor.label, wanted, actor.person_id or None, now, **noted)
    notice = texts.vote_notice(facts, poll_id, unit_meeting_facts.here(session, closes_at))
    people = [one.person_id for one in facts.present]
    await outbox.notify(session, people, notice, now, once=f"vote:{poll_id}")
    return poll_id


async def close_vote(session: Session, actor: Actor, meeting_id: int, now: datetime, held: str = "") -> None:
    """End the vote and count it; `held` as in `services.ballots.close`."""
    actor.require(Permission.NOMINATE)
    facts = await unit_meetings.one(session, actor, meeting_id, now)
    actor.require(Permission.NOMINATE, await unit_rounds.target(session, facts.of.unit_id, actor.today))
    if facts.state is not MeetingState.VOTING:
        raise Refusal(Code.MEETING_MOVED_ON)
    noted = await stood_in.noted(session, actor, Permission.NOMINATE, facts.of.unit_id)
    await _count(session, actor.label, facts, now, held, **noted)


async def enter_votes(
    session: Session, actor: Actor, meeting_id: int, nomination_id: int, sums: Count, now: datetime
) -> None:
    """Enter what the minutes on paper say about one nominee; again replaces it."""
    actor.require(Permission.NOMINATE)
    facts = await unit_meetings.preparing(session, actor, meeting_id, now)
    if not facts.on_paper:
        raise Refusal(Code.MEETING_MOVED_ON)
    voting = facts.voting(nomination_id)
    if sums.cast > voting:
        raise Refusal(Code.MEETING_SUMS, count=sums.cast, limit=voting)
    found = await queries.enter(
        session,
        meeting_id,
        nomination_id,
        counted=True,
        votes_for=sums.votes_for,
        against=sums.against,
        blank=sums.blank,
    )
    if not found:
        raise Refusal(Code.NOT_FOUND)


async def look_after(session: Session, now: datetime) -> None:
    """Remind once who has not voted when the end is near, and end the votes whose time is over."""
    for row in await queries.voting(session):
        facts = await unit_meeting_facts.of(session, row, now)
        if facts.closes_at is None:
            continue
        if facts.closes_at <= now:
            people = await unit_rounds.acting(session, [row.called_for or row.called_by], now)
            await _count(session, "house", facts, now)
            notice = texts.counted_notice(facts)
            await outbox.notify(session, people, notice, now, once=f"counted:{facts.poll_id}")
            continue
        poll = await ballots.poll(session, facts.poll_id)
        ahead = min(REMIND_BEFORE, (poll.closes_at - poll.opened_at) * REMIND_AFTER)
        if now >= poll.closes_at - ahead:
            await _remind(session, facts, now)


async def _remind(session: Session, facts: MeetingFacts, now: datetime) -> None:
    turnout = await ballots.turnout(session, facts.poll_id)
    voters = {one.person_id: one for one in await ballot_queries.voters(session, facts.poll_id)}
    late = [one for one in turnout.missing if voters[one].reminded_at is None]
    if late and facts.closes_at is not None:
        await ballot_queries.reminded(session, facts.poll_id, late, now)
        notice = texts.late_notice(facts, unit_meeting_facts.here(session, facts.closes_at))
        await outbox.notify(session, late, notice, now, once=f"vote_late:{facts.poll_id}")


async def _count(
    session: Session, label: str, facts: MeetingFacts, now: datetime, held: str = "", **noted: str
) -> None:
    """Count the vote; who declared a conflict in it has had no vote about that nominee."""
    counts = await ballots.close(session, label, facts.poll_id, now, held, **noted)
    if not await queries.move(session, facts.id, (MeetingState.VOTING,), MeetingState.COUNTED, {}):
        raise Refusal(Code.MEETING_MOVED_ON)
    for nomination_id, count in counts.items():
        sums = {"votes_for": count.votes_for, "against": count.against, "blank": count.blank}
        await queries.enter(session, facts.id, nomination_id, counted=True, **sums)
    known = {(one.person_id, one.nomination_id) for one in await queries.conflicts(session, facts.id)}
    for one in await ballot_queries.conflicts(session, facts.poll_id):
        if (one.person_id, one.nomination_id) not in known:
            row = MeetingConflict(
                meeting_id=facts.id,
                person_id=one.person_id,
                nomination_id=one.nomination_id,
                reason=one.reason,
            )
            session.add(row)
    await session.flush()
