"""Parts of a unit's self-assessment: whose hand reaches how far, who is told, and when it ends."""

from collections.abc import Awaitable
from dataclasses import dataclass

import pytest
from sqlmodel import select

from core.criteria import TextGiven
from core.messages import FileRef
from core.refusals import Code, Refusal
from core.roles import Role
from db.models import Evidence, OutboxRow, Person, Share
from db.transaction import Session
from services import assessment, evidence, people_leaving, sharing, signing
from services.actor import Actor, console
from tests import builders
from tests.chat import Chat, Town

FILE = FileRef("f", "u", "anh.jpg", 1000, "image/jpeg")


@dataclass
class Ward:
    """A unit whose coordinator Lan gave Hoa two criteria; Dũng heads it, Ba has nothing of it."""

    town: Town
    lan: Chat
    hoa: Chat
    ba: Chat
    dung: Chat
    sheet: int


@pytest.fixture
async def ward(numbers_town: Town) -> Ward:
    town = numbers_town
    lan = await town.joined("Trần Thị Lan", roles=(Role.STAFF, Role.COORDINATOR))
    hoa = await town.joined("Lê Thị Hoa")
    ba = await town.joined("Lê Văn Ba")
    dung = await town.joined("Phạm Văn Dũng", roles=(Role.STAFF, Role.HEAD))
    async with town.office() as session:
        actor = await town.actor(session, lan)
        now = town.clock.now()
        round_id = (await assessment.rounds(session, actor, now))[0].round_id
        sheet = await assessment.begin(session, actor, round_id, now, 1)
        await sharing.share(session, actor, sheet, ["a1", "c3"], 2, now)
    return Ward(town, lan, hoa, ba, dung, sheet)


async def refusal_of(act: Awaitable[object]) -> Code:
    """Why an act is declined."""
    with pytest.raises(Refusal) as refused:
        await act
    return refused.value.code


async def notices(session: Session, chat: Chat) -> int:
    """How many messages wait for somebody or went out."""
    query = select(OutboxRow).where(OutboxRow.chat == str(chat.id))
    return len((await session.exec(query)).all())


async def test_a_part_is_all_its_holder_sees(ward: Ward) -> None:
    now = ward.town.clock.now()
    async with ward.town.office() as session:
        hoa = await ward.town.actor(session, ward.hoa)
        seen = await assessment.sheet(session, hoa, ward.sheet)
        assert [one.criterion.key for one in seen.entries] == ["a1", "c3"]
        assert (seen.part, seen.signs, seen.shares) == (True, False, False)
        await assessment.answer(session, hoa, ward.sheet, "a1", "1", TextGiven("Đã làm"), now)
        for act in (
            assessment.answer(session, hoa, ward.sheet, "a2", "1", TextGiven("Đã làm"), now),
            assessment.does_not_apply(session, hoa, ward.sheet, ["b1"], "", now),
            assessment.keep_note(session, hoa, ward.sheet, "b1", "x", now),
            sharing.parts(session, hoa, ward.sheet),
            sharing.share(session, hoa, ward.sheet, ["a1"], 3, now),
            sharing.take_back(session, hoa, ward.sheet, ["a1"], now),
            sharing.send_back(session, hoa, ward.sheet, "a1", "Thêm", now),
            signing.sign(session, hoa, ward.sheet, now),
            signing.signature_of(session, hoa, ward.sheet),
        ):
            assert await refusal_of(act) is Code.NOT_FOUND


async def test_whoever_holds_nothing_sees_nothing(ward: Ward) -> None:
    now = ward.town.clock.now()
    async with ward.town.office() as session:
        ba = await ward.town.actor(session, ward.ba)
        for actor in (ba, console(now.date())):
            for sheet in (ward.sheet, 424242):
                assert await refusal_of(assessment.sheet(session, actor, sheet)) is Code.NOT_FOUND
                assert await refusal_of(sharing.colleagues(session, actor, sheet)) is Code.NOT_FOUND
        assert [one.part for one in await assessment.rounds(session, ba, now)] == [False]


