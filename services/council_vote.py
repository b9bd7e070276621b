"""The vote of a sitting: opened and closed by its chair, ties settled in the open, and what it concludes."""

from collections.abc import Mapping
from datetime import datetime

from core.ballots import FEWEST_MEMBERS, Count, PollRules, Verdict, settles
from core.council import SittingFacts, SittingState, results, tied, too_few_for
from core.dossiers import DossierAct
from core.errands import ErrandKind
from core.refusals import Code, Refusal
from core.roles import Permission
from core.texts import ballots as ballot_texts
from core.texts import council_notices as texts
from core.vietnamese import moment
from db.queries import ballots as ballot_queries
from db.queries import council as queries
from db.transaction import Session
from services import (
    ballot_papers,
    ballot_rules,
    ballots,
    council,
    council_past,
    council_scans,
    dossiers,
    eligibility,
    errands,
    journal,
    outbox,
)
from services.actor import Actor, local
from services.ballots import ToOpen, Turnout


async def open_vote(
    session: Session, actor: Actor, sitting_id: int, closes_at: datetime, now: datetime
) -> int:
    """Open the secret vote on everybody on the agenda; every member is told.

    Before the hour they were called to, the sitting is held from now on: members who are there may agree.
    """
    actor.require(Permission.VOTE)
    sitting = await _chaired(session, actor, sitting_id, now)
    if few := too_few_for(sitting, FEWEST_MEMBERS):
        raise Refusal(Code.COUNCIL_TOO_FEW, name=few[0].name)
    held_at = min(sitting.held_at, now)
    await council.moved(session, sitting, SittingState.CALLED, SittingState.VOTING, held_at=held_at)
    wanted = ToOpen(
        council.subject_of(sitting_id),
        [one.nomination_id for one in sitting.items],
        [one.person_id for one in sitting.members],
        {(one.person_id, one.nomination_id): one.reason for one in sitting.conflicts},
        sitting.rules,
        closes_at,
    )
    poll_id = await ballots.open_poll(session, actor.label, wanted, actor.person_id, now)
    until = moment(local(session, closes_at))
    announced = texts.announced(sitting)
    if held_at < sitting.held_at:
        announced = f"{texts.earlier(local(session, sitting.held_at))}\n{announced}"
    told = ballot_texts.opened(wanted.subject, poll_id, len(sitting.items), until, announced)
    people = [one.person_id for one in sitting.members]
    await council.tell(session, actor.person_id, people, told, now, f"poll:{poll_id}:opened")
    return poll_id


async def set_rules(session: Session, actor: Actor, sitting_id: int, rules: PollRules, now: datetime) -> None:
    """Set when the vote counts and who passes, before it is opened; with it the rules are announced."""
    actor.require(Permission.VOTE)
    sitting = await _chaired(session, actor, sitting_id, now)
    if not rules.offered:
        raise Refusal(Code.NOT_FOUND)
    columns = ballot_rules.columns_of(rules)
    await council.moved(session, sitting, SittingState.CALLED, SittingState.CALLED, **columns)
    await journal.note(session, actor.label, "set_vote_rules", f"council:{sitting_id}", now, **columns)


async def turnout(session: Session, actor: Actor, sitting_id: int, now: datetime) -> Turnout | None:
    """Who has voted; nobody sees more before the vote is closed."""
    sitting = await council.one(session, actor, sitting_id, now)
    return await ballots.turnout(session, sitting.poll_id) if sitting.poll_id else None


async def on_paper(
    session: Session, actor: Actor, sitting_id: int, person_id: int, now: datetime, *, on_paper: bool = True
) -> None:
    """Note that a member votes on paper, or does not after all; they are told: it ends their vote here."""
    actor.require(Permission.CALL_COUNCIL)
    sitting = await _kept(session, actor, sitting_id, now)
    label, poll_id = actor.label, sitting.poll_id
    await ballot_papers.votes_on_paper(session, label, poll_id, person_id, now, on_paper=on_paper)
    told = texts.votes_on_paper(sitting, on_paper=on_paper)
    if person_id != actor.person_id:
        await outbox.notify(session, [person_id], told, now)


async def ensure_counts(
    session: Session,
    actor: Actor,
    sitting_id: int,
    nomination_id: int,
    told: tuple[int, int, int],
    now: datetime,
) -> None:
    """Raise a `Refusal` where so many paper ballots (for, against, blank) about a nominee cannot be."""
    actor.require(Permission.CALL_COUNCIL)
    sitting = await _kept(session, actor, sitting_id, now)
    await ballot_papers.ensure_counts(session, sitting.poll_id, nomination_id, Count(sum(told), *told))


