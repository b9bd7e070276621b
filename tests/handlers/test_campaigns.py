"""Who may make campaigns, and files that are none: each is told, nothing is half-loaded."""

import io
import zipfile

import pytest
from sqlmodel import select

from core.campaign_sheets import Tab
from core.messages import FileRef
from core.refusals import Code, Refusal
from core.roles import Permission, Role
from core.texts import campaign_notices as notices
from db.models import CampaignFile, CampaignVersion, RoleGrant
from services import campaign_files, campaign_papers, campaigns, inbox
from services.papers import campaign_toml, campaign_workbook_read
from tests.chat import Chat, Town, a_photo
from tests.journeys.test_campaigns import OFFICE, XLSX, a_draft, the_office
from tests.services.plan_books import a_book, a_plan, spoilt, writing

UNKNOWN = "Không tìm thấy nội dung này, hoặc anh/chị không có quyền xem."


def with_macro() -> bytes:
    """A plan that carries a program."""
    stream = io.BytesIO(a_book())
    with zipfile.ZipFile(stream, "a") as packed:
        packed.writestr("xl/vbaProject.bin", b"macro")
    return stream.getvalue()


async def files_of(town: Town) -> list[tuple[str, str]]:
    """Every file of a plan: what it is, and what became of it."""
    return [(one.kind, one.state) for one in await town.rows(CampaignFile)]


async def versions(town: Town) -> int:
    """How many versions of plans there are."""
    return len(await town.rows(CampaignVersion))


class TestWhoMay:
    """Only who loads campaigns; everybody else is refused as if there were nothing."""

    async def test_staff_see_no_door_and_find_none(self, telegram_town: Town) -> None:
        lan = await telegram_town.joined("Trần Thị Lan")
        await lan.says("menu")
        assert "Phong trào" not in lan.screen
        await lan.says("/phongtrao")
        assert "Phong trào" not in lan.sees
        for words in ("PT", "PT 1", "PT 99"):
            await lan.says(words)
            assert "Phong trào" not in lan.sees

    async def test_staff_who_send_a_plan_send_evidence(self, telegram_town: Town) -> None:
        lan = await telegram_town.joined("Trần Thị Lan")
        await lan.says("menu")
        await lan.sends_document("ke-hoach.xlsx", a_book(), XLSX)
        assert await files_of(telegram_town) == []
        assert await versions(telegram_town) == 1

    async def test_every_act_asks_first(self, telegram_town: Town) -> None:
        lan = await telegram_town.joined("Trần Thị Lan")
        now = telegram_town.clock.now()
        file = FileRef("f", "u", "ke-hoach.xlsx", 10, XLSX)
        async with telegram_town.office() as session:
            actor = await telegram_town.actor(session, lan)
            for act in (
                campaign_files.receive(session, actor, file, now),
                campaign_files.ask_template(session, actor, now),
                campaign_files.ask_export(session, actor, 1, now),
                campaign_files.ask_next_year(session, actor, 1, now),
                campaign_files.one(session, actor, 1),
            ):
                with pytest.raises(Refusal) as refused:
                    await act
                assert refused.value.code is Code.NOT_FOUND

    async def test_the_file_of_somebody_else_is_as_unknown_as_none(self, telegram_town: Town) -> None:
        van = await the_office(telegram_town)
        await van.sends_document("a.xlsx", a_book(), XLSX)
        binh = await telegram_town.joined("Lê Văn Bình", roles=OFFICE)
        for number in (1, 99):
            await binh.says(f"PT {number}")
            assert UNKNOWN in binh.sees

    async def test_rights_that_end_between_sending_and_reading(self, telegram_town: Town) -> None:
        van = await the_office(telegram_town)
        async with telegram_town.office() as session:
            actor = await telegram_town.actor(session, van)
            assert actor.may(Permission.LOAD_CAMPAIGN)
        await self._sends_and_leaves(telegram_town, van)
        assert await files_of(telegram_town) == [("sent", "refused")]
        assert await versions(telegram_town) == 1

    async def _sends_and_leaves(self, town: Town, van: Chat) -> None:
        """The errand runs only after the office's role was taken back."""
        surface = town.surface
        surface.sends(van.id, [("a.xlsx", XLSX, a_book())], "", "")
        async with town.house() as house:
            for channel in house.channels.values():
                arrivals = await channel.poll()
                async with house.transactions() as session:
                    await inbox.receive(session, arrivals, town.clock.now())
                channel.confirm(arrivals)
            while await house.door.work():
                pass
        async with town.office() as session:
            query = select(RoleGrant).where(RoleGrant.role == Role.OFFICE.value)
            for grant in (await session.exec(query)).all():
                await session.delete(grant)
        await town.settle()