async def test_each_act_tells_a_colleague_once(ward: Ward) -> None:
    now = ward.town.clock.now()
    async with ward.town.office() as session:
        lan = await ward.town.actor(session, ward.lan)
        assert await notices(session, ward.hoa) == 1
        assert await sharing.share(session, lan, ward.sheet, ["a1", "c3"], 2, now) == 0
        assert await notices(session, ward.hoa) == 1
        assert await sharing.share(session, lan, ward.sheet, ["c3", "c4"], 3, now) == 2
        await session.flush()
        assert (await notices(session, ward.hoa), await notices(session, ward.ba)) == (2, 1)
        held = {row.criterion: row.person_id for row in (await session.exec(select(Share))).all()}
    assert held == {"004-a1": 2, "004-c3": 3, "004-c4": 3}


async def test_only_colleagues_with_an_account_are_given_a_part(ward: Ward) -> None:
    now = ward.town.clock.now()
    await ward.town.issue("Nguyễn Văn Bảy")
    async with ward.town.office() as session:
        elsewhere = await builders.a_unit(session, "Khoa Mẫu 2", "KM2")
        below = await builders.a_unit(session, "Tổ Mẫu", "TM", parent=1)
    await ward.town.joined("Vũ Văn Tám", unit=elsewhere)
    await ward.town.joined("Vũ Thị Chín", unit=below)
    async with ward.town.office() as session:
        lan = await ward.town.actor(session, ward.lan)
        found = [one.name for one in await sharing.colleagues(session, lan, ward.sheet)]
        assert found == ["Lê Thị Hoa", "Lê Văn Ba", "Phạm Văn Dũng", "Vũ Thị Chín"]
        for nobody in (5, 6, 424242):
            act = sharing.share(session, lan, ward.sheet, ["a2"], nobody, now)
            assert await refusal_of(act) is Code.NOT_FOUND


async def test_a_file_of_a_colleague_serves_the_whole(ward: Ward) -> None:
    now = ward.town.clock.now()
    async with ward.town.office() as session:
        hoa, ba, lan = [await ward.town.actor(session, one) for one in (ward.hoa, ward.ba, ward.lan)]
        (file,) = await evidence.receive(session, hoa, [FILE], now)
        await evidence.use(session, hoa, [file.id], ward.sheet, "a1", now)
        assert (
            await refusal_of(evidence.use(session, hoa, [file.id], ward.sheet, "a2", now)) is Code.NOT_FOUND
        )
        assert await refusal_of(evidence.use(session, ba, [file.id], ward.sheet, "a1", now)) is Code.NOT_FOUND
        assert (await evidence.one(session, lan, file.id)).code == file.code
        assert await refusal_of(evidence.one(session, ba, file.id)) is Code.NOT_FOUND
        assert await refusal_of(evidence.remove(session, lan, file.id, now)) is Code.NOT_FOUND
        assert (await assessment.sheet(session, lan, ward.sheet)).entry("a1").proofs == 1
        await sharing.take_back(session, lan, ward.sheet, ["a1"], now)
        assert len(await evidence.uses(session, hoa, file.id)) == 1
        off = evidence.stop_using(session, hoa, file.id, ward.sheet, "a1", now)
        assert await refusal_of(off) is Code.NOT_FOUND


async def test_what_is_sent_back_is_open_and_still_there(ward: Ward) -> None:
    now = ward.town.clock.now()
    async with ward.town.office() as session:
        hoa = await ward.town.actor(session, ward.hoa)
        head = await ward.town.actor(session, ward.dung)
        await assessment.answer(session, hoa, ward.sheet, "a1", "1", TextGiven("Đã làm"), now)
        await sharing.send_back(session, head, ward.sheet, "a1", "Thêm số văn bản", now)
        entry = (await assessment.sheet(session, hoa, ward.sheet)).entry("a1")
        assert (entry.answered, entry.begun, entry.note) == (
            False,
            True,
            "Trả lại ngày 23/11/2026: Thêm số văn bản",
        )


async def test_who_has_the_part_of_one_who_left_is_told(ward: Ward) -> None:
    now = ward.town.clock.now()
    async with ward.town.office() as session:
        head = await ward.town.actor(session, ward.dung)
        assert (await sharing.answerer(session, head, ward.sheet, "b1")).name == "Trần Thị Lan"
        await people_leaving.leave(session, console(now.date()), ["NV001"], now)
        assert (await sharing.answerer(session, head, ward.sheet, "b1")).name == "Phạm Văn Dũng"
        await people_leaving.leave(session, console(now.date()), ["NV002"], now)
        assert await notices(session, ward.dung) == 1


