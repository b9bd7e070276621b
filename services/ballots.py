"""Secret votes: who votes lies in the database, how they vote in the memory of one process alone.

The slips are counted together when the vote is closed, and only the sums are stored. If the process ends
before that its slips are lost: the marks of those who had voted are worth nothing then, and they are asked
again. So nobody who holds the database, its journal and its backups can tell who voted how.
"""

import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from core.ballots import FEWEST_MEMBERS, Count, PollRules, Vote
from core.refusals import Code, Refusal, uncut
from core.roles import Permission
from db.models import Poll, PollConflict, PollItem, PollVoter
from db.queries import ballots as queries
from db.transaction import Session
from services import ballot_rules, journal
from services.actor import Actor

#: For whoever is asked to vote again, since their slips are lost.
TIME_AGAIN = timedelta(hours=1)
REASON_LIMIT = 200
SHORTEST_REASON = 8
_NAME_BYTES = 8


@dataclass(slots=True)
class Urn:
    """The slips of the votes that are open, in this process's memory: what was voted, by slip.

    One who votes again leaves an older slip behind; only the slip of their mark is counted.
    """

    name: str = field(default_factory=lambda: secrets.token_hex(_NAME_BYTES))
    slips: dict[int, dict[str, Vote]] = field(default_factory=dict, repr=False)

    def put(self, poll_id: int, vote: Vote) -> str:
        """Put a slip in; returns what it is called."""
        slip = secrets.token_hex(_NAME_BYTES)
        self.slips.setdefault(poll_id, {})[slip] = vote
        return slip

    def keep_only(self, open_polls: Collection[int]) -> None:
        """Burn the slips of votes that are over."""
        for poll_id in set(self.slips) - set(open_polls):
            del self.slips[poll_id]


@dataclass(frozen=True, slots=True)
class PollFacts:
    """A vote as it stands; `subject` is the meeting it belongs to."""

    id: int
    subject: str
    state: str
    rules: PollRules
    opened_at: datetime
    closes_at: datetime
    ended_at: datetime | None
    nominations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Turnout:
    """Who is entitled to vote and who has: everybody about all they may vote on, or on paper."""

    entitled: tuple[int, ...]
    voted: tuple[int, ...]
    on_paper: tuple[int, ...]

    @property
    def missing(self) -> tuple[int, ...]:
        """Who has not voted about everybody yet."""
        return tuple(one for one in self.entitled if one not in self.voted and one not in self.on_paper)


@dataclass(frozen=True, slots=True)
class ToOpen:
    """What a vote is opened with: nominees in their order, members, and who is in conflict about whom."""

    subject: str
    nominations: Sequence[int]
    members: Sequence[int]
    conflicts: Mapping[tuple[int, int], str]
    rules: PollRules
    closes_at: datetime


async def open_poll(
    session: Session, label: str, wanted: ToOpen, opened_by: int | None, now: datetime, **noted: str
) -> int:
    """Open a vote; `noted` is what its line in the journal says besides.

    Raises `Refusal` where the meeting has one open, or too few could vote in it.
    """
    if any(one.state == "open" for one in await queries.of_subject(session, wanted.subject)):
        raise Refusal(Code.VOTE_OPEN)
    if not wanted.nominations or len(wanted.members) < FEWEST_MEMBERS or wanted.closes_at <= now:
        raise Refusal(Code.VOTE_EMPTY)
    row = Poll(
        subject=wanted.subject,
        **ballot_rules.columns_of(wanted.rules),
        opened_by=opened_by,
        opened_at=now,
        closes_at=wanted.closes_at,
    )
    session.add(row)
    await session.flush()
    number = row.id or 0
    for place, nomination in enumerate(wanted.nominations, 1):
        session.add(PollItem(poll_id=number, nomination_id=nomination, place=place))
    for person in wanted.members:
        session.add(PollVoter(poll_id=number, person_id=person))
    for (person, nomination), reason in wanted.conflicts.items():
        if person in wanted.members and nomination in wanted.nominations:
            session.add(
                PollConflict(poll_id=number, person_id=person, nomination_id=nomination, reason=reason)
            )
    await session.flush()
    _urn(session).keep_only([one.id or 0 for one in await queries.open_polls(session)])
    told: dict[str, int | str] = {"members": len(wanted.members), "nominees": len(wanted.nominations)}
    await journal.note(session, label, "opened_vote", f"poll:{number}", now, **told, **noted)
    return number


async def poll(session: Session, poll_id: int) -> PollFacts:
    """One vote."""
    row = await queries.poll(session, poll_id)
    if row is None:
        raise Refusal(Code.NOT_FOUND)
    return await _facts(session, row)


async def of_subject(session: Session, subject: str) -> list[PollFacts]:
    """The votes of a meeting, the newest first."""
    return [await _facts(session, row) for row in await queries.of_subject(session, subject)]