async def enter_paper(
    session: Session,
    actor: Actor,
    sitting_id: int,
    sums: Mapping[int, tuple[int, int, int]],
    evidence_id: int,
    now: datetime,
) -> None:
    """Enter the sums of the paper ballots (for, against, blank), with a photo or scan of the sheet."""
    actor.require(Permission.CALL_COUNCIL)
    sitting = await _kept(session, actor, sitting_id, now)
    await council_scans.ensure(session, actor, evidence_id)
    papers = set((await ballots.turnout(session, sitting.poll_id)).on_paper)
    barred = {
        (one.person_id, one.nomination_id) for one in await ballot_queries.conflicts(session, sitting.poll_id)
    }
    counted = {
        item.nomination_id: Count(
            max(sum(told), sum((person, item.nomination_id) not in barred for person in papers)), *told
        )
        for item in sitting.items
        if (told := sums.get(item.nomination_id)) is not None
    }
    await ballot_papers.enter_paper(session, actor.label, sitting.poll_id, counted, now)
    row = await queries.sitting(session, sitting_id)
    assert row is not None
    row.ballots_id = evidence_id
    await session.flush()


async def close_vote(
    session: Session, actor: Actor, sitting_id: int, now: datetime, held: str = ""
) -> list[Verdict]:
    """End the vote and count it; `held` as in `services.ballots.close`.

    Where that is before its time and somebody has not voted, the members are told.
    """
    actor.require(Permission.VOTE)
    sitting = await _chaired(session, actor, sitting_id, now)
    waiting = await early(session, sitting, now)
    await council.moved(session, sitting, SittingState.VOTING, SittingState.COUNTED)
    counts = await ballots.close(session, actor.label, sitting.poll_id, now, held)
    if waiting:
        people = [one.person_id for one in sitting.members]
        told = texts.closed_early(sitting, len(waiting))
        await council.tell(session, actor.person_id, people, told, now, f"poll:{sitting.poll_id}:early")
    return results(sitting, counts)


async def early(session: Session, sitting: SittingFacts, now: datetime) -> tuple[int, ...]:
    """Who has not voted about everybody yet while there is time for it; nobody once it is over."""
    if sitting.state is not SittingState.VOTING:
        return ()
    if (await ballots.poll(session, sitting.poll_id)).closes_at <= now:
        return ()
    return (await ballots.turnout(session, sitting.poll_id)).missing


async def vote_again(session: Session, actor: Actor, sitting_id: int, reason: str, now: datetime) -> None:
    """Set a vote aside that did not count, or has to be held once more; it stays on record."""
    actor.require(Permission.VOTE)
    sitting, told = await _chaired(session, actor, sitting_id, now), council.said(reason)
    await council_past.set_aside(session, actor.person_id, sitting, SittingState.COUNTED, told, now)
    await journal.note(session, actor.label, "votes_again", f"council:{sitting_id}", now)


async def counted(session: Session, actor: Actor, sitting_id: int, now: datetime) -> list[Verdict]:
    """What the vote came to; nothing before it is closed."""
    sitting = await council.one(session, actor, sitting_id, now)
    return await results_of(session, sitting)


async def results_of(session: Session, sitting: SittingFacts) -> list[Verdict]:
    """The same, whoever asks."""
    if not sitting.poll_id or sitting.state in {SittingState.CALLED, SittingState.VOTING}:
        return []
    return results(sitting, await ballots.counts(session, sitting.poll_id))


async def settle(
    session: Session, actor: Actor, sitting_id: int, nomination_id: int, words: str, now: datetime
) -> None:
    """Put somebody first whom the announced order leaves equal with others, in words everybody reads.

    A chair who has no vote about one of them does not choose among them: the council votes again then.
    """
    actor.require(Permission.VOTE)
    sitting, told = await _chaired(session, actor, sitting_id, now), council.said(words)
    equal = tied(await results_of(session, sitting))
    item = await queries.item(session, sitting_id, nomination_id)
    if sitting.state is not SittingState.COUNTED or item is None or nomination_id not in equal:
        raise Refusal(Code.COUNCIL_MOVED_ON)
    if any(one.person_id == actor.person_id and one.nomination_id in equal for one in sitting.conflicts):
        raise Refusal(Code.OWN_CASE)
    item.settled, item.settled_words = 1, told
    await session.flush()
    await journal.note(session, actor.label, "settled_tie", f"council:{sitting_id}", now)