@pytest.mark.parametrize("leaves", [True, False])
async def test_who_leaves_or_moves_gives_back(ward: Ward, *, leaves: bool) -> None:
    now = ward.town.clock.now()
    async with ward.town.office() as session:
        hoa = await ward.town.actor(session, ward.hoa)
        await assessment.answer(session, hoa, ward.sheet, "a1", "1", TextGiven("Đã làm"), now)
        if leaves:
            await people_leaving.leave(session, console(now.date()), ["NV002"], now)
        else:
            elsewhere = await builders.a_unit(session, "Khoa Mẫu 2", "KM2")
            person = await session.get(Person, 2)
            assert person is not None
            person.unit_id = elsewhere
            await session.flush()
            moved = Actor(2, "", elsewhere, now.date(), hoa.grants)
            assert await refusal_of(assessment.sheet(session, moved, ward.sheet)) is Code.NOT_FOUND
            await sharing.hand_back(session, [2, 3], now)
        assert (await session.exec(select(Share))).all() == []
        lan = await ward.town.actor(session, ward.lan)
        assert await sharing.parts(session, lan, ward.sheet) == []
        assert (await assessment.sheet(session, lan, ward.sheet)).answered == 1
        assert await notices(session, ward.lan) == 1


async def test_nothing_is_shared_once_it_is_signed(ward: Ward) -> None:
    now = ward.town.clock.now()
    async with ward.town.office() as session:
        lan, head = [await ward.town.actor(session, one) for one in (ward.lan, ward.dung)]
        keys = [one.criterion.key for one in (await assessment.sheet(session, lan, ward.sheet)).entries]
        await assessment.does_not_apply(session, lan, ward.sheet, keys, "Không thuộc nhiệm vụ", now)
        await signing.sign(session, head, ward.sheet, now)
        for act in (
            sharing.share(session, lan, ward.sheet, ["a2"], 3, now),
            sharing.take_back(session, lan, ward.sheet, ["a1"], now),
            sharing.send_back(session, head, ward.sheet, "a1", "Thêm", now),
        ):
            assert await refusal_of(act) is Code.ALREADY_SIGNED
        assert (await session.exec(select(Evidence))).all() == []


async def test_a_file_stays_with_the_unit_when_its_part_is_taken_back(ward: Ward) -> None:
    async with ward.town.office() as session:
        now = ward.town.clock.now()
        lan, hoa = await ward.town.actor(session, ward.lan), await ward.town.actor(session, ward.hoa)
        (file,) = await evidence.receive(session, hoa, [FILE], now)
        await evidence.use(session, hoa, [file.id], ward.sheet, "a1", now)
        await sharing.take_back(session, lan, ward.sheet, ["a1"], now)
        assert await refusal_of(evidence.remove(session, hoa, file.id, now)) is Code.EVIDENCE_OF_UNIT
        assert await refusal_of(evidence.replace(session, hoa, file.id, FILE, now)) is Code.EVIDENCE_OF_UNIT
        sheet = await assessment.sheet(session, lan, ward.sheet)
        assert [one.id for one in sheet.entry("a1").files] == [file.id]


async def test_what_was_sent_back_is_not_dismissed_with_the_rest(ward: Ward) -> None:
    async with ward.town.office() as session:
        now = ward.town.clock.now()
        hoa, dung = await ward.town.actor(session, ward.hoa), await ward.town.actor(session, ward.dung)
        await assessment.answer(session, hoa, ward.sheet, "a1", "1", TextGiven("Đã phổ biến."), now)
        await sharing.send_back(session, dung, ward.sheet, "a1", "Nêu rõ số lớp.", now)
        sheet = await assessment.sheet(session, dung, ward.sheet)
        assert not sheet.entry("a1").answered
        assert "a1" not in {entry.criterion.key for entry in sheet.dismissable}
        assert len(sheet.dismissable) == len(sheet.missing) - 1
