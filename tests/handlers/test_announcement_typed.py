"""«Đã đọc» typed in words where it could have been pressed."""

import pytest

from core.announcement_content import Content
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


async def test_read_typed_for_one_with_a_question_shows_the_question(telegram_town: Town) -> None:
    town = telegram_town
    office, lan = await office_of(town), await town.joined("Lê Thị Lan")
    await sent(town, office, QUESTION)
    await lan.says("Đã đọc")
    assert texts.QUESTION_FIRST in lan.sees
    assert "Nộp ngày nào?" in lan.sees
    assert await standing(town) == [(None, None)]
