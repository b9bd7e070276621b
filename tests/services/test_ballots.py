"""A secret vote: whoever is entitled votes once, the sums come out, and the database knows no more."""

import sqlite3
from contextlib import closing, suppress
from datetime import timedelta
from pathlib import Path

import pytest

from core.ballots import Count, PollRules, Vote
from core.refusals import Code, Refusal
from core.roles import Role
from core.texts import unit_meetings as unit_texts
from db.transaction import Savepoint, Session
from services import ballot_papers, ballots, dossiers, nominations
from services.actor import Actor
from services.ballots import ToOpen, Urn
from tests.chat import Chat, Town
from tests.services.considering import cast, entered, round_id
from tests.services.test_assessment import refusal_of

ACHIEVEMENT = "Rút ngắn thời gian chờ khám từ 60 phút còn 25 phút."


@pytest.fixture
async def chamber(numbers_town: Town) -> tuple[Town, int, list[Chat]]:
    """A town with one nomination, and four people who could vote about it."""
    town = numbers_town
    lan, head, _office, _appraiser = await cast(town)
    members = [await town.joined(f"Thành Viên {number}", roles=(Role.COUNCIL,)) for number in "ABCD"]
    async with town.office() as session:
        sheet = await entered(town, session, await town.actor(session, lan), signed=True)
        chief = await town.actor(session, head)
        now = town.clock.now()
        await nominations.propose(session, chief, sheet, ACHIEVEMENT, now)
        number = await dossiers.open_for(session, chief, await round_id(session), chief.unit_id, now)
        (nominee,) = await dossiers.nominees(session, number, now)
    return town, nominee.nomination_id, members


async def opened(town: Town, session: Session, nomination: int, people: list[Actor], *barred: Actor) -> int:
    wanted = ToOpen(
        "council:1",
        [nomination],
        [one.person_id for one in people],
        {(one.person_id, nomination): "cùng đơn vị" for one in barred},
        PollRules(),
        town.clock.now() + timedelta(hours=1),
    )
    return await ballots.open_poll(session, "console", wanted, None, town.clock.now())


async def test_votes_are_counted_once_each_and_the_last_one_counts(
    chamber: tuple[Town, int, list[Chat]],
) -> None:
    town, nomination, members = chamber
    async with town.office() as session:
        now, people = town.clock.now(), [await town.actor(session, one) for one in members]
        poll = await opened(town, session, nomination, people, people[3])
        assert await ballots.left(session, people[0], poll) == (nomination,)
        for actor, vote in zip(people[:3], (Vote.AGAINST, Vote.FOR, Vote.BLANK), strict=True):
            await ballots.cast(session, actor, poll, nomination, vote, now)
        await ballots.cast(session, people[0], poll, nomination, Vote.FOR, now)
        in_conflict = ballots.cast(session, people[3], poll, nomination, Vote.FOR, now)
        assert await refusal_of(in_conflict) is Code.NOT_FOUND
        assert await ballots.left(session, people[0], poll) == ()
        turnout = await ballots.turnout(session, poll)
        assert (len(turnout.entitled), turnout.missing) == (4, ())
        assert await ballots.counts(session, poll) == {}
        found = await ballots.close(session, "console", poll, now)
        assert found == {nomination: Count(3, votes_for=2, against=0, blank=1)}
        late = ballots.cast(session, people[0], poll, nomination, Vote.FOR, now)
        assert await refusal_of(late) is Code.VOTE_OVER
        assert await refusal_of(ballots.close(session, "console", poll, now)) is Code.VOTE_OVER


async def test_a_vote_that_was_undone_is_not_counted(chamber: tuple[Town, int, list[Chat]]) -> None:
    town, nomination, members = chamber
    async with town.office() as session:
        people = [await town.actor(session, one) for one in members]
        poll = await opened(town, session, nomination, people)
    async with town.office() as session:
        with suppress(Refusal):
            async with Savepoint(session):
                await ballots.cast(session, people[0], poll, nomination, Vote.FOR, town.clock.now())
                raise Refusal(Code.NOT_FOUND)
    async with town.office() as session:
        assert await ballots.left(session, people[0], poll) == (nomination,)
        assert (await ballots.close(session, "console", poll, town.clock.now()))[nomination].cast == 0


async def test_slips_lost_with_their_process_are_asked_for_again(
    chamber: tuple[Town, int, list[Chat]],
) -> None:
    town, nomination, members = chamber
    async with town.office() as session:
        now, people = town.clock.now(), [await town.actor(session, one) for one in members]
        poll = await opened(town, session, nomination, people)
        await ballots.cast(session, people[0], poll, nomination, Vote.FOR, now)
    town.urn = Urn()
    async with town.office() as session:
        for one in people[1:]:
            await ballots.cast(session, one, poll, nomination, Vote.FOR, now)
        assert await ballots.left(session, people[0], poll) == (nomination,)
        assert await ballots.lost(session, now) == {poll: [people[0].person_id]}
        assert await ballots.lost(session, now) == {}
    async with town.office() as session:
        assert (await ballots.close(session, "console", poll, now))[nomination].votes_for == 3


