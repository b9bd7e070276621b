"""How the running house behaves towards people on Telegram: one answer, one receipt, no answer to groups."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from bot.emulators.telegram import BotApi
from services.outbox import GATHER_SECONDS
from tests.bot.recorded import HUNG
from tests.bot.staff import eventually, opened, plan_over, running, telegram_over
from tests.chat import Chat, Town, a_photo
from tests.surfaces import TelegramSurface


@dataclass(frozen=True)
class Office:
    """A running house, its Telegram, and Lan who has joined."""

    town: Town
    api: BotApi
    lan: Chat

    def tell(self, query: str) -> list[tuple[object, ...]]:
        """What the database says."""
        with opened(self.town.folder) as database:
            return database.execute(query).fetchall()

    def count(self, method: str) -> int:
        """How often Telegram took such a call."""
        return len(self.api.ledger.accepted(method))


@pytest.fixture
async def office(telegram_town: Town) -> AsyncIterator[Office]:
    """An office at work; Lan looks at her menu."""
    lan = await telegram_town.joined("Nguyễn Thị Lan", "NV1")
    await lan.says("menu")
    assert isinstance(telegram_town.surface, TelegramSurface)
    api = telegram_town.surface.api
    api.ledger.clear()
    plan = plan_over(telegram_town.folder, telegram_over(api, poll_timeout=25), telegram_town.clock)
    async with running(plan):
        yield Office(telegram_town, api, lan)


async def test_a_press_is_answered_once_and_its_screen_changed_once(office: Office) -> None:
    office.api.user_taps_label(office.lan.id, "Minh chứng của tôi")
    await eventually(lambda: office.count("editMessageText") and office.count("answerCallbackQuery"))
    assert office.count("editMessageText") == office.count("answerCallbackQuery") == 1
    assert office.count("sendMessage") == 0


async def test_a_double_press_is_answered_twice_and_changes_one_screen(office: Office) -> None:
    message, data, _ = telegram(office).button(office.lan.id, "Minh chứng của tôi")
    office.api.user_taps(office.lan.id, message, data)
    office.api.user_taps(office.lan.id, message, data)
    await eventually(lambda: office.count("answerCallbackQuery") == 2)
    await eventually(lambda: office.count("editMessageText") >= 1)
    office.api.user_says(office.lan.id, "menu")
    await eventually(lambda: office.count("sendMessage") == 1)
    assert office.count("editMessageText") == 1


async def test_a_press_on_an_old_screen_shows_the_current_one(office: Office) -> None:
    message, data, _ = telegram(office).button(office.lan.id, "Tài khoản")
    office.api.user_taps_label(office.lan.id, "Minh chứng của tôi")
    await eventually(lambda: office.count("editMessageText") == 1)
    office.api.user_taps(office.lan.id, message, data, forged=True)
    await eventually(lambda: office.count("editMessageText") == 2)
    assert office.lan.screen.startswith("Nút vừa bấm đã cũ")


async def test_an_album_has_one_receipt(office: Office) -> None:
    office.api.user_sends_album(office.lan.id, [a_photo(shade) for shade in range(5)], caption="Họp khoa")
    await eventually(lambda: office.count("sendChatAction") == 5)
    await eventually(lambda: not office.api.pending)
    assert office.count("sendMessage") == 0
    office.town.clock.move(seconds=GATHER_SECONDS + 0.1)
    await eventually(lambda: office.count("sendMessage") == 1)
    files = office.tell("SELECT code, album FROM evidence")
    assert len(files) == 5
    assert len({album for _, album in files}) == 1
    assert [code for code, _ in files if str(code) not in office.lan.screen] == []


async def test_who_writes_on_while_an_album_comes_gets_the_receipt_first(office: Office) -> None:
    office.api.user_sends_album(office.lan.id, [a_photo(1), a_photo(2)])
    await eventually(lambda: office.count("sendChatAction") == 2)
    office.api.user_says(office.lan.id, "menu")
    await eventually(lambda: office.tell("SELECT count(*) FROM inbox WHERE state = 'done'") == [(4,)])
    office.town.clock.move(seconds=GATHER_SECONDS + 0.1)
    await eventually(lambda: office.count("sendMessage") == 2)
    receipt, menu = [entry.text for entry in office.api.ledger.sent(office.lan.id)]
    assert "MC-" in receipt
    assert "Việc của tôi" in menu


async def test_groups_are_never_answered(office: Office) -> None:
    office.api.add_group(-100, "Khoa Nội")
    for line in ("/viec", "/viec@emulated_bot", "xin chào"):
        office.api.user_says(-100, line, by=office.lan.id)
    office.api.user_sends_photo(-100, a_photo(), by=HUNG)
    office.api.user_taps(-100, 1, "1:go", by=office.lan.id, forged=True)
    office.api.user_says(office.lan.id, "menu")
    await eventually(lambda: office.count("sendMessage") == 1)
    assert {entry.chat_id for entry in office.api.ledger.entries} == {office.lan.id}


async def test_a_command_by_name_an_edit_and_a_card_are_each_answered(office: Office) -> None:
    office.api.user_says(office.lan.id, "/viec@emulated_bot")
    await eventually(lambda: office.count("sendMessage") == 1)
    assert "Việc của tôi" in office.lan.screen
    mine = [message.id for message in office.api.view(office.lan.id).messages if not message.by_bot]
    office.api.user_edits(office.lan.id, mine[-1], "5")
    await eventually(lambda: office.count("sendMessage") == 2)
    assert "Tin nhắn anh/chị vừa sửa" in office.lan.screen
    office.api.user_shares_contact(office.lan.id, phone="+84900000000")
    await eventually(lambda: office.count("sendMessage") == 3)
    assert "chưa đọc được loại tin này" in office.lan.screen


async def test_who_blocks_us_is_known_to_be_out_of_reach_until_they_come_back(office: Office) -> None:
    office.api.user_blocks(office.lan.id)
    await eventually(lambda: office.tell("SELECT reachable FROM account") == [(0,)])
    office.api.user_unblocks(office.lan.id)
    office.api.user_says(office.lan.id, "menu")
    await eventually(lambda: office.count("sendMessage") == 1)
    assert office.tell("SELECT reachable, unreachable_since FROM account") == [(1, None)]


def telegram(office: Office) -> TelegramSurface:
    surface = office.town.surface
    assert isinstance(surface, TelegramSurface)
    return surface
