"""Every step of a dossier told to everybody concerned: one message each, their own affair, nobody twice."""

import json
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import col, select

from core.appraisal import Mark
from core.ballots import PollRules, Vote
from core.dossiers import DossierAct, DossierState
from core.refusals import Code
from core.results import Taken
from core.roles import Role
from core.texts import results as texts
from db.models import Dossier, Nomination, OutboxRow
from db.transaction import Savepoint, Session
from services import (
    absences,
    appraisal,
    appraisal_marks,
    appraisal_supplement,
    ballots,
    council,
    council_decision,
    council_vote,
    dossier_submission,
    dossiers,
    nominations,
    results,
    results_telling,
)
from services.actor import Actor
from services.council import ToCall
from tests import builders
from tests.chat import Chat, Town
from tests.services.considering import round_id
from tests.services.sitting import Chamber, chamber
from tests.services.test_assessment import refusal_of
from tests.services.test_council import a_file

WHY = "Số liệu chưa khớp báo cáo quý."
#: Whoever looks after the dossier, and whom it proposes.
ALL = ("lan", "minh", "head", "coordinator")


@dataclass
class Scene:
    """A dossier at its beginning, everybody who may come to have to do with it, and what they were told."""

    here: Chamber
    session: Session
    chats: dict[str, Chat]
    last: int = 0

    @property
    def now(self) -> datetime:
        """When all of it happens."""
        return self.here.town.clock.now()

    @property
    def members(self) -> list[str]:
        """The council."""
        return [name for name in self.chats if name.startswith("member")]

    async def who(self, name: str) -> Actor:
        """One of them, as they are now."""
        return await self.here.town.actor(self.session, self.chats[name])

    async def heard(self) -> dict[str, str]:
        """What each of them was told unasked since: one message, or none."""
        query = select(OutboxRow).where(OutboxRow.lane == 1, col(OutboxRow.id) > self.last)
        names = {str(chat.id): name for name, chat in self.chats.items()}
        found: dict[str, str] = {}
        for row in (await self.session.exec(query.order_by(col(OutboxRow.id)))).all():
            told, name = json.loads(row.payload), names[row.chat]
            assert name not in found, (name, found[name], told)
            self.last, found[name] = row.id or 0, f"{told['title']}\n{told['body']}"
        return found

    async def titles(self) -> dict[str, str]:
        """The same by their titles."""
        return {name: told.partition("\n")[0] for name, told in (await self.heard()).items()}

    async def stands(self, name: str) -> str:
        """Where their cases stand, as they read it."""
        found = await results.standing(self.session, await self.who(name), self.now)
        return "\n\n".join(texts.lines(found, ZoneInfo("Asia/Ho_Chi_Minh")))

    async def submit(self, name: str = "head") -> None:
        """The head, or a stand-in, hands in."""
        now, chief = self.now, await self.who(name)
        await dossiers.move(
            self.session,
            chief,
            self.here.dossier,
            DossierAct.SUBMIT,
            now,
            submitted_at=now,
            receipt="HS-AAAAAA",
        )

    async def call(self) -> int:
        """The office calls the council."""
        people = [(await self.who(name)).person_id for name in self.members]
        wanted = ToCall(await round_id(self.session), self.now, "", people, people[0], PollRules())
        return await council.call(self.session, await self.who("office"), wanted, self.now)

    async def conclude(self, number: int) -> dict[str, str]:
        """Everybody votes for Lan and against Minh; what is told of the conclusion."""
        session, now, chair = self.session, self.now, await self.who("member 1")
        poll = await council_vote.open_vote(session, chair, number, now + timedelta(hours=2), now)
        for name in self.members:
            for nomination, vote in zip(self.here.nominations, (Vote.FOR, Vote.AGAINST), strict=True):
                await ballots.cast(session, await self.who(name), poll, nomination, vote, now)
        await council_vote.close_vote(session, chair, number, now)
        await self.heard()
        await council_vote.conclude(session, chair, number, "Thống nhất theo kết quả bỏ phiếu.", now)
        return await self.heard()


