"""Files of an announcement that is being written, as whoever sends them sees it."""

from dataclasses import replace

import pytest

from core.announcement_content import Content
from core.messages import FileOut, FileRef
from core.refusals import Code, Refusal
from db.models import Announcement, AnnouncementFile, CampaignFile, Evidence
from services import announcement_files, announcement_preview, announcements, campaigns
from tests.chat import Town, a_photo
from tests.handlers.announcing import NOTICE, drafted, to_lan
from tests.handlers.test_announcement_writing import LETTER, an_office, the_draft


async def test_an_album_with_words_below_begins_one_draft(telegram_town: Town) -> None:
    town = telegram_town
    office = await an_office(town)
    photos = [("", "image/jpeg", a_photo(shade)) for shade in range(3)]
    await office.sends(photos, album="a1", caption=LETTER)
    assert "Đã nhận 3 tệp" in office.screen
    assert "chú thích" not in office.screen
    assert office.bubbles_seen == 1
    (row,) = await town.rows(Announcement)
    content = Content.from_json(row.content)
    assert content.title == "Họp triển khai phong trào"
    assert [one.photo for one in content.files] == [True, True, True]
    kept = {one.id or 0: one.sha256 for one in await town.rows(AnnouncementFile)}
    assert [one.sha256 for one in content.files] == [kept[number] for number in sorted(kept)]
    assert await town.rows(Evidence) == []


async def test_a_picture_sent_as_a_document_stays_one(telegram_town: Town) -> None:
    town = telegram_town
    office = await an_office(town)
    await office.says(LETTER)
    await office.sends_document("../áp phích.jpg", a_photo(), "image/jpeg")
    await office.sends_photo(a_photo(90))
    first, second = (await the_draft(town)).files
    assert (first.name, first.photo) == ("áp phích.jpg", False)
    assert second.photo


async def test_words_below_a_photo_of_a_finished_draft_are_not_lost_in_silence(telegram_town: Town) -> None:
    office = await an_office(telegram_town)
    await office.says(LETTER)
    await office.sends_photo(caption="Một chú thích khác")
    assert "chú thích của ảnh chưa được dùng" in office.sees


async def test_a_plan_that_came_as_a_workbook_goes_with_its_launch(telegram_town: Town) -> None:
    town = telegram_town
    office = await an_office(town)
    async with town.office() as session:
        now = town.clock.now()
        ((version, _plan),) = await campaigns.in_force(session)
        session.add(
            CampaignFile(
                kind="sent",
                name="ke-hoach.xlsx",
                person_id=1,
                state="drafted",
                version_id=version,
                asked_at=now,
            )
        )
    await office.taps("Soạn từ mẫu")
    await office.taps("Phát động phong trào")
    await office.taps("Thi đua CCHC")
    assert "Tệp Excel của kế hoạch được kèm" in office.sees
    (file,) = (await the_draft(town)).files
    assert file.name == "ke-hoach.xlsx"
    await office.taps("Gửi thử cho mình")
    ((name, content),) = office.files
    assert name == "ke-hoach.xlsx"
    assert content.startswith(b"PK")


async def test_a_file_that_cannot_be_used_says_why_and_nothing_is_lost(telegram_town: Town) -> None:
    town = telegram_town
    office = await an_office(town)
    await office.says(LETTER)
    await office.taps("Tệp kèm")
    await office.sends_photo()
    await office.sends_document("ke-hoach.exe", b"MZ" + b"x" * 100)
    assert "Tệp không dùng được" in office.sees
    assert "Bản nháp thông báo vẫn còn nguyên" in office.sees
    content = await the_draft(town)
    assert len(content.files) == 1
    await office.taps("Mở bản nháp")
    assert "Tệp kèm: 1 tệp" in office.screen


async def test_one_the_platform_lost_is_asked_for_again(telegram_town: Town) -> None:
    town = telegram_town
    office = await an_office(town)
    await office.says(LETTER)
    await office.sends_photo(lost=True)
    await town.time_passes(hours=25)
    for _ in range(30):
        await town.time_passes(hours=1)
    assert (await town.rows(AnnouncementFile))[0].state == "lost"


async def test_files_are_taken_out_again(files_town: Town) -> None:
    town = files_town
    office = await an_office(town)
    await office.says(LETTER)
    await office.taps("Tệp kèm")
    await office.sends_document("moi-hop.jpg", a_photo(), "image/jpeg")
    await office.sends_document("moi-hop.jpg", a_photo(), "image/jpeg")
    assert "giống hệt một tệp đã kèm" in office.sees
    await office.says("menu")
    await office.says("TB 1")
    await office.taps("Tệp kèm")
    assert len((await the_draft(town)).files) == 1
    await office.taps("Bỏ moi-hop.jpg")
    assert (await the_draft(town)).files == ()


