"""More time in conversation: a slip is put right, a request is taken back, the plan overtakes another."""

from db.models import Extension
from services import date_changes
from services.actor import console
from tests.chat import Chat, Town
from tests.journeys.test_submissions import a_unit, dated
from tests.journeys.test_time_given import at_the_unit

GROUND = "Công văn số 20/SYT-VP ngày 23/11/2026"


async def gives(van: Chat, *days: str) -> None:
    """Type days until one is taken, then everything else."""
    await at_the_unit(van)
    await van.taps("Gia hạn")
    for day in days:
        await van.says(day)
    await van.says("Mạng của khoa hỏng cả tuần.")
    await van.says(GROUND)
    await van.taps("Cho gia hạn")


async def asks(lan: Chat) -> None:
    await lan.says("/nop")
    await lan.taps("Báo cáo ·")
    await lan.taps("Xin gia hạn")
    await lan.says("04/12/2026")
    await lan.says("Khoa vừa chuyển trụ sở, số liệu chưa đủ.")
    await lan.taps("Gửi đề nghị")


async def test_a_slip_of_the_year_is_refused_and_a_wrong_day_put_right(telegram_town: Town) -> None:
    await dated(telegram_town)
    head, _lan, van = await a_unit(telegram_town)
    await at_the_unit(van)
    await van.taps("Gia hạn")
    await van.says("04/12/2062")
    assert "có thể anh/chị nhập nhầm năm" in van.sees
    await gives(van, "14/12/2026")
    assert "Được gia hạn đến hết thứ Hai 14/12/2026" in head.sees
    await at_the_unit(van)
    await van.taps("Gia hạn")
    assert "kế hoạch ghi hết thứ Hai 30/11/2026" in van.sees
    await van.says("27/11/2026")
    assert "chỉ sửa sớm lại được đến thứ Hai 30/11/2026" in van.sees
    await gives(van, "04/12/2026")
    assert "Hạn nay là hết thứ Sáu 04/12/2026" in head.sees
    assert len(await telegram_town.rows(Extension)) == 2


async def test_what_the_plan_overtook_is_refused_before_a_document_is_asked_for(telegram_town: Town) -> None:
    town = telegram_town
    await dated(town)
    _head, lan, van = await a_unit(town)
    await asks(lan)
    async with town.office() as session:
        now = town.clock.now()
        await date_changes.enter(
            session, console(now.date()), "004", "deadline:004-D2", "20/12/2026", GROUND, "Lùi lại", now
        )
    await van.taps("Trả lời đề nghị này")
    await van.taps("Cho gia hạn")
    assert "không thêm được ngày nào" in van.sees
    assert "20/12/2026" in van.sees
    (kept,) = await town.rows(Extension)
    assert kept.state == "asked"


async def test_a_request_is_read_once_more_before_the_office_gets_it(telegram_town: Town) -> None:
    town = telegram_town
    await dated(town)
    _head, lan, van = await a_unit(town)
    await lan.says("/nop")
    await lan.taps("Báo cáo ·")
    await lan.taps("Xin gia hạn")
    await lan.says("14/12/2026")
    await lan.says("Khoa vừa chuyển chỗ.")
    for told in ("Khoa Mẫu 1", "hết thứ Hai 14/12/2026", "«Khoa vừa chuyển chỗ.»", "Chưa gửi gì."):
        assert told in lan.sees
    await lan.taps("Quay lại")
    await lan.taps("Quay lại")
    await lan.says("04/12/2026")
    await lan.says("Khoa vừa chuyển trụ sở.")
    assert "hết thứ Sáu 04/12/2026" in lan.sees
    assert await town.rows(Extension) == []
    assert "Đơn vị xin gia hạn" not in van.sees
    await lan.taps_twice("Gửi đề nghị")
    (kept,) = await town.rows(Extension)
    assert (f"{kept.until:%d/%m/%Y}", kept.reason) == ("04/12/2026", "Khoa vừa chuyển trụ sở.")
    assert "«Khoa vừa chuyển trụ sở.»" in van.sees


async def test_a_unit_takes_its_request_back(telegram_town: Town) -> None:
    town = telegram_town
    await dated(town)
    _head, lan, van = await a_unit(town)
    await asks(lan)
    assert "Đơn vị xin gia hạn" in van.sees
    await lan.taps("Rút đề nghị gia hạn")
    assert "Đã rút đề nghị gia hạn" in lan.sees
    assert "Xin gia hạn" in lan.sees
    await van.taps("Trả lời đề nghị này")
    assert "không còn chờ trả lời" in van.sees
    assert "Không gia hạn" not in van.sees
    (kept,) = await town.rows(Extension)
    assert kept.state == "withdrawn"