async def scene(session: Session, here: Chamber, judge: Chat, coordinator: Chat) -> Scene:
    """The dossier is its unit's again."""
    row = await session.get(Dossier, here.dossier)
    assert row is not None
    row.state, row.submitted_at = DossierState.DRAFTING.value, None
    await session.flush()
    lan, minh = here.nominees
    chats = {"lan": lan, "minh": minh, "head": here.head, "coordinator": coordinator, "judge": judge}
    chats |= {"office": here.office, "director": here.director}
    chats |= {f"member {place}": one for place, one in enumerate(here.members, 1)}
    found = Scene(here, session, chats)
    await found.heard()
    return found


@pytest.fixture
async def here(numbers_town: Town) -> Chamber:
    return await chamber(numbers_town)


async def test_everybody_concerned_hears_each_step_once(here: Chamber) -> None:
    town = here.town
    coordinator = await town.joined("Đặng Thị Đầu", roles=(Role.STAFF, Role.COORDINATOR))
    async with town.office() as session:
        unit = (await town.actor(session, here.office)).unit_id
    judge = await town.joined("Đỗ Thị Nhận", roles=(Role.APPRAISER,), unit=unit)
    async with town.office() as session:
        told = await scene(session, here, judge, coordinator)
        await handed_in(told)
        await supplemented(told)
        await appraised(told)
        number = await before_the_council(told)
        await decided(told, number)


async def handed_in(told: Scene) -> None:
    """Handed in, taken back, handed in again; taken up, let go and taken up."""
    session, now, dossier = told.session, told.now, told.here.dossier
    new, mine = "Hồ sơ khen thưởng mới nộp", "Đã nộp hồ sơ khen thưởng"
    submitted = {**dict.fromkeys(("lan", "minh", "coordinator"), mine), "judge": new, "office": new}
    await told.submit()
    assert await told.titles() == submitted
    await dossier_submission.withdraw(session, await told.who("head"), dossier, 1, WHY, now)
    heard = await told.heard()
    assert set(heard) == set(submitted)
    assert WHY in heard["coordinator"]
    assert WHY not in heard["lan"]
    await told.submit()
    assert await told.titles() == submitted
    judge = await told.who("judge")
    await appraisal.take_up(session, judge, dossier, now)
    assert await told.titles() == dict.fromkeys(("head", "coordinator"), "Hồ sơ đã vào thẩm định")
    await appraisal.let_go(session, judge, dossier, WHY, now)
    await appraisal.take_up(session, judge, dossier, now)
    assert await told.heard() == {}


async def test_what_comes_back_for_whoever_left_is_told_to_the_other_appraisers(here: Chamber) -> None:
    town = here.town
    judge = await town.joined("Đỗ Thị Nhận", roles=(Role.APPRAISER,))
    async with town.office() as session:
        told = await scene(session, here, judge, here.office)
        facts = replace(await dossiers.facts_of(session, here.dossier, told.now), appraiser_id=424242)
        before = replace(facts, state=DossierState.SUPPLEMENT)
        taken = Taken(DossierAct.SUBMIT, before, facts, 0, "Trưởng", 99)
        await results_telling.tell(session, taken, [], told.now)
        assert "Hồ sơ đã bổ sung đủ" in (await told.titles()).values()


async def supplemented(told: Scene) -> None:
    """Sent back with what is missing of Lan's, and back again: Minh has nothing to do with it."""
    session, now, dossier = told.session, told.now, told.here.dossier
    judge, chief, lan = await told.who("judge"), await told.who("head"), told.here.nominations[0]
    await appraisal_supplement.note(session, judge, dossier, "Quyết định xếp loại.", now, lan)
    await appraisal_supplement.send_back(session, judge, dossier, None, now)
    heard = await told.heard()
    assert set(heard) == {"head", "coordinator", "lan"}
    assert all("Quyết định xếp loại." in one and "01/12/2026" in one for one in heard.values())
    (item,) = await appraisal_supplement.asked_again(session, dossier)
    await appraisal_supplement.answer(session, chief, item.id, "Đã kèm quyết định.", now)
    await appraisal_supplement.give_back(session, chief, dossier, now, WHY)
    again = "Đã nộp lại hồ sơ đã bổ sung"
    heard = await told.heard()
    assert {name: one.partition("\n")[0] for name, one in heard.items()} == {
        "coordinator": again,
        "lan": again,
        "judge": "Hồ sơ được nộp lại khi còn lỗi",
    }
    assert WHY in heard["judge"]
    assert WHY not in heard["lan"]