async def mine(session: Session, actor: Actor) -> list[PollFacts]:
    """The open votes that the person votes in here."""
    actor.require(Permission.MANAGE_ACCOUNT, actor.own)
    return [await _facts(session, row) for row in await _open_for(session, actor)]


async def open_to(session: Session, actor: Actor, poll_id: int) -> PollFacts:
    """An open vote the person votes in here. Raises `Refusal`: it is over, or they vote on paper."""
    actor.require(Permission.MANAGE_ACCOUNT, actor.own)
    for row in await _open_for(session, actor):
        if row.id == poll_id:
            return await _facts(session, row)
    row_of = await queries.poll(session, poll_id)
    voters = {one.person_id: one for one in await queries.voters(session, poll_id)}
    voter = voters.get(actor.person_id)
    if row_of is not None and voter is not None and _theirs(actor, row_of):
        if row_of.state == "closed":
            raise Refusal(Code.VOTE_OVER)
        if row_of.state == "open" and voter.on_paper:
            raise Refusal(Code.VOTE_ON_PAPER)
    raise Refusal(Code.NOT_FOUND)


async def left(session: Session, actor: Actor, poll_id: int) -> tuple[int, ...]:
    """About whom the person has still to vote, in order; those they are in conflict about are left out."""
    actor.require(Permission.MANAGE_ACCOUNT, actor.own)
    mine_to_vote = await _mine_to_vote(session, actor, poll_id)
    urn = _urn(session).name
    done = {
        one.nomination_id
        for one in await queries.marks(session, poll_id)
        if one.person_id == actor.person_id and one.urn == urn
    }
    return tuple(one for one in mine_to_vote if one not in done)


async def cast(
    session: Session, actor: Actor, poll_id: int, nomination_id: int, vote: Vote, now: datetime
) -> None:
    """Vote about one nominee. Until the vote is closed one may vote again: the last one counts.

    The journal says that somebody voted, never how.
    """
    actor.require(Permission.MANAGE_ACCOUNT, actor.own)
    if nomination_id not in await _mine_to_vote(session, actor, poll_id):
        raise Refusal(Code.NOT_FOUND)
    row = await queries.poll(session, poll_id)
    if row is None or row.closes_at <= now:
        raise Refusal(Code.VOTE_OVER)
    urn = _urn(session)
    slip = urn.put(poll_id, vote)
    await queries.mark(
        session,
        {
            "poll_id": poll_id,
            "person_id": actor.person_id,
            "nomination_id": nomination_id,
            "urn": urn.name,
            "slip": slip,
            "voted_at": now,
        },
    )
    await journal.note(session, actor.label, "voted", f"poll:{poll_id}", now)


async def turnout(session: Session, poll_id: int) -> Turnout:
    """Who has voted, as far as their slips are still there."""
    urn, of_poll = _urn(session).name, await poll(session, poll_id)
    conflicts = {(one.person_id, one.nomination_id) for one in await queries.conflicts(session, poll_id)}
    marked = {
        (one.person_id, one.nomination_id)
        for one in await queries.marks(session, poll_id)
        if one.urn == urn or of_poll.state != "open"
    }
    voters = await queries.voters(session, poll_id)
    on_paper = tuple(one.person_id for one in voters if one.on_paper)
    voted = tuple(
        one.person_id
        for one in voters
        if all(
            (one.person_id, nomination) in marked or (one.person_id, nomination) in conflicts
            for nomination in of_poll.nominations
        )
    )
    return Turnout(tuple(one.person_id for one in voters), voted, on_paper)


def held_by(session: Session) -> str:
    """Which process holds the slips now, to end a vote with that somebody has looked at."""
    return _urn(session).name


async def close(
    session: Session, label: str, poll_id: int, now: datetime, held: str = "", **noted: str
) -> dict[int, Count]:
    """End a vote: count the slips here and what was entered of paper ballots, and store the sums alone.

    Who ends it by hand says which process `held` the slips when they looked. Where that is another by now the
    slips are lost, and it is refused (`VOTE_RESTARTED`): nobody meant to end a vote without them.
    """
    of_poll, urn = await poll(session, poll_id), _urn(session)
    if held and held != urn.name:
        raise Refusal(Code.VOTE_RESTARTED)
    if not await queries.close(session, poll_id, "closed", now):
        raise Refusal(Code.VOTE_OVER)
    slips = urn.slips.get(poll_id, {})
    # A mark of another process, or whose turn was undone, has no slip here.
    await queries.unmark(session, poll_id, but_urn=urn.name)
    found: dict[int, list[Vote]] = {one: [] for one in of_poll.nominations}
    for mark in await queries.marks(session, poll_id):
        if mark.slip in slips and mark.nomination_id in found:
            found[mark.nomination_id].append(slips[mark.slip])
    voters = await queries.voters(session, poll_id)
    ballot_rules.count_into(await queries.items(session, poll_id), voters, found)
    await session.flush()
    await journal.note(session, label, "closed_vote", f"poll:{poll_id}", now, **noted)
    return await counts(session, poll_id)