class TestWhatIsNoPlan:
    """Files that are no plan: why, and what to do."""

    @pytest.mark.parametrize("name", ["ke-hoach.toml", "ke-hoach.xls", "ke-hoach.docx", "ke-hoach"])
    async def test_of_another_kind(self, telegram_town: Town, name: str) -> None:
        van = await the_office(telegram_town)
        await van.sends_document(name, b"x" * 100)
        assert "không phải bảng tính .xlsx nên chưa được nhận" in van.sees
        assert await files_of(telegram_town) == []

    async def test_a_photo(self, telegram_town: Town) -> None:
        van = await the_office(telegram_town)
        await van.sends_photo(a_photo())
        assert "không phải bảng tính .xlsx nên chưa được nhận" in van.sees

    async def test_with_a_macro(self, telegram_town: Town) -> None:
        van = await the_office(telegram_town)
        await van.sends_document("ke-hoach.xlsx", with_macro(), XLSX)
        assert "Tệp kế hoạch không dùng được" in van.sees
        assert await files_of(telegram_town) == [("sent", "refused")]
        await van.taps("Mở phong trào")
        assert "Kế hoạch đang có hiệu lực vẫn nguyên." in van.sees

    async def test_lost_by_the_platform(self, telegram_town: Town) -> None:
        van = await the_office(telegram_town)
        await van.sends([("ke-hoach.xlsx", XLSX, a_book())], lost=True)
        assert notices.LOST in van.sees
        assert await files_of(telegram_town) == [("sent", "lost")]

    async def test_of_another_template(self, telegram_town: Town) -> None:
        van = await the_office(telegram_town)
        older = spoilt(a_book(), lambda book: book["Hướng dẫn"].__setitem__("B1", "ke-hoach-0"))
        await van.sends_document("cu.xlsx", older, XLSX)
        assert "phiên bản mẫu «ke-hoach-0», phần mềm đọc phiên bản «ke-hoach-1»" in van.sees
        assert van.files == []

    async def test_many_faults_are_told_in_part_and_shown_in_whole(self, telegram_town: Town) -> None:
        van = await the_office(telegram_town)
        content = a_book()
        for row in range(2, 11):
            content = spoilt(content, writing(Tab.CRITERIA, f"O{row}", None))
            content = spoilt(content, writing(Tab.CRITERIA, f"I{row}", None))
        await van.sends_document("ke-hoach.xlsx", content, XLSX)
        assert "Tệp có 15 chỗ cần sửa" in van.sees
        assert "… và 3 chỗ nữa" in van.sees
        await van.taps("Mở phong trào")
        await van.taps("Tải tệp đã đánh dấu lỗi")
        assert len(van.files) == 2

    async def test_several_at_once(self, telegram_town: Town) -> None:
        van = await the_office(telegram_town)
        await van.sends([("a.xlsx", XLSX, a_book()), ("b.xlsx", XLSX, a_book())], album="x")
        assert "gửi từng tệp kế hoạch một" in van.sees
        assert await files_of(telegram_town) == []


async def test_the_same_plan_again_is_the_same_draft(telegram_town: Town) -> None:
    van = await the_office(telegram_town)
    for _time in range(2):
        await van.sends_document("ke-hoach.xlsx", a_book(), XLSX)
    assert await files_of(telegram_town) == [("sent", "drafted")] * 2
    assert await versions(telegram_town) == 2


async def test_the_door_to_a_draft_that_is_gone(telegram_town: Town) -> None:
    van = await the_office(telegram_town)
    await van.sends_document("ke-hoach.xlsx", a_book(), XLSX)
    await van.taps("Mở phong trào")
    await van.taps("Bỏ bản nháp…")
    await van.taps("Bỏ bản nháp")
    await van.says("PT 1")
    assert "bản nháp ấy không còn nữa" in van.sees


