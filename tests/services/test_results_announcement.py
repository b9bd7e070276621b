"""The announcement drafted from a signed decision: for the office, once, and of those commended alone."""

from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import select

from core.announcement_content import BODY_LIMIT, TITLE_LIMIT
from core.announcements import State
from core.ballots import Vote
from core.campaign_terms import SubjectKind
from core.council import Item, SittingState
from core.refusals import Code
from core.texts import results_announcement as texts
from core.texts.results import lines
from db.models import Award, Evidence
from services import announcements, council, council_decision, council_vote, results, results_announcement
from tests.chat import Town
from tests.services.sitting import chamber
from tests.services.test_assessment import refusal_of
from tests.services.test_council import WORDS, a_file, called, person, voted


async def test_a_decision_is_announced_by_the_office_once(numbers_town: Town) -> None:
    here = await chamber(numbers_town)
    async with here.town.office() as session:
        now, number = here.town.clock.now(), await called(here, session)
        clerk, chair = await person(here, session, here.office), await person(here, session, here.chair)
        await voted(here, session, number, *[(Vote.FOR, Vote.AGAINST)] * 4)
        await council_vote.conclude(session, chair, number, WORDS, now)
        early = results_announcement.draft(session, clerk, number, now)
        assert await refusal_of(early) is Code.COUNCIL_MOVED_ON
        director = await person(here, session, here.director)
        await council_decision.approve(session, director, number, 1, now)
        scan = await a_file(session, clerk, here)
        await council_decision.enter(session, clerk, number, "12/QĐ-SYT", now.date(), scan, now)
        for chat in (here.head, here.nominees[0], here.chair, here.director):
            stranger = await person(here, session, chat)
            refused = results_announcement.draft(session, stranger, number, now)
            assert await refusal_of(refused) is Code.NOT_FOUND
        forged = results_announcement.draft(session, clerk, number + 7, now)
        assert await refusal_of(forged) is Code.NOT_FOUND

        drafted, fresh = await results_announcement.draft(session, clerk, number, now)
        assert fresh
        assert await results_announcement.draft(session, clerk, number, now) == (drafted, False)
        found = await announcements.facts(session, clerk, drafted)
        assert (found.state, found.audience.campaign) == (State.DRAFT, "009")
        assert "1. Trần Thị Lan, Khoa Mẫu 1" in found.content.body
        assert "không tính làm căn cứ khen thưởng theo công trạng" in found.content.body
        assert "Minh" not in found.content.body
        assert [file.name for file in found.content.files] == ["Quyết định 12-QĐ-SYT.jpg"]

        (award,) = (await session.exec(select(Award))).all()
        award.annulled_at = now
        await session.flush()
        gone = results_announcement.draft(session, clerk, number, now)
        assert await refusal_of(gone) is Code.COUNCIL_MOVED_ON
        lan = await results.standing(session, await person(here, session, here.nominees[0]), now)
        assert "sau đó đã hủy" in lines(lan, ZoneInfo("Asia/Ho_Chi_Minh"))[0]
        award.annulled_at = None
        await session.flush()

        await announcements.discard(session, clerk, drafted, now)
        row = await session.get(Evidence, scan)
        assert row is not None
        row.removed_at = now
        anew, fresh = await results_announcement.draft(session, clerk, number, now + timedelta(minutes=1))
        assert fresh
        assert (await announcements.facts(session, clerk, anew)).content.files == ()


async def test_however_many_are_commended_the_words_fit(numbers_town: Town) -> None:
    here = await chamber(numbers_town)
    async with here.town.office() as session:
        number = await called(here, session)
        sitting = await council.facts_of(session, number, here.town.clock.now())
    crowd = tuple(
        Item(place, 1, kind, f"{place} " + "Nguyễn " * 40, "", "Khoa " * 40, 1, "", place, 1, 0, "", True, "")
        for kind in SubjectKind
        for place in range(400)
    )
    whole = replace(
        sitting, items=crowd, state=SittingState.DECIDED, number="9" * 60, dated=date(2026, 12, 1)
    )
    assert len(texts.title(whole)) <= TITLE_LIMIT
    assert len(texts.body(whole)) <= BODY_LIMIT
    assert "Cá nhân (400):" in texts.body(whole)
    assert "cá nhân khác theo danh sách trong Quyết định" in texts.body(whole)
