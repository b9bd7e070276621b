"""The doctor and the calendar: next year has to be confirmed from November on."""

import asyncio
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.config import Data, Settings
from bot.doctor import calendar as examined
from bot.doctor.check import Check, Level
from core.calendar import WorkCalendar
from db import schema
from db.engine import make_engine
from db.transaction import Transactions
from services import calendar
from services.actor import console
from services.papers import calendar_file

LATE = datetime(2026, 10, 31, 16, 59, tzinfo=UTC)  # 23:59 on 31 October at the office
NOVEMBER = datetime(2026, 10, 31, 17, 0, tzinfo=UTC)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=Data(dir=tmp_path / "data"))


def found(settings: Settings, now: datetime) -> Check:
    return examined.confirmed_years(settings, now)


def test_until_the_end_of_october_this_year_is_enough(settings: Settings) -> None:
    check = found(settings, LATE)
    assert (check.level, check.said) == (Level.OK, "lịch năm 2026 đã được xác nhận")


def test_from_the_first_of_november_next_year_is_asked_for(settings: Settings) -> None:
    check = found(settings, NOVEMBER)
    assert check.level is Level.WARNING
    assert "lịch năm 2027 chưa được xác nhận" in check.said
    assert "«Lịch làm việc»" in check.next


def test_a_year_confirmed_in_the_chat_is_known(settings: Settings) -> None:
    settings.data.dir.mkdir()

    async def confirm() -> None:
        engine = make_engine(settings.database_url)
        await schema.create(engine)
        transactions = Transactions.over(engine, journal_key=b"key", zone=settings.organisation.zone)
        async with transactions() as session:
            await calendar.confirm_year(session, console(date(2026, 11, 1)), 2027, "Thông báo 1", NOVEMBER)
        await engine.dispose()

    asyncio.run(confirm())
    check = found(settings, NOVEMBER)
    assert (check.level, check.said) == (Level.OK, "lịch năm 2026, 2027 đã được xác nhận")


def test_a_faulty_file_is_a_finding(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> WorkCalendar:
        return calendar_file.over_holidays(calendar_file.read("[[off]]\n", "calendar.toml"))

    monkeypatch.setattr(calendar_file, "shipped", broken)
    check = found(settings, NOVEMBER)
    assert check.level is Level.ERROR
    assert check.said.startswith("calendar.toml, dòng 1: thiếu «day»")


OWN = """
[[off]]
day = 2026-12-31
name = "Nghỉ theo quyết định của tỉnh"
source = "Quyết định 5/QĐ-UBND"

[[confirmed]]
year = 2027
source = "Thông báo 1"
"""


def test_the_file_of_the_installation_is_examined(settings: Settings) -> None:
    settings.data.dir.mkdir()
    own = settings.data.dir / calendar_file.OWN
    own.write_text(OWN, encoding="utf-8")
    check = found(settings, NOVEMBER)
    assert check.level is Level.OK
    assert check.said == "lịch năm 2026, 2027 đã được xác nhận; tệp riêng trong thư mục dữ liệu ghi 1 ngày"
    own.write_text('[[off]]\nday = "31/12"\nnam = "x"\n', encoding="utf-8")
    check = found(settings, NOVEMBER)
    assert check.level is Level.ERROR
    assert f"{own}, dòng 2: «day» phải là một ngày" in check.said
    assert "chỗ nữa" in check.said
    assert "sửa tệp lịch" in check.next