async def appraised(told: Scene) -> None:
    """Finished, opened again and finished: told anew each time, everybody their own verdict."""
    session, now, dossier = told.session, told.now, told.here.dossier
    judge, (lan, minh) = await told.who("judge"), told.here.nominations
    for nomination in (lan, minh):
        await appraisal_marks.mark_rest(session, judge, nomination, now)
    seen = await appraisal_marks.nominee(session, judge, minh, now)
    criterion = seen.to_mark[0].criterion
    await appraisal_marks.mark(session, judge, minh, [criterion.key], Mark.NOT_MET, WHY, now)
    await appraisal.finish(session, judge, dossier, "", now)
    heard = await told.heard()
    assert set(heard) == set(ALL)
    assert "Kết quả thẩm định anh/chị: đạt." in heard["lan"]
    assert f"Kết quả thẩm định anh/chị: chưa đạt ở {criterion.code} {criterion.label}." in heard["minh"]
    assert "Trần Thị Lan: đạt" in heard["head"]
    await appraisal.reopen(session, judge, dossier, WHY, now)
    heard = await told.heard()
    assert set(heard) == set(ALL)
    assert WHY in heard["head"]
    assert WHY not in heard["minh"]
    with suppress(ConnectionError):
        async with Savepoint(session):
            await appraisal.finish(session, judge, dossier, "", now)
            raise ConnectionError
    assert await told.heard() == {}
    await appraisal.finish(session, judge, dossier, "", now)
    assert await told.titles() == dict.fromkeys(ALL, "Hồ sơ đã thẩm định xong")
    again = appraisal.finish(session, judge, dossier, "", now)
    assert await refusal_of(again) is Code.DOSSIER_MOVED_ON
    assert await told.heard() == {}


async def before_the_council(told: Scene) -> int:
    """Called, called off, called again; returns the sitting."""
    invited = dict.fromkeys(told.members, "Mời họp Hội đồng Thi đua - Khen thưởng")
    put = dict.fromkeys(ALL, "Hồ sơ đã đưa ra Hội đồng") | invited
    number = await told.call()
    assert await told.titles() == put
    await council.cancel(told.session, await told.who("office"), number, WHY, told.now)
    off = dict.fromkeys(told.members, "Hủy phiên họp Hội đồng")
    assert await told.titles() == dict.fromkeys(ALL, "Hội đồng chưa xét hồ sơ") | off
    number = await told.call()
    assert await told.titles() == put
    return number


async def decided(told: Scene, number: int) -> None:
    """Concluded, referred back, concluded anew, approved and signed."""
    session, now, council_too = told.session, told.now, (*told.members, "office")
    but_chair = set(council_too) - {"member 1"}  # who sees it on the screen they conclude on
    director, clerk = await told.who("director"), await told.who("office")
    assert "Bước sau: Hội đồng họp, thứ Hai 23/11/2026." in await told.stands("lan")
    heard = await told.conclude(number)
    assert set(heard) == {*ALL, *but_chair, "director"}
    assert "chưa có quyết định: Hội đồng không chọn, lý do: không đạt 2/3" in await told.stands("minh")
    assert "Lần này Hội đồng không chọn đề nghị khen anh/chị. Lý do: không đạt 2/3" in heard["minh"]
    await council_decision.refer(session, director, number, "Xem lại trường hợp ông Minh.", now)
    heard = await told.heard()
    assert set(heard) == {*ALL, *council_too}
    assert all("Kết luận trước không còn dùng" in heard[name] for name in ALL)
    assert "ông Minh" not in heard["lan"]
    assert set(await told.conclude(number)) == {*ALL, *but_chair, "director"}
    await council_decision.approve(session, director, number, 1, now)
    assert set(await told.heard()) == {"office"}
    assert "phê duyệt, chờ ký quyết định: Hội đồng chọn đề nghị khen" in await told.stands("lan")
    scan = await a_file(session, clerk, told.here)
    await told.heard()
    await council_decision.enter(session, clerk, number, "12/QĐ-SYT", now.date(), scan, now)
    heard = await told.heard()
    assert set(heard) == {*ALL, *told.members}
    assert all(one.startswith("Kết quả xét khen thưởng") for one in heard.values())
    assert "Anh/chị được khen thưởng theo Quyết định số 12/QĐ-SYT" in heard["lan"]
    assert "Lý do: không đạt 2/3 thành viên được bỏ phiếu. Cảm ơn anh/chị" in heard["minh"]
    assert "Lan" not in heard["minh"]
    assert "Minh" not in heard["lan"]
    assert "0 đồng ý" not in " ".join(heard[name] for name in ALL)
    assert "Đã được khen thưởng theo Quyết định số 12/QĐ-SYT ngày 23/11/2026" in await told.stands("lan")
    assert "Không được chọn khen thưởng lần này. Lý do: không đạt 2/3" in await told.stands("minh")
    assert "• Bùi Văn Minh: không được chọn. Lý do: không đạt 2/3" in await told.stands("coordinator")
    assert "Lan" not in await told.stands("minh")
    minh = await session.get(Nomination, told.here.nominations[1])
    assert minh is not None
    assert minh.state == "not_chosen"
    book = await nominations.ledger_of(session, await round_id(session))
    assert [(one.used.total, one.used.not_chosen) for one in book.rows if one.used.total] == [(1, 1)]


