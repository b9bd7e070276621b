"""One walk with the real inspection: each file is read by a process of its own."""

from bot.inspection.inspector import Inspector
from bot.inspection.policy import InspectionPolicy
from db.models import Evidence
from tests.bot.hostile_office import OLE, with_part
from tests.chat import Town


async def test_files_are_looked_at_by_the_real_inspector(telegram_town: Town) -> None:
    telegram_town.inspector = Inspector(InspectionPolicy())
    lan = await telegram_town.joined("Trần Thị Lan")
    await lan.says("menu")
    await lan.sends_photo()
    await lan.sends_document("Kế hoạch.docx", with_part("word/vbaProject.bin", OLE + bytes(64)))
    assert "Tệp có chứa macro" in lan.sees
    assert [one.state for one in await telegram_town.rows(Evidence)] == ["clean", "refused"]