async def test_no_more_than_ten_files(telegram_town: Town) -> None:
    town = telegram_town
    office = await an_office(town)
    await office.says(LETTER)
    photos = [("", "image/jpeg", a_photo(shade * 18)) for shade in range(10)]
    await office.sends(photos, album="a1")
    await office.sends_photo(a_photo(190))
    assert "tối đa 10 tệp" in office.sees
    assert len((await the_draft(town)).files) == 10


async def test_what_is_still_checked_cannot_be_sent(telegram_town: Town) -> None:
    town = telegram_town
    office = await an_office(town)
    await office.says(LETTER)
    async with town.office() as session:
        session.add(a_waiting_file(town))
    await office.says("TB 1")
    assert "đang kiểm tra" in office.sees
    await office.taps("Gửi thử cho mình")
    assert "Còn 1 tệp đang được kiểm tra" in office.sees
    async with town.office() as session:
        actor = await town.actor(session, office)
        with pytest.raises(Refusal) as refused:
            await announcements.send(session, actor, 1, town.clock.now())
    assert refused.value.code is Code.ANNOUNCEMENT_FILES_WAITING
    await office.taps("Tệp kèm")
    await office.taps("Bỏ moi.pdf")
    await office.says("TB 1")
    await office.taps("Gửi thử cho mình")
    assert "Còn 1 tệp" not in office.screen


async def test_only_its_author_adds_files_and_only_to_a_draft(telegram_town: Town) -> None:
    town = telegram_town
    office, other = await an_office(town), await an_office(town, "Võ Thị Hai")
    lan = await town.joined("Lê Thị Lan")
    await office.says(LETTER)
    file = FileRef("f", "u", "a.jpg", 100, "image/jpeg")
    async with town.office() as session:
        for chat in (other, lan):
            actor = await town.actor(session, chat)
            with pytest.raises(Refusal) as refused:
                await announcement_files.receive(session, actor, 1, [file], town.clock.now())
            assert refused.value.code is Code.NOT_FOUND
            with pytest.raises(Refusal):
                await announcement_preview.on_channels(session, actor, 1)
            with pytest.raises(Refusal):
                await announcements.belong(session, actor, 1, "004", town.clock.now())
        author = await town.actor(session, office)
        await announcements.discard(session, author, 1, town.clock.now())
        with pytest.raises(Refusal) as refused:
            await announcement_files.receive(session, author, 1, [file], town.clock.now())
        assert refused.value.code is Code.ANNOUNCEMENT_MOVED_ON
    assert await town.rows(AnnouncementFile) == []


async def test_settled_twice_a_file_is_there_once(telegram_town: Town) -> None:
    town = telegram_town
    office = await an_office(town)
    await office.says(LETTER)
    await office.sends_photo()
    before = await the_draft(town)
    async with town.office() as session:
        now = town.clock.now()
        await announcement_files.stored(session, 1, "ab" * 32, "image/jpeg", now)
        await announcement_files.refused(session, 1, "macro", "Không dùng được.", now)
        await announcement_files.lost(session, 1, now)
    assert await the_draft(town) == before
    (row,) = await town.rows(AnnouncementFile)
    assert (row.state, row.source) == ("clean", "")


def a_waiting_file(town: Town) -> AnnouncementFile:
    """A file nobody has fetched yet."""
    return AnnouncementFile(
        announcement_id=1, person_id=1, name="moi.pdf", size=1, source="{}", received_at=town.clock.now()
    )


async def test_before_it_goes_it_says_how_many_get_no_files(zalo_town: Town) -> None:
    town = zalo_town
    office, lan = await an_office(town), await town.joined("Lê Thị Lan")
    paper = FileOut("0f" * 32, "lich.pdf", "application/pdf")
    for files, said in (((), False), ((paper,), True)):
        await drafted(town, office, replace(NOTICE, files=files))
        await to_lan(office)
        await office.taps("Gửi…")
        assert ("1 người trên Zalo không nhận được ảnh, tệp đính kèm" in office.sees) is said
    await office.taps("Gửi cho 1 người")
    await town.time_passes(seconds=61)
    assert "Kèm tệp «lich.pdf»: kênh này không chuyển được tệp" in lan.sees
