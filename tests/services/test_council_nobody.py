"""A sitting that chose nobody: it ends without a decision, and everybody is told."""

import pytest

from core.ballots import Vote
from core.council import SittingState
from core.dossiers import DossierState
from core.refusals import Code
from db.models import Award, CouncilSitting, Dossier, Nomination
from services import council_decision, council_vote
from tests.chat import Town
from tests.services.considering import notices
from tests.services.sitting import Chamber, chamber
from tests.services.test_assessment import refusal_of
from tests.services.test_council import WORDS, called, person, voted


@pytest.fixture
async def here(numbers_town: Town) -> Chamber:
    return await chamber(numbers_town)


async def concluded(here: Chamber, vote: Vote) -> int:
    """Everybody votes so on the first and against the other; the director has approved what came of it."""
    async with here.town.office() as session:
        now, number = here.town.clock.now(), await called(here, session)
        await voted(here, session, number, *[(vote, Vote.AGAINST)] * 4)
        chair, director = await person(here, session, here.chair), await person(here, session, here.director)
        await council_vote.conclude(session, chair, number, WORDS, now)
        chosen = 1 if vote is Vote.FOR else 0
        await council_decision.approve(session, director, number, chosen, now)
    return number


async def test_where_nobody_was_chosen_the_office_ends_it_and_no_award_is_on_record(here: Chamber) -> None:
    number = await concluded(here, Vote.AGAINST)
    async with here.town.office() as session:
        office = await person(here, session, here.office)
        await council_decision.end(session, office, number, here.town.clock.now())
        again = council_decision.end(session, office, number, here.town.clock.now())
        assert await refusal_of(again) is Code.COUNCIL_MOVED_ON
    (sitting,) = await here.town.rows(CouncilSitting)
    assert (sitting.state, sitting.number) == (SittingState.DECIDED.value, "")
    assert {row.state for row in await here.town.rows(Dossier)} == {DossierState.DECIDED.value}
    assert {row.state for row in await here.town.rows(Nomination)} == {"not_chosen"}
    assert await here.town.rows(Award) == []
    async with here.town.office() as session:
        own = (await notices(session, here.nominees[0]))[-1]
        assert "Lần này anh/chị không có trong danh sách khen thưởng" in own
        for chat in (here.chair, here.head):
            assert "không có Quyết định" in (await notices(session, chat))[-1]


async def test_whom_the_council_chose_are_decided_by_a_signed_decision_alone(here: Chamber) -> None:
    number = await concluded(here, Vote.FOR)
    async with here.town.office() as session:
        office, head = await person(here, session, here.office), await person(here, session, here.head)
        ending = council_decision.end(session, office, number, here.town.clock.now())
        assert await refusal_of(ending) is Code.COUNCIL_MOVED_ON
        forged = council_decision.end(session, head, number, here.town.clock.now())
        assert await refusal_of(forged) is Code.NOT_FOUND
