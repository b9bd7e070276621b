"""The votes of a sitting: what each was counted to, and those set aside to vote once more."""

from datetime import datetime

from core.ballots import Count
from core.council import SittingFacts, SittingState, VoteThen
from db.models import CouncilVoteAside
from db.queries import ballots as ballot_queries
from db.queries import council as queries
from db.transaction import Session
from services import ballots, council


async def set_aside(
    session: Session, by: int, sitting: SittingFacts, before: SittingState, words: str, now: datetime
) -> None:
    """Take a sitting back to before its vote, for what `words` say; what was voted and concluded stays kept.

    Raises `Refusal` where it stands elsewhere by now.
    """
    row = await queries.sitting(session, sitting.id)
    sheet = row.ballots_id if row is not None else None
    fallen: dict[str, object] = dict.fromkeys(("ballots_id", "concluded_at", "approved_by", "approved_at"))
    await council.moved(
        session, sitting, before, SittingState.CALLED, referred=words, conclusions="", **fallen
    )
    session.add(
        CouncilVoteAside(
            sitting_id=sitting.id,
            poll_id=sitting.poll_id,
            referred=before is not SittingState.COUNTED,
            words=words,
            conclusions=sitting.conclusions,
            ballots_id=sheet,
            done_by=by or None,
            done_at=now,
        )
    )
    for one in sitting.items:
        item = await queries.item(session, sitting.id, one.nomination_id)
        if item is not None:
            item.settled, item.settled_words, item.chosen, item.reason = 0, "", None, ""
    await session.flush()


async def earlier(session: Session, sitting_id: int) -> list[VoteThen]:
    """The votes of a sitting that were set aside, the oldest first."""
    return [
        await _then(session, row.poll_id, row.ballots_id, row)
        for row in await queries.aside(session, sitting_id)
    ]


async def last(session: Session, sitting: SittingFacts) -> VoteThen:
    """The vote of a sitting that was counted last and stands."""
    row = await queries.sitting(session, sitting.id)
    return await _then(session, sitting.poll_id, row.ballots_id if row is not None else None)


async def _then(
    session: Session, poll_id: int, sheet: int | None, aside: CouncilVoteAside | None = None
) -> VoteThen:
    of_poll, voters = await ballots.poll(session, poll_id), await ballot_queries.voters(session, poll_id)
    on_paper = {one.person_id for one in voters if one.on_paper}
    return VoteThen(
        ended_at=of_poll.ended_at,
        counts=await ballots.counts(session, poll_id),
        on_paper=len(on_paper),
        paper={
            one.nomination_id: Count(len(on_paper), one.paper_for, one.paper_against, one.paper_blank)
            for one in await ballot_queries.items(session, poll_id)
            if on_paper
        },
        sheet=sheet,
        words=aside.words if aside is not None else "",
        referred=aside is not None and aside.referred,
        conclusions=aside.conclusions if aside is not None else "",
        by=aside.done_by if aside is not None else None,
    )