async def conclude(session: Session, actor: Actor, sitting_id: int, words: str, now: datetime) -> None:
    """Conclude whom the council chose, whom not and why; members, secretary and director are told."""
    actor.require(Permission.VOTE)
    sitting, told = await _chaired(session, actor, sitting_id, now), council.said(words)
    found = await results_of(session, sitting)
    if tied(found):
        raise Refusal(Code.COUNCIL_TIED)
    if not found:
        raise Refusal(Code.COUNCIL_MOVED_ON)
    if not settles([verdict.count for verdict in found], sitting.rules):
        raise Refusal(Code.VOTE_NOT_VALID)
    await council.moved(
        session,
        sitting,
        SittingState.COUNTED,
        SittingState.CONCLUDED,
        conclusions=told,
        concluded_at=now,
        referred="",
    )
    for verdict in found:
        item = await queries.item(session, sitting_id, verdict.nominee)
        assert item is not None
        item.chosen, item.reason = verdict.chosen, texts.reason(verdict, sitting.rules)
    await session.flush()
    for number in dict.fromkeys(item.dossier_id for item in sitting.items):
        await dossiers.move(session, actor, number, DossierAct.CONCLUDE, now)
    await journal.note(session, actor.label, "concluded_council", f"council:{sitting_id}", now)
    await errands.add(session, ErrandKind.COUNCIL_PAPERS, sitting_id, now)
    await _publish(session, actor, sitting_id, found, now)


async def remind(session: Session, now: datetime) -> int:
    """Remind whoever has not voted, once, late in the time there is; tell the chair when it is over."""
    told = 0
    for row in await ballot_queries.open_polls(session):
        if not row.subject.startswith("council:"):
            continue  # A unit's own council looks after its votes itself.
        poll_id = row.id or 0
        late = row.opened_at + (row.closes_at - row.opened_at) * 3 / 4
        until = moment(local(session, row.closes_at))
        if row.closes_at <= now:
            sitting = await council.facts_of(session, int(row.subject.partition(":")[2]), now)
            ended = texts.time_over(row.subject, poll_id)
            await outbox.notify(session, [sitting.chair_id], ended, now, once=f"poll:{poll_id}:over")
        elif late <= now:
            fresh = {
                one.person_id
                for one in await ballot_queries.voters(session, poll_id)
                if one.reminded_at is None
            }
            missing = [one for one in (await ballots.turnout(session, poll_id)).missing if one in fresh]
            if missing:
                message = ballot_texts.reminder(row.subject, poll_id, until)
                await outbox.notify(session, missing, message, now, once=f"poll:{poll_id}:reminder")
                await ballot_queries.reminded(session, poll_id, missing, now)
                told += len(missing)
    return told


async def _publish(
    session: Session, actor: Actor, sitting_id: int, found: list[Verdict], now: datetime
) -> None:
    sitting = await council.facts_of(session, sitting_id, now)
    round_no = f"council:{sitting_id}:{sitting.poll_id}"
    people = {one.person_id for one in sitting.members} | {sitting.secretary_id or 0}
    message = texts.concluded(sitting, found)
    await council.tell(session, actor.person_id, sorted(people - {0}), message, now, f"{round_no}:concluded")
    directors = await eligibility.holding(session, Permission.DECIDE, local(session, now).date())
    message = texts.to_decide(sitting)
    await outbox.notify(session, directors, message, now, once=f"{round_no}:to_decide")


async def _chaired(session: Session, actor: Actor, sitting_id: int, now: datetime) -> SittingFacts:
    """The sitting, for its chair alone; else it is not found."""
    sitting = await council.facts_of(session, sitting_id, now)
    if sitting.chair_id != actor.person_id:
        raise Refusal(Code.NOT_FOUND)
    return sitting


async def _kept(session: Session, actor: Actor, sitting_id: int, now: datetime) -> SittingFacts:
    """The sitting while its vote is open, for its secretary; else it is not found."""
    sitting = await council.facts_of(session, sitting_id, now)
    if sitting.secretary_id != actor.person_id:
        raise Refusal(Code.NOT_FOUND)
    if sitting.state is not SittingState.VOTING:
        raise Refusal(Code.COUNCIL_MOVED_ON)
    return sitting
