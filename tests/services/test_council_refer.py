"""What was approved goes back to the council where somebody chosen may not be commended by then."""

from datetime import UTC

from core.ballots import Vote
from core.council import PaperOf, SittingState
from core.refusals import Code
from db.queries import nominations as nomination_queries
from services import (
    council,
    council_decision,
    council_papers,
    council_vote,
    round_archive_dossiers,
    round_archive_facts,
)
from services.papers import council_documents
from tests.chat import Town
from tests.services.considering import notices
from tests.services.sitting import chamber
from tests.services.test_assessment import refusal_of
from tests.services.test_council import WORDS, called, person, voted
from tests.services.test_council_papers import told

WHY = "Chị Lan đang bị xem xét."


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
                await council_decision.refer(session, director, number, WHY, now)
                sitting = await council.one(session, chair, number, now)
                assert (sitting.state, sitting.chosen, sitting.conclusions) == (SittingState.CALLED, (), "")
                twice = council_decision.refer(session, director, number, WORDS, now)
                assert await refusal_of(twice) is Code.NOT_FOUND
        content = await council_papers.content(session, number, now)
        assert content is not None
        minutes = told(council_documents.build(content, UTC)[PaperOf.MINUTES])
        assert f"Kết luận khi đó: «{WORDS}». Người quyết định khen thưởng trả lại" in minutes
        of_round = await nomination_queries.round_of(session, content.sitting.round_id)
        assert of_round is not None
        gathering = await round_archive_facts.begun(session, of_round, now)
        (kept,) = await round_archive_dossiers.sittings(session, gathering)
        assert [(one.words, one.conclusions) for one in kept.votes] == [(WHY, WORDS), ("", "")]
    async with here.town.office() as session:
        noticed = await notices(session, here.office)
        assert sum("Đã duyệt danh sách khen thưởng" in one for one in noticed) == 2
