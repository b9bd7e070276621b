"""Papers are asked for, made once however often it is tried, and never of facts that are no more."""

from dataclasses import replace
from hashlib import sha256
from zoneinfo import ZoneInfo

from sqlmodel import select

from bot.filestore import Store
from core.dossier_findings import FindingKind
from core.dossiers import DossierAct, PaperKind
from core.errands import ErrandKind
from core.refusals import Code
from db.models import DossierPaper, Errand, PaperRequest
from scheduler.errands import ErrandRunner
from services import awards, dossier_doctor, dossier_papers, dossiers, errands, nominations, particulars
from services.dossier_papers import Shelved
from services.hindrances import Whom
from tests.chat import Chat, Town
from tests.handlers.award_places import BEFORE
from tests.scheduler.test_errands import Broken
from tests.services.considering import cast, entered, notices, round_id
from tests.services.test_assessment import refusal_of
from tests.services.test_signed_copy import opened

ACHIEVEMENT = "Rút ngắn thời gian chờ khám."
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


async def test_papers_are_made_noted_and_told(numbers_town: Town) -> None:
    town = numbers_town
    lan, head, office, _appraiser = await cast(town)
    async with town.office() as session:
        hers = Whom("", "", person_id=(await town.actor(session, lan)).person_id)
        await awards.enter(session, await town.actor(session, office), hers, BEFORE, town.clock.now())
    number = await _asked(town, lan, head)
    await town.settle()

    async with town.office() as session:
        papers = await dossier_papers.of(session, number, 1)
        kinds = [one.kind for one in papers]
        assert kinds == [
            PaperKind.REQUEST,
            PaperKind.MINUTES,
            PaperKind.REPORT,
            PaperKind.LIST,
            PaperKind.EVIDENCE,
        ]
        assert papers[2].name == "Báo cáo thành tích - Trần Thị Lan.docx"
        assert not await dossier_papers.being_made(session, number, 1)
        (told,) = [one for one in await notices(session, head) if "Giấy tờ của hồ sơ" in one]
        assert "5 văn bản Word" in told
        rows = (await session.exec(select(DossierPaper))).all()
        assert all(len(row.template) == 64 and row.made_by for row in rows)
    async with town.house() as house:
        report = await house.store.read_served(papers[2].sha256)
    paper = opened(report)
    words = "\n".join(cell.text for table in paper.tables for row in table.rows for cell in row.cells)
    assert "009-N1" in words
    told_of = "\n".join(one.text for one in paper.paragraphs)
    assert ACHIEVEMENT in told_of
    assert "Giấy khen của Giám đốc Sở Y tế, Quyết định số 12/QĐ-SYT ngày 15/12/2025" in told_of


async def test_the_dossier_says_that_papers_are_being_made(numbers_town: Town) -> None:
    town = numbers_town
    lan, head, *_others = await cast(town)
    number = await _asked(town, lan, head)
    await town.settle()
    await head.says("/hoso")
    await head.taps("Năm 2026")
    assert "đang được lập" not in head.sees
    await head.taps("Danh sách đề nghị")
    async with town.office() as session:
        await dossier_papers.ask(session, await town.actor(session, head), number, town.clock.now())
        assert await dossier_papers.being_made(session, number, 1)
    await head.taps("Quay lại")
    assert "Giấy tờ đang được lập; xong sẽ báo." in head.sees


async def test_with_particulars_goes_every_paper_that_tells_them(numbers_town: Town) -> None:
    town = numbers_town
    lan, head, *_others = await cast(town)
    number = await _asked(town, lan, head)
    await town.settle()
    async with town.office() as session:
        now, staff = town.clock.now(), await town.actor(session, lan)
        (case,) = await dossiers.nominees(session, number, now)
        await particulars.tell(session, staff, case.nomination_id, "home", "Xã Ví Dụ", now)
        await particulars.erase(session, staff, case.nomination_id, now)
        kinds = {one.kind for one in await dossier_papers.of(session, number, 1)}
        assert kinds == {PaperKind.REQUEST, PaperKind.MINUTES, PaperKind.EVIDENCE}
        found = await dossier_doctor.examine(session, await town.actor(session, head), number, now)
        assert FindingKind.REPORT_MISSING in {one.kind for one in found}


async def test_an_errand_done_again_leaves_the_same_bytes_and_rows(numbers_town: Town) -> None:
    town = numbers_town
    lan, head, *_others = await cast(town)
    number = await _asked(town, lan, head)
    await town.settle()
    async with town.office() as session:
        before = await dossier_papers.of(session, number, 1)
        chief = await town.actor(session, head)
        await dossier_papers.ask(session, chief, number, town.clock.now())
        await dossier_papers.ask(session, chief, number, town.clock.now())
    await town.settle()
    async with town.office() as session:
        assert await dossier_papers.of(session, number, 1) == before
        assert len((await session.exec(select(DossierPaper))).all()) == len(before)
        (request, again) = (await session.exec(select(PaperRequest))).all()
        # Brought once more, as after a crash behind the commit.
        await errands.add(session, ErrandKind.DOSSIER_PAPERS, again.id or 0, town.clock.now())
        assert await dossier_papers.asked(session, request.id or 0, town.clock.now()) is None
    await town.settle()
    async with town.office() as session:
        assert await dossier_papers.of(session, number, 1) == before
        assert not (await session.exec(select(Errand))).all()