async def test_whoever_has_several_parts_has_one_message(here: Chamber) -> None:
    """A nominee's head sits in the council, and leads the dossier; an appraiser is proposed in it."""
    town = here.town
    coordinator = await town.joined("Đặng Thị Đầu", roles=(Role.STAFF, Role.COORDINATOR))
    async with town.office() as session:
        unit = (await town.actor(session, here.office)).unit_id
    judge = await town.joined("Đỗ Thị Nhận", roles=(Role.APPRAISER,), unit=unit)
    async with town.office() as session:
        told = await scene(session, here, judge, coordinator)
        for nomination, name in zip(here.nominations, ("judge", "member 2"), strict=True):
            row = await session.get(Nomination, nomination)
            assert row is not None
            row.person_id = (await told.who(name)).person_id
        await session.flush()
        await told.submit()
        heard = await told.heard()
        assert set(heard) == {"coordinator", "judge", "office", "member 2"}
        assert "Hồ sơ khen thưởng mới nộp" in heard["judge"]
        assert "Đơn vị đã nộp hồ sơ đề nghị khen anh/chị." in heard["judge"]
        dossier = await session.get(Dossier, here.dossier)
        assert dossier is not None
        dossier.state = DossierState.APPRAISED.value
        await session.flush()
        await told.call()
        heard = await told.heard()
        assert "Mời họp" in heard["member 2"]
        assert set(heard) == {"head", "coordinator", "judge", *told.members}


async def test_whoever_is_stood_in_for_hears_once_what_was_done(here: Chamber) -> None:
    """Lan, who is proposed, stands in for the head; a collective below the unit is told by its own head."""
    town = here.town
    coordinator = await town.joined("Đặng Thị Đầu", roles=(Role.STAFF, Role.COORDINATOR))
    async with town.office() as session:
        below = await builders.a_unit(session, "Tổ Tiếp đón", "TTD", 1)
    lead = await town.joined("Võ Thị Tổ", roles=(Role.STAFF, Role.HEAD), unit=below)
    async with town.office() as session:
        told = await scene(session, here, lead, coordinator)
        chief, lan = await told.who("head"), await told.who("lan")
        row = await session.get(Nomination, here.nominations[1])
        assert row is not None
        row.subject, row.person_id, row.unit_id = "collective", None, below
        until = chief.today + timedelta(days=5)
        await absences.name(session, chief, chief.person_id, lan.person_id, chief.today, until, told.now)
        await told.heard()
        await told.submit("lan")
        heard = await told.heard()
        assert set(heard) == {"head", "coordinator", "judge", "office"}
        assert heard["head"].startswith("Đã nộp hồ sơ thay anh/chị")
        assert "Đơn vị đã nộp hồ sơ đề nghị khen tập thể Tổ Tiếp đón." in heard["judge"]
        assert "tập thể Tổ Tiếp đón" in await told.stands("judge")
        assert "Lan" not in await told.stands("judge")
        await dossier_submission.withdraw(session, await told.who("lan"), here.dossier, 1, WHY, told.now)
        heard = await told.heard()
        assert set(heard) == {"head", "coordinator", "judge", "office"}
        assert f"Trần Thị Lan đã rút để chuẩn bị lại. Lý do: {WHY}" in heard["head"]