@pytest.mark.parametrize(("slips", "counted"), [(1, 0), (2, 0), (3, 3)])
async def test_so_few_slips_that_they_told_who_voted_how_are_not_counted(
    chamber: tuple[Town, int, list[Chat]], slips: int, counted: int
) -> None:
    town, nomination, members = chamber
    async with town.office() as session:
        now, people = town.clock.now(), [await town.actor(session, one) for one in members]
        poll = await opened(town, session, nomination, people)
        for one in people[:slips]:
            await ballots.cast(session, one, poll, nomination, Vote.FOR, now)
        found = await ballots.close(session, "console", poll, now)
    assert found == {nomination: Count(4, votes_for=counted)}
    assert ("hưa đủ ba phiếu" in unit_texts.count(found[nomination])) is (not counted)


async def test_paper_ballots_are_added_to_those_cast_here(chamber: tuple[Town, int, list[Chat]]) -> None:
    town, nomination, members = chamber
    more = [await town.joined(f"Thành Viên {letter}", roles=(Role.COUNCIL,)) for letter in "EG"]
    async with town.office() as session:
        now, people = town.clock.now(), [await town.actor(session, one) for one in (*members, *more)]
        poll = await opened(town, session, nomination, people)
        await ballots.cast(session, people[0], poll, nomination, Vote.AGAINST, now)
        for one in people[:2]:
            await ballot_papers.votes_on_paper(session, "console", poll, one.person_id, now)
        few = ballot_papers.enter_paper(session, "console", poll, {nomination: Count(2, 1, 1)}, now)
        assert await refusal_of(few) is Code.VOTE_PAPER_TELLS
        for one in people[2:4]:
            await ballot_papers.votes_on_paper(session, "console", poll, one.person_id, now)
        few_here = ballot_papers.enter_paper(session, "console", poll, {nomination: Count(4, 1, 1)}, now)
        assert await refusal_of(few_here) is Code.VOTE_PAPER_TELLS
        await ballot_papers.votes_on_paper(session, "console", poll, people[3].person_id, now, on_paper=False)
        assert await refusal_of(ballots.left(session, people[0], poll)) is Code.VOTE_ON_PAPER
        too_many = {nomination: Count(4, votes_for=4)}
        refused = ballot_papers.enter_paper(session, "console", poll, too_many, now)
        assert await refusal_of(refused) is Code.VOTE_SUMS
        with pytest.raises(Refusal, match=Code.VOTE_PAPER_MISSING):
            async with Savepoint(session):
                await ballots.close(session, "console", poll, now)
        await ballot_papers.enter_paper(session, "console", poll, {nomination: Count(3, 1, 1)}, now)
        await ballots.cast(session, people[3], poll, nomination, Vote.FOR, now)
        with pytest.raises(Refusal, match=Code.VOTE_PAPER_TELLS):
            async with Savepoint(session):
                await ballots.close(session, "console", poll, now)
        for one in people[4:]:
            await ballots.cast(session, one, poll, nomination, Vote.FOR, now)
        found = await ballots.close(session, "console", poll, now)
    assert found == {nomination: Count(6, votes_for=4, against=1)}


class CountedUrn(Urn):
    """An urn whose slips are called by their number, so that two towns can be compared."""

    def put(self, poll_id: int, vote: Vote) -> str:
        slips = self.slips.setdefault(poll_id, {})
        slips[str(len(slips))] = vote
        return str(len(slips) - 1)


async def test_what_is_stored_is_the_same_however_somebody_votes(
    chamber: tuple[Town, int, list[Chat]], tmp_path: Path
) -> None:
    town, nomination, members = chamber
    async with town.office() as session:
        people = [await town.actor(session, one) for one in members]
        poll = await opened(town, session, nomination, people)
    before = tmp_path / "before.db"
    copied(town.folder / "bot.db", before)
    kept: list[list[str]] = []
    for votes in ((Vote.FOR, Vote.AGAINST, Vote.FOR), (Vote.BLANK, Vote.FOR, Vote.AGAINST)):
        town.urn = CountedUrn(name="urn")
        copied(before, town.folder / "bot.db")
        async with town.office() as session:
            for actor, vote in zip(people, votes, strict=False):
                await ballots.cast(session, actor, poll, nomination, vote, town.clock.now())
        with closing(sqlite3.connect(town.folder / "bot.db")) as stored:
            kept.append(list(stored.iterdump()))
    assert kept[0] == kept[1]
    assert any("poll_mark" in line and "INSERT" in line for line in kept[0])


def copied(source: Path, to: Path) -> None:
    """Everything that one database holds now, in another."""
    with closing(sqlite3.connect(source)) as before, closing(sqlite3.connect(to)) as after:
        before.backup(after)
