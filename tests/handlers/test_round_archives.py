"""«Lưu trữ đợt thi đua» in chat: made, told, fetched; nobody else finds it."""

import io
import zipfile

from core.texts import round_archive as texts
from tests.chat import Town
from tests.services.round_over import ended


async def test_the_office_has_a_round_put_away(telegram_town: Town) -> None:
    done = await ended(telegram_town)
    office = done.here.office
    await office.says("menu")
    await office.taps("Mục khác")
    await office.taps(texts.LABEL)
    assert "chưa lưu" in office.sees
    await office.taps("Năm 2026")
    await office.taps("Đóng gói")
    assert "Bản lưu trữ đã sẵn sàng" in office.sees
    name, content = office.files[-1]
    assert name == "luu-tru-009-2026.zip"
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert "Trần Thị Lan" in archive.read("index.html").decode()
    await office.taps("Mở bản lưu trữ")
    await office.taps("Tải bản lưu")
    assert office.files[-1] == (name, content)
    for other in (done.here.head, done.here.chair):
        await other.says(f"{texts.WORD} {done.round_id}")
        assert "luu-tru" not in other.sees
        await other.says("/menu")
        assert texts.LABEL not in other.screen