async def cancel(session: Session, label: str, poll_id: int, now: datetime, **noted: str) -> None:
    """End a vote without counting anything."""
    if not await queries.close(session, poll_id, "cancelled", now):
        raise Refusal(Code.VOTE_OVER)
    await queries.unmark(session, poll_id)
    await journal.note(session, label, "cancelled_vote", f"poll:{poll_id}", now, **noted)


async def counts(session: Session, poll_id: int) -> dict[int, Count]:
    """The sums of a vote that is closed, by nomination; nobody's until then."""
    of_poll = await poll(session, poll_id)
    if of_poll.state != "closed":
        return {}
    members = len(await queries.voters(session, poll_id))
    barred: dict[int, int] = {}
    for one in await queries.conflicts(session, poll_id):
        barred[one.nomination_id] = barred.get(one.nomination_id, 0) + 1
    return {
        item.nomination_id: Count(
            members - barred.get(item.nomination_id, 0),
            item.votes_for + item.paper_for,
            item.against + item.paper_against,
            item.blank + item.paper_blank,
        )
        for item in await queries.items(session, poll_id)
    }


async def lost(session: Session, now: datetime) -> dict[int, list[int]]:
    """Whose slips were lost with the process that held them, by vote; their marks are taken away.

    They have `TIME_AGAIN` from now to vote again, however soon the vote was to end.
    """
    urn, found = _urn(session).name, dict[int, list[int]]()
    for row in await queries.open_polls(session):
        poll_id = row.id or 0
        people = {one.person_id for one in await queries.marks(session, poll_id) if one.urn != urn}
        if people:
            found[poll_id] = sorted(people)
            row.closes_at = max(row.closes_at, now + TIME_AGAIN)
            await queries.unmark(session, poll_id, but_urn=urn)
            await journal.note(session, "house", "lost_votes", f"poll:{poll_id}", now, people=len(people))
    return found


async def declare_conflict(
    session: Session, actor: Actor, poll_id: int, nomination_id: int, reason: str, now: datetime
) -> None:
    """Leave the vote about one nominee, for a reason that the meeting sees; there is no way back.

    Raises `Refusal` (`VOTE_TOO_FEW`) where so few would be left that the sums told who voted how.
    """
    actor.require(Permission.MANAGE_ACCOUNT, actor.own)
    if nomination_id not in await _mine_to_vote(session, actor, poll_id):
        raise Refusal(Code.NOT_FOUND)
    told = uncut(reason, REASON_LIMIT)
    if len(told) < SHORTEST_REASON:
        raise Refusal(Code.VOTE_REASON)
    barred = sum(one.nomination_id == nomination_id for one in await queries.conflicts(session, poll_id))
    if len(await queries.voters(session, poll_id)) - barred - 1 < FEWEST_MEMBERS:
        raise Refusal(Code.VOTE_TOO_FEW)
    row = PollConflict(poll_id=poll_id, person_id=actor.person_id, nomination_id=nomination_id, reason=told)
    session.add(row)
    await queries.unmark_person(session, poll_id, actor.person_id, nomination_id)
    await session.flush()
    await journal.note(session, actor.label, "left_vote", f"poll:{poll_id}", now, nomination=nomination_id)


async def _mine_to_vote(session: Session, actor: Actor, poll_id: int) -> tuple[int, ...]:
    """About whom the person may vote here, while the vote is open."""
    if poll_id not in {row.id for row in await _open_for(session, actor)}:
        await open_to(session, actor, poll_id)  # It says why not.
    barred = {
        one.nomination_id
        for one in await queries.conflicts(session, poll_id)
        if one.person_id == actor.person_id
    }
    return tuple(
        item.nomination_id
        for item in await queries.items(session, poll_id)
        if item.nomination_id not in barred
    )


async def _open_for(session: Session, actor: Actor) -> list[Poll]:
    """The open votes the person votes in; in the council's for as long as they belong to it."""
    rows = await queries.open_for(session, actor.person_id)
    return [row for row in rows if _theirs(actor, row)]


def _theirs(actor: Actor, row: Poll) -> bool:
    return actor.may(Permission.VOTE) or not row.subject.startswith("council:")


async def _facts(session: Session, row: Poll) -> PollFacts:
    return PollFacts(
        id=row.id or 0,
        subject=row.subject,
        state=row.state,
        rules=ballot_rules.rules_of(row),
        opened_at=row.opened_at,
        closes_at=row.closes_at,
        ended_at=row.ended_at,
        nominations=tuple(item.nomination_id for item in await queries.items(session, row.id or 0)),
    )


def _urn(session: Session) -> Urn:
    """The urn of this process (`Transactions.over(urn=…)`)."""
    urn = session.info["urn"]
    assert isinstance(urn, Urn)
    return urn