async def test_papers_of_facts_that_changed_meanwhile_are_not_noted(numbers_town: Town) -> None:
    town = numbers_town
    lan, head, *_others = await cast(town)
    number = await _asked(town, lan, head)
    async with town.office() as session:
        now = town.clock.now()
        (asked,) = [one.id or 0 for one in (await session.exec(select(PaperRequest))).all()]
        order = await dossier_papers.asked(session, asked, now)
        assert order is not None
        paper = Shelved(PaperKind.LIST, None, sha256(b"x").hexdigest(), 1, "")
        stale = replace(order, content=replace(order.content, head="Ai đó"))
        assert not await dossier_papers.made(session, asked, stale, [paper], now)
        assert not await dossier_papers.of(session, number, 1)

        chief = await town.actor(session, head)
        await dossiers.move(session, chief, number, DossierAct.SUBMIT, now)
        assert await dossier_papers.made(session, asked, order, [paper], now)
        assert not await dossier_papers.of(session, number, 1)
        assert await refusal_of(dossier_papers.ask(session, chief, number, now)) is Code.DOSSIER_NOT_OPEN


async def test_only_whoever_prepares_a_dossier_asks_and_not_for_nobody(numbers_town: Town) -> None:
    town = numbers_town
    lan, head, office, appraiser = await cast(town)
    number = await _asked(town, lan, head)
    async with town.office() as session:
        now = town.clock.now()
        for chat in (lan, office, appraiser):
            asks = dossier_papers.ask(session, await town.actor(session, chat), number, now)
            assert await refusal_of(asks) is Code.NOT_FOUND
        chief = await town.actor(session, head)
        assert await refusal_of(dossier_papers.ask(session, chief, 424242, now)) is Code.NOT_FOUND
        (case,) = await dossiers.nominees(session, number, now)
        await nominations.withdraw(session, chief, case.assessment_id, now)
        assert await refusal_of(dossier_papers.ask(session, chief, number, now)) is Code.DOSSIER_NOBODY


async def test_papers_that_cannot_be_made_are_told_once(numbers_town: Town) -> None:
    town = numbers_town
    lan, head, *_others = await cast(town)
    number = await _asked(town, lan, head)
    async with town.office() as session:
        (asked,) = [one.id or 0 for one in (await session.exec(select(PaperRequest))).all()]
        for _again in range(2):
            await dossier_papers.lost(session, asked, town.clock.now())
        told = [one for one in await notices(session, head) if "chưa lập được" in one]
        assert len(told) == 1
    await town.settle()
    async with town.office() as session:
        assert not await dossier_papers.of(session, number, 1)


class DyingHalfway(Broken):
    """Shelves some papers, and then no more."""

    def __init__(self, store: Store, papers: int) -> None:
        self._store = store
        self._left = papers

    async def shelve(self, content: bytes) -> str:
        if not self._left:
            raise OSError(28, "No space left on device")
        self._left -= 1
        return await self._store.put_served(content)


async def test_what_ends_halfway_notes_nothing_and_is_whole_the_next_time(numbers_town: Town) -> None:
    town = numbers_town
    lan, head, *_others = await cast(town)
    number = await _asked(town, lan, head)
    async with town.house() as house:
        outside = DyingHalfway(house.store, 3)
        runner = ErrandRunner(house.transactions, outside, town.clock.now, ZONE, lambda: None)
        assert await runner.run_due()
    async with town.office() as session:
        assert not await dossier_papers.of(session, number, 1)
        assert await dossier_papers.being_made(session, number, 1)
    town.clock.move(minutes=1)
    await town.settle()
    async with town.office() as session:
        assert len(await dossier_papers.of(session, number, 1)) == 5
        assert len([one for one in await notices(session, head) if "Giấy tờ của hồ sơ" in one]) == 1


async def _asked(town: Town, lan: Chat, head: Chat) -> int:
    """Lan is proposed, and her head asks for the papers."""
    async with town.office() as session:
        now, chief = town.clock.now(), await town.actor(session, head)
        sheet = await entered(town, session, await town.actor(session, lan), signed=True)
        await nominations.propose(session, chief, sheet, ACHIEVEMENT, now)
        number = await dossiers.open_for(session, chief, await round_id(session), chief.unit_id, now)
        await dossier_papers.ask(session, chief, number, now)
    return number