async def test_a_draft_published_by_somebody_else_meanwhile(telegram_town: Town) -> None:
    await a_draft(telegram_town)
    van = await the_office(telegram_town)
    await van.taps("Nháp 011")
    await van.taps("Bỏ bản nháp…")
    binh = await telegram_town.joined("Lê Văn Bình", roles=OFFICE)
    await binh.says("/phongtrao")
    await binh.taps("Nháp 011")
    for act in ("Duyệt…", "Duyệt", "Công bố…", "Công bố"):
        await binh.taps(act)
    await van.taps("Bỏ bản nháp")
    assert "đã công bố nên không bỏ được" in van.sees


async def test_nobody_approves_a_plan_they_never_saw(telegram_town: Town) -> None:
    await a_draft(telegram_town)
    van = await the_office(telegram_town)
    await van.taps("Nháp 011")
    await van.taps("Duyệt…")
    binh = await telegram_town.joined("Lê Văn Bình", roles=OFFICE)
    await binh.says("/phongtrao")
    for act in ("Nháp 011", "Bỏ bản nháp…", "Bỏ bản nháp"):
        await binh.taps(act)
    await a_draft(telegram_town, "012")
    await van.taps("Duyệt")
    assert UNKNOWN in van.sees
    assert [(one.code, one.state) for one in await telegram_town.rows(CampaignVersion)] == [
        ("004", "published"),
        ("012", "draft"),
    ]


async def test_a_copy_is_of_the_version_it_was_asked_of(telegram_town: Town) -> None:
    van = await the_office(telegram_town)
    now = telegram_town.clock.now()
    longer = a_plan("011").replace("last_year = 2027", "last_year = 2029", 1)
    async with telegram_town.office() as session:
        actor = await telegram_town.actor(session, van)
        await campaigns.load(session, actor, a_plan("011"), "x", now)
        version = (await campaigns.prepare(session, actor, longer, "y", now)).version_id
        year = await campaign_files.ask_next_year(session, actor, version, now)
        asked = await campaign_papers.asked(session, 1, now)
    assert asked is not None
    window = campaign_toml.read(asked.source, "z").window
    assert (year, window.first_year, window.last_year) == (2030, 2030, 2032)


async def test_a_copy_past_the_last_year_is_refused_at_once(telegram_town: Town) -> None:
    van = await the_office(telegram_town)
    now = telegram_town.clock.now()
    endless = a_plan("011").replace("last_year = 2027", "last_year = 2099", 1)
    async with telegram_town.office() as session:
        actor = await telegram_town.actor(session, van)
        version = (await campaigns.prepare(session, actor, endless, "y", now)).version_id
        with pytest.raises(Refusal) as refused:
            await campaign_files.ask_next_year(session, actor, version, now)
    assert refused.value.code is Code.YEAR_OUTSIDE
    assert await files_of(telegram_town) == []


async def test_a_workbook_of_a_draft_that_was_dropped(telegram_town: Town) -> None:
    await a_draft(telegram_town)
    van = await the_office(telegram_town)
    now = telegram_town.clock.now()
    async with telegram_town.office() as session:
        actor = await telegram_town.actor(session, van)
        await campaign_files.ask_export(session, actor, 2, now)
        await campaigns.discard(session, actor, 2, now)
    await telegram_town.settle()
    assert await files_of(telegram_town) == [("export", "lost")]
    assert "Bản nháp mà anh/chị yêu cầu đã được bỏ" in str(telegram_town.surface.bubbles(van.id)[-1])


async def test_an_older_version_sent_again_is_published_again(telegram_town: Town) -> None:
    van = await the_office(telegram_town)
    now = telegram_town.clock.now()
    async with telegram_town.office() as session:
        actor = await telegram_town.actor(session, van)
        await campaigns.load(session, actor, campaign_workbook_read.read(a_book(), "a").source, "a", now)
        await campaigns.load(session, actor, a_plan("011").replace("ví dụ", "đã sửa"), "b", now)
    await van.sends_document("cu.xlsx", a_book(), XLSX)
    assert "đã từng được công bố và nay là bản cũ" in str(telegram_town.surface.bubbles(van.id))
    await van.taps("Mở phong trào")
    assert "Trạng thái: bản cũ" in van.sees
    await van.taps("Công bố lại…")
    await van.taps("Công bố lại")
    assert "Đã công bố." in van.sees
    versions = [one for one in await telegram_town.rows(CampaignVersion) if one.code == "011"]
    assert [one.current for one in versions] == [True, False]
    await van.sends_document("cu.xlsx", a_book(), XLSX)
    assert "đang có hiệu lực, không có gì thay đổi" in str(telegram_town.surface.bubbles(van.id)[-1])
