"""Votes on paper: who votes so, and the sums that were counted outside the house."""

from collections.abc import Mapping
from datetime import datetime

from core.ballots import Count, tells
from core.refusals import Code, Refusal
from db.queries import ballots as queries
from db.transaction import Session
from services import ballots, journal


async def votes_on_paper(
    session: Session, label: str, poll_id: int, person_id: int, now: datetime, *, on_paper: bool = True
) -> None:
    """Note that a member votes on paper: they vote here no more, and what they voted here is gone.

    Or that they do not, after all. Sums of paper ballots that were entered before are gone with either.
    """
    voters = {one.person_id: one for one in await queries.voters(session, poll_id)}
    if person_id not in voters or (await ballots.poll(session, poll_id)).state != "open":
        raise Refusal(Code.NOT_FOUND)
    voters[person_id].on_paper = on_paper
    await queries.unmark_person(session, poll_id, person_id)
    for item in await queries.items(session, poll_id):
        item.paper_for, item.paper_against, item.paper_blank = 0, 0, 0
    await session.flush()
    verb = "votes_on_paper" if on_paper else "votes_here"
    await journal.note(session, label, verb, f"poll:{poll_id}", now, person=f"person:{person_id}")


async def ensure_counts(session: Session, poll_id: int, nomination_id: int, count: Count) -> None:
    """Raise a `Refusal` where these sums of paper ballots about a nominee cannot be.

    `VOTE_SUMS`: more ballots than members who vote on paper without a conflict about them;
    `VOTE_PAPER_TELLS`: so few vote on paper, or not on paper, that the sums told who voted how.
    """
    voters = await queries.voters(session, poll_id)
    everybody = {one.person_id for one in voters}
    on_paper = {one.person_id for one in voters if one.on_paper}
    conflicts = await queries.conflicts(session, poll_id)
    barred = {one.person_id for one in conflicts if one.nomination_id == nomination_id}
    if count.cast > len(on_paper - barred):
        raise Refusal(Code.VOTE_SUMS, limit=len(on_paper - barred))
    if count.cast and tells(len(on_paper - barred), len(everybody - on_paper - barred)):
        raise Refusal(Code.VOTE_PAPER_TELLS)


async def enter_paper(
    session: Session, label: str, poll_id: int, sums: Mapping[int, Count], now: datetime
) -> None:
    """Enter the sums of the paper ballots, before the vote is closed; again replaces them.

    Raises `Refusal` as `ensure_counts` does.
    """
    if (await ballots.poll(session, poll_id)).state != "open":
        raise Refusal(Code.VOTE_OVER)
    for item in await queries.items(session, poll_id):
        count = sums.get(item.nomination_id, Count(0))
        await ensure_counts(session, poll_id, item.nomination_id, count)
        item.paper_for, item.paper_against, item.paper_blank = count.votes_for, count.against, count.blank
    await session.flush()
    await journal.note(session, label, "entered_paper_votes", f"poll:{poll_id}", now)
