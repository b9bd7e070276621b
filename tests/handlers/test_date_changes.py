"""A date that units owe something by: what the office reads before it is kept, what units read after."""

from datetime import date

from core.roles import Role
from db.models import CampaignDate
from services.papers.calendar_file import OWN
from tests import builders
from tests.chat import Chat, Town

GUIDE = "Hướng dẫn số 12/HD-SYT ngày 20/11/2026"
WHY = "Sở Y tế cần số liệu sớm hơn"


async def the_office(town: Town) -> Chat:
    """Somebody of the office, in a unit of its own, at the date of the reports."""
    async with town.office() as session:
        desk = await builders.a_unit(session, "Văn phòng", "VP")
    van = await town.joined("Lê Thị Vân", roles=(Role.OFFICE,), unit=desk)
    await at_the_date(van)
    return van


async def at_the_date(van: Chat) -> None:
    await van.says("/phongtrao")
    await van.taps("004 Thi")
    await van.taps("Nhập ngày còn thiếu" if "Nhập ngày còn thiếu" in van.sees else "Các ngày")
    await van.taps("Báo cáo [004-D2]")


async def test_the_office_reads_how_many_are_told_before_it_is_kept(town: Town) -> None:
    head = await town.joined("Trần Thị Trưởng", roles=(Role.HEAD,))
    van = await the_office(town)
    await van.says("15/12")
    await van.says(GUIDE)
    assert "Khi ghi, 1 người của 1 đơn vị đang nợ việc này được báo ngày cũ, ngày mới." in van.sees
    assert f"Căn cứ: {GUIDE}." in van.sees
    assert await town.rows(CampaignDate) == []
    await van.says("?")
    assert "cần lý do" in van.sees
    assert await town.rows(CampaignDate) == []
    await van.says("<b>" + WHY + "</b>\x07")
    assert "Đã báo cho 1 người." in van.sees
    assert f"Lý do: <b>{WHY}</b>." in head.sees
    (kept,) = await town.rows(CampaignDate)
    assert (kept.value, kept.document) == ("--12-15", GUIDE)


async def test_a_reason_of_thousands_of_letters_is_refused_and_nothing_is_kept(numbers_town: Town) -> None:
    await numbers_town.joined("Trần Thị Trưởng", roles=(Role.HEAD,))
    van = await the_office(numbers_town)
    await van.says("15/12")
    await van.says(GUIDE)
    await van.says("lý do " * 900)
    assert "quá giới hạn 300 ký tự nên chưa được ghi" in van.sees
    assert await numbers_town.rows(CampaignDate) == []
    await van.says(WHY)
    (kept,) = await numbers_town.rows(CampaignDate)
    assert kept.reason == WHY


async def test_taking_it_back_asks_why_and_says_so(town: Town) -> None:
    head = await town.joined("Trần Thị Trưởng", roles=(Role.HEAD,))
    van = await the_office(town)
    await van.says("15/12")
    await van.says(GUIDE)
    await van.says(WHY)
    await at_the_date(van)
    await van.taps("Rút ngày đã nhập…")
    await van.taps("Rút ngày này")
    assert "Khi ghi, 1 người của 1 đơn vị" in van.sees
    await van.says("Hướng dẫn bị thu hồi")
    assert "Đã rút Báo cáo [004-D2]" in van.sees
    assert "Nay chưa có ngày" in head.sees
    assert "Lý do: Hướng dẫn bị thu hồi." in head.sees
    await at_the_date(van)
    assert "Lý do: Hướng dẫn bị thu hồi." in van.sees


async def test_where_nobody_owes_anything_it_is_entered_with_its_document(numbers_town: Town) -> None:
    van = await the_office(numbers_town)
    await van.taps("Quay lại")
    await van.taps("Ngày ban hành")
    await van.says("15/04/2026")
    await van.says(GUIDE)
    assert "Đã ghi Ngày ban hành: thứ Tư 15/04/2026." in van.sees


async def test_the_file_of_the_installation_counts_in_the_chat(numbers_town: Town) -> None:
    own = '[[off]]\nday = 2026-12-15\nname = "Nghỉ theo tỉnh"\nsource = "Quyết định 5/QĐ-UBND"\n'
    (numbers_town.folder / OWN).write_text(own, encoding="utf-8")
    head = await numbers_town.joined("Trần Thị Trưởng", roles=(Role.HEAD,))
    van = await the_office(numbers_town)
    await van.says("15/12")
    await van.says(GUIDE)
    await van.says(WHY)
    assert "Hạn mới: hết thứ Ba 15/12/2026; ngày làm việc cuối: thứ Hai 14/12/2026" in head.sees
    await head.says("/lich")
    await head.says("15/12/2026")
    assert "ngày nghỉ, Nghỉ theo tỉnh" in head.sees
    assert "Nguồn: Quyết định 5/QĐ-UBND." in head.sees


async def test_an_unconfirmed_year_is_told_as_an_estimate(numbers_town: Town) -> None:
    head = await numbers_town.joined("Trần Thị Trưởng", roles=(Role.HEAD,))
    van = await the_office(numbers_town)
    await van.says(f"{date(2027, 3, 12):%d/%m/%Y}")
    await van.says(GUIDE)
    await van.says(WHY)
    assert "Hạn mới: hết thứ Sáu 12/03/2027; ngày làm việc cuối: thứ Sáu 12/03/2027 (dự kiến)" in head.sees
    await head.taps("Mở")
    await head.taps("Báo cáo")
    assert "Ngày làm việc cuối để nộp: thứ Sáu 12/03/2027 (dự kiến)." in head.sees
    assert "Hạn theo văn bản: hết thứ Sáu 12/03/2027, theo Hướng dẫn số 12" in head.sees
    assert "lịch năm 2027 là dự kiến" in head.sees
