"""«Đã đọc» typed in words where it could have been pressed."""

import pytest

from bot.filestore import FileStore
from core.announcement_content import Content
from core.messages import FileOut
from core.texts import announcement_reading as texts
from tests.chat import Town
from tests.handlers.test_announcement_reading import QUESTION, office_of, sent, standing


@pytest.mark.parametrize("typed", ["Đã đọc", "đã đọc.", "da doc"])
async def test_read_typed_in_words_means_the_newest_that_waits(numbers_town: Town, typed: str) -> None:
    town = numbers_town
    office, lan = await office_of(town), await town.joined("Lê Thị Lan")
    await sent(town, office)
    await sent(town, office, Content("Chỉ để biết", "Không cần xác nhận."))
    await sent(town, office, Content("Họp quý", "Họp lúc 14:00.", wants_reading=True))
    await lan.says(typed)
    assert "Thông báo: «Họp quý»" in lan.sees
    assert [one for one in await standing(town) if one[0]] == [(1, None)]
    await lan.says("menu")
    await lan.says(typed)
    assert "Thông báo: «Họp giao ban»" in lan.sees
    await lan.says("menu")
    await lan.says(typed)
    assert texts.LABEL.upper() in lan.sees


async def test_read_typed_over_an_open_criterion_is_no_answer_to_it(metered_town: Town) -> None:
    town = metered_town
    office, lan = await office_of(town), await town.joined("Lê Thị Lan")
    for said in ("menu", "1", "004-d3"):
        await lan.says(said)
    assert "TIÊU CHÍ" in lan.sees
    await sent(town, office)
    await lan.says("Đã đọc")
    assert "Thông báo: «Họp giao ban»" in lan.sees
    assert [one for one in await standing(town) if one[0]] == [(1, None)]
    await lan.says("quay lại")
    assert "TIÊU CHÍ" in lan.sees
    assert "Kết quả:" not in lan.sees


async def test_files_are_not_offered_again_where_none_can_be_sent(numbers_town: Town) -> None:
    town = numbers_town
    office, lan = await office_of(town), await town.joined("Lê Thị Lan")
    sha256 = await FileStore(town.folder / "files").put_served(b"%PDF-1.4 paper")
    paper = FileOut(sha256, "lich.pdf", "application/pdf")
    await sent(town, office, Content("Họp quý", "Họp lúc 14:00.", (paper,), wants_reading=True))
    await lan.says("Đã đọc")
    assert "Thông báo kèm 1 tệp; ứng dụng này không chuyển được tệp." in lan.sees
    assert "Gửi lại" not in lan.sees


async def test_read_typed_for_one_with_a_question_shows_the_question(telegram_town: Town) -> None:
    town = telegram_town
    office, lan = await office_of(town), await town.joined("Lê Thị Lan")
    await sent(town, office, QUESTION)
    await lan.says("Đã đọc")
    assert texts.QUESTION_FIRST in lan.sees
    assert "Nộp ngày nào?" in lan.sees
    assert await standing(town) == [(None, None)]
