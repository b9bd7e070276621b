"""What was approved goes back to the council where somebody chosen may not be commended by then."""

from core.ballots import Vote
from core.council import SittingState
from core.refusals import Code
from services import council, council_decision, council_vote
from tests.chat import Town
from tests.services.considering import notices
from tests.services.sitting import chamber
from tests.services.test_assessment import refusal_of
from tests.services.test_council import WORDS, called, person, voted


async def test_an_approved_list_is_referred_back_and_approved_again(numbers_town: Town) -> None:
    here = await chamber(numbers_town)
    async with here.town.office() as session:
        now, number = here.town.clock.now(), await called(here, session)
        chair, director = await person(here, session, here.chair), await person(here, session, here.director)
        for again in (True, False):
            await voted(here, session, number, *[(Vote.FOR, Vote.AGAINST)] * 4)
            await council_vote.conclude(session, chair, number, WORDS, now)
            await council_decision.approve(session, director, number, 1, now)
            if again:
                await council_decision.refer(session, director, number, "Chị Lan đang bị xem xét.", now)
                sitting = await council.one(session, chair, number, now)
                assert (sitting.state, sitting.chosen) == (SittingState.CALLED, ())
                twice = council_decision.refer(session, director, number, WORDS, now)
                assert await refusal_of(twice) is Code.NOT_FOUND
    async with here.town.office() as session:
        told = await notices(session, here.office)
        assert sum("Đã duyệt danh sách khen thưởng" in one for one in told) == 2
