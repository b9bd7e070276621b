"""Slow work that fails: tried for a day, then given up aloud; asked for again, it begins again."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.app import House
from bot.clock import SystemClock
from bot.emulators.telegram import Fault
from core.errands import ErrandKind
from core.messages import Address, FileRef
from core.people_sheet import Column
from core.roles import Role
from db.models import AnnouncementSheet, Errand, Evidence
from scheduler.errands import ErrandRunner
from scheduler.outside import Kept, NotYet, TurnedDown
from services import announcement_sheets, errands, organisation, people, signing
from services.actor import console
from tests.announcing import an_office, sent
from tests.chat import Chat, Town
from tests.services.sheets import a_sheet
from tests.surfaces import TelegramSurface

STAFF_AND_MORE = (Role.STAFF, Role.ADMINISTRATOR)
DOWN = Fault("getFile", times=1000, status=502, description="Bad Gateway")
MAYBE_GONE = "Bad Request: wrong file_id or the file is temporarily unavailable"


class Broken:
    """The outside on a bad day."""

    async def fetch(self, channel: str, file: FileRef) -> AsyncIterator[bytes]:
        raise OSError(channel)
        yield b""

    async def keep(self, content: AsyncIterator[bytes], name: str) -> Kept | TurnedDown | NotYet:
        raise OSError(name)

    async def shelve(self, content: bytes) -> str:
        raise OSError(28, "No space left on device")

    async def archive(self, files: AsyncIterator[tuple[str, bytes]], at: datetime) -> tuple[str, int]:
        raise OSError(at)

    async def forget(self, sha256: str) -> None:
        raise OSError(sha256)

    async def read(self, sha256: str) -> bytes:
        raise OSError(sha256)

    async def let_go(self, file: FileRef) -> None:
        raise OSError(file.ref)

    async def set_commands(self, address: Address, commands: Sequence[tuple[str, str]]) -> None:
        raise OSError(address)


class Unseen(Broken):
    """The scanner does not answer."""

    async def keep(self, content: AsyncIterator[bytes], name: str) -> Kept | TurnedDown | NotYet:
        return NotYet()


class Hanging(Broken):
    """The platform keeps the line open and sends nothing."""

    async def keep(self, content: AsyncIterator[bytes], name: str) -> Kept | TurnedDown | NotYet:
        await asyncio.sleep(3600)
        raise AssertionError


def troubled(town: Town, fault: Fault) -> None:
    """Telegram has a trouble with every file from now on."""
    assert isinstance(town.surface, TelegramSurface)
    town.surface.api.faults.add(fault)


def mended(town: Town) -> None:
    """The trouble is over."""
    assert isinstance(town.surface, TelegramSurface)
    town.surface.api.faults.clear()


async def a_day_long(town: Town, runner: ErrandRunner, every: int = 10, **by: float) -> None:
    """Whatever is due is tried every so many minutes, all day."""
    end = town.clock.now() + timedelta(**(by or {"hours": 24.5}))
    while town.clock.now() < end:
        town.clock.move(minutes=every)
        await runner.run_due()


async def nearly_given_up(town: Town, house: House) -> None:
    """What waits has failed for a day already, all but one of its times."""
    town.clock.move(hours=24)
    now = town.clock.now()
    async with house.transactions() as session:
        for errand in await errands.due(session, now, 10):
            tried = replace(errand, attempts=errands.TRIES - 2)
            assert not await errands.failed(session, tried, now - timedelta(hours=1), "OSError")


def on_a_bad_day(town: Town, house: House) -> ErrandRunner:
    zone = ZoneInfo("Asia/Ho_Chi_Minh")
    return ErrandRunner(house.transactions, Broken(), town.clock.now, zone, lambda: None)


def heard(chat: Chat, words: str) -> int:
    """How many messages of a chat hold these words."""
    return sum(words in str(one) for one in chat.town.surface.bubbles(chat.id))


@pytest.mark.parametrize("trouble", [DOWN, Fault("getFile", times=1000, status=400, description=MAYBE_GONE)])
async def test_an_outage_loses_no_evidence(telegram_town: Town, trouble: Fault) -> None:
    lan = await telegram_town.joined("Trần Thị Lan")
    troubled(telegram_town, trouble)
    await lan.sends_photo()
    async with telegram_town.house() as house:
        await a_day_long(telegram_town, house.errands, hours=20)
    assert [one.state for one in await telegram_town.rows(Evidence)] == ["waiting"]

    mended(telegram_town)
    async with telegram_town.house() as house:
        await a_day_long(telegram_town, house.errands, minutes=10)
    assert [one.state for one in await telegram_town.rows(Evidence)] == ["clean"]
    assert not await telegram_town.rows(Errand)


async def test_what_fails_all_day_is_given_up_aloud(telegram_town: Town) -> None:
    chief = await telegram_town.joined("Lê Thị Quản", "QT01", STAFF_AND_MORE)
    lan = await telegram_town.joined("Trần Thị Lan", "NV77")
    troubled(telegram_town, DOWN)
    await lan.sends_photo()
    await lan.sends_photo()
    async with telegram_town.house() as house:
        await a_day_long(telegram_town, house.errands)
    await telegram_town.settle()

    assert [one.state for one in await telegram_town.rows(Evidence)] == ["lost", "lost"]
    assert heard(lan, "Cần gửi lại một tệp") == 2
    assert heard(chief, "Có việc hệ thống không làm được") == 1
    assert not heard(lan, "Có việc hệ thống không làm được")


async def test_results_that_cannot_be_written_down_are_told_to_whoever_asked(telegram_town: Town) -> None:
    town = telegram_town
    office = await an_office(town)
    await town.joined("Trần Thị Lan")
    number = await sent(town, office)
    async with town.office() as session:
        await announcement_sheets.ask(session, await town.actor(session, office), number, town.clock.now())
    async with town.house() as house:
        await a_day_long(town, on_a_bad_day(town, house))
    await town.settle()
    assert heard(office, "Bảng Excel chưa lập được; kết quả vẫn nguyên.") == 1
    assert await town.rows(AnnouncementSheet) == []
    await office.says(f"TB {number}")
    await office.taps("Tải bảng Excel")
    await town.settle()
    assert [name for name, _content in office.files] == [f"ket-qua-thong-bao-{number}.xlsx"]


async def test_a_scanner_that_is_down_is_told_and_costs_nothing(telegram_town: Town) -> None:
    chief = await telegram_town.joined("Lê Thị Quản", "QT01", STAFF_AND_MORE)
    lan = await telegram_town.joined("Trần Thị Lan", "NV77")
    troubled(telegram_town, DOWN)
    await lan.sends_photo()
    async with telegram_town.house() as house:
        zone = ZoneInfo("Asia/Ho_Chi_Minh")
        runner = ErrandRunner(house.transactions, Unseen(), telegram_town.clock.now, zone, lambda: None)
        await a_day_long(telegram_town, runner, every=5, minutes=40)
    await telegram_town.settle()
    assert [one.state for one in await telegram_town.rows(Evidence)] == ["waiting"]
    assert heard(chief, "Bộ quét vi-rút không trả lời") == 1
    assert not heard(lan, "Bộ quét vi-rút không trả lời")


async def test_a_download_that_hangs_does_not_keep_the_house_open(
    telegram_town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scheduler.errands._LAST_MOMENT", 0.05)
    lan = await telegram_town.joined("Trần Thị Lan")
    troubled(telegram_town, DOWN)
    await lan.sends_photo()
    telegram_town.clock.move(minutes=30)
    stopping = asyncio.Event()
    async with telegram_town.house() as house, asyncio.timeout(5):
        zone = ZoneInfo("Asia/Ho_Chi_Minh")
        runner = ErrandRunner(house.transactions, Hanging(), telegram_town.clock.now, zone, lambda: None)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(runner.run(stopping))
            await asyncio.sleep(0.2)
            stopping.set()
            runner.nudge()
    assert [one.state for one in await telegram_town.rows(Evidence)] == ["waiting"]


async def test_a_machine_that_was_off_has_not_tried(telegram_town: Town) -> None:
    lan = await telegram_town.joined("Trần Thị Lan")
    troubled(telegram_town, DOWN)
    await lan.sends_photo()
    telegram_town.clock.move(days=3)
    await telegram_town.settle()
    assert [one.state for one in await telegram_town.rows(Evidence)] == ["waiting"]


async def test_a_file_too_big_to_hand_out_is_turned_down_at_once(telegram_town: Town) -> None:
    lan = await telegram_town.joined("Trần Thị Lan")
    troubled(telegram_town, Fault("getFile", status=400, description="Bad Request: file is too big"))
    await lan.sends_photo()
    assert [(one.state, one.reason) for one in await telegram_town.rows(Evidence)] == [("refused", "too_big")]
    assert "Tệp vượt giới hạn 20 MB." in lan.sees


async def test_a_copy_that_could_not_be_made_is_asked_for_again(telegram_town: Town) -> None:
    lan = await telegram_town.joined("Trần Thị Lan")
    sheet = await telegram_town.answers(lan)
    async with telegram_town.house() as house:
        async with house.transactions() as session:
            actor = await telegram_town.actor(session, lan)
            await signing.sign(session, actor, sheet, telegram_town.clock.now())
        await nearly_given_up(telegram_town, house)
        await a_day_long(telegram_town, on_a_bad_day(telegram_town, house), hours=5, every=70)

    await lan.says("menu")
    await lan.taps("Xem bản đã ký năm 2026")
    await lan.taps("Xem biên nhận")
    assert "Chưa tạo được bản sao" in lan.sees
    assert "đang được tạo" not in lan.sees
    await lan.taps("Tạo lại bản sao")
    assert [name for name, _content in lan.files] == ["tu-danh-gia-TDG-00001-1.docx"]
    await lan.says("menu")
    await lan.taps("Xem bản đã ký năm 2026")
    await lan.taps("Xem biên nhận")
    assert "Tải bản đã ký" in lan.sees


def menu(chat: Chat) -> list[str]:
    """The commands a chat is offered."""
    surface = chat.town.surface
    assert isinstance(surface, TelegramSurface)
    return [command for command, _hint in surface.api.view(chat.id).menu]


async def test_other_roles_mean_other_commands(telegram_town: Town) -> None:
    chief = await telegram_town.joined("Lê Thị Quản", "QT01", (Role.ADMINISTRATOR,))
    await chief.says("menu")
    assert menu(chief) == ["viec", "kehoach", "taikhoan", "help"]
    row = {
        Column.UNIT_CODE: "KM1",
        Column.UNIT: "Khoa Mẫu 1",
        Column.NAME: "Lê Thị Quản",
        Column.STAFF_CODE: "QT01",
    }
    async with telegram_town.office() as session:
        now = telegram_town.clock.now()
        await organisation.import_people(session, console(now.date()), a_sheet(row), now)
    await telegram_town.settle()
    assert menu(chief) == ["viec", "tudanhgia", "minhchung", "kehoach", "taikhoan", "help"]


async def test_a_frozen_chat_is_offered_what_strangers_are(telegram_town: Town) -> None:
    lan = await telegram_town.joined("Trần Thị Lan")
    await lan.says("/taikhoan")
    assert "tudanhgia" in menu(lan)
    async with telegram_town.office() as session:
        actor = await telegram_town.actor(session, lan)
        await people.report_wrong_account(session, actor, telegram_town.clock.now())
    await telegram_town.settle()
    assert menu(lan) == ["start", "help"]


async def test_a_chat_taken_over_is_offered_what_its_new_person_is(telegram_town: Town) -> None:
    lan = await telegram_town.joined("Trần Thị Lan")
    issued = await telegram_town.issue("Lê Thị Hoa", "NV002")
    async with telegram_town.office() as session:
        now = telegram_town.clock.now()
        found = await people.find_candidate(session, lan.address, issued.token, now)
        assert found is not None
        await people.accept(session, lan.address, found.invitation_id, "1", now)
    await telegram_town.settle()
    assert "tudanhgia" in menu(lan)
    assert not await telegram_town.rows(Errand)


async def test_an_errand_is_run_when_its_time_comes(telegram_town: Town) -> None:
    """Not with the next look that would have been taken anyway, seconds later."""
    async with telegram_town.house() as house:
        now, stopping = SystemClock().now, asyncio.Event()
        due = now() + timedelta(seconds=0.2)
        async with house.transactions() as session:
            await errands.add(session, ErrandKind.COMMANDS, 1, due)
        tried = asyncio.Event()
        runner = ErrandRunner(house.transactions, Broken(), now, ZoneInfo("UTC"), tried.set)
        async with asyncio.TaskGroup() as tasks, asyncio.timeout(3):
            tasks.create_task(runner.run(stopping))
            await tried.wait()
            assert now() >= due
            stopping.set()
            runner.nudge()
