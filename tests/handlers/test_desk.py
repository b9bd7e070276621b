"""The front desk at its borders: old buttons, forged ones, roles that end, places that no longer hold."""

from datetime import date

import pytest
from sqlmodel import select

from core.messages import Message
from core.roles import Role
from core.texts import desk as texts
from db.models import Account, Answer, Conversation, Evidence, InboxRow, RoleGrant
from services import outbox
from tests.chat import Chat, Town
from tests.surfaces import TelegramSurface


async def at_a_card(town: Town, code: str = "004-c3") -> Chat:
    """Lan at a criterion that asks for a number."""
    lan = await town.joined("Trần Thị Lan")
    await lan.says("menu")
    await lan.taps("Bắt đầu")
    await lan.taps(f"{code[4:-1]})")
    await lan.taps(code)
    return lan


async def presses(chat: Chat, message: int, data: str) -> None:
    """Press a button as it once was, or as it never was."""
    surface = chat.town.surface
    assert isinstance(surface, TelegramSurface)
    await chat.town.hears(chat, data, lambda: surface.api.user_taps(chat.id, message, data, forged=True))


async def test_an_old_button_does_nothing_and_shows_where_one_is(telegram_town: Town) -> None:
    lan = await at_a_card(telegram_town)
    surface = telegram_town.surface
    assert isinstance(surface, TelegramSurface)
    message, data, _label = surface.button(lan.id, "Không áp dụng với tôi")
    await lan.says("95")
    await presses(lan, message, data)
    assert texts.STALE in lan.sees
    assert "95 % đạt" in lan.sees
    assert [one.outcome for one in await telegram_town.rows(Answer)] == ["met"]


async def test_a_button_pressed_twice_counts_once(telegram_town: Town) -> None:
    lan = await at_a_card(telegram_town)
    await lan.taps_twice("Để sau")
    assert lan.bubbles_seen == 1
    assert "Tiêu chí 10/32" in lan.sees
    assert texts.STALE not in lan.sees


@pytest.mark.parametrize(
    "data",
    [
        "door:evidence:abc",
        "door:evidence:-1",
        "door:evidence:²",
        "door:evidence:99999999999999999999999",
        "door:evidence:424242",
        "door:assessment:424242",
        "door:nothing:1",
        "door:menu:x",
        "door::",
        "1:open.account:x",
        "abc",
        "",
        ":",
        "-1:go",
    ],
)
async def test_a_button_nobody_drew(telegram_town: Town, data: str) -> None:
    lan = await at_a_card(telegram_town)
    surface = telegram_town.surface
    assert isinstance(surface, TelegramSurface)
    message, _data, _label = surface.button(lan.id, "Để sau")
    await presses(lan, message, data)
    assert "mã sự cố" not in lan.screen
    assert {one.state for one in await telegram_town.rows(InboxRow)} == {"done"}
    await lan.says("95")
    assert "95 % đạt «trên 90 %»" in lan.sees or "Việc của tôi" in lan.sees


async def test_a_role_that_ends_between_drawing_and_pressing(town: Town) -> None:
    lan = await at_a_card(town)
    async with town.office() as session:
        for grant in await session.exec(select(RoleGrant).where(RoleGrant.role == "staff")):
            grant.until = date(2026, 11, 22)
    await lan.taps("Không áp dụng với tôi")
    assert texts.MOVED_ON in lan.sees
    assert "Tự đánh giá" not in lan.sees
    assert await town.rows(Answer) == []
    await lan.says("/tudanhgia")
    assert "không có quyền xem" in lan.sees


async def test_a_place_that_no_longer_holds_after_an_update(town: Town) -> None:
    lan = await at_a_card(town)
    async with town.office() as session:
        (kept,) = await session.exec(select(Conversation).where(Conversation.chat == str(lan.id)))
        kept.stack = kept.stack.replace('"key"', '"criterion"')
    await lan.says("95")
    assert texts.MOVED_ON in lan.sees
    assert "Làm tiếp năm 2026" in lan.sees
    assert await town.rows(Answer) == []


async def test_commands_open_what_they_name(town: Town) -> None:
    lan = await at_a_card(town)
    for command, seen in (
        ("/minhchung", "Minh chứng của tôi"),
        ("/taikhoan", "Họ tên: Trần Thị Lan"),
        ("/tudanhgia", "Tự đánh giá năm 2026"),
        ("/viec", "Việc của tôi"),
        ("/start", "Việc của tôi"),
        ("/khonghieu", "Việc của tôi"),
    ):
        await lan.says(command)
        assert seen.casefold() in lan.sees.casefold(), command


async def test_files_of_people_who_need_none(files_town: Town) -> None:
    minh = await files_town.joined("Lê Văn Minh", roles=(Role.ADMINISTRATOR,))
    await minh.says("menu")
    await minh.sends_photo()
    assert texts.NO_FILES_HERE in minh.sees
    hoa = files_town.stranger("Hoa")
    await hoa.sends_photo()
    assert texts.NO_FILES_HERE in hoa.sees
    assert await files_town.rows(Evidence) == []


async def test_whoever_blocked_the_bot_is_not_written_to(town: Town) -> None:
    lan = await at_a_card(town)
    await lan.blocks()
    async with town.office() as session:
        actor = await town.actor(session, lan)
        await outbox.notify(session, [actor.person_id], Message(body="Tin nhắc"), town.clock.now())
    await town.settle()
    assert "Tin nhắc" not in lan.screen
    assert [one.reachable for one in await town.rows(Account)] == [False]
    await lan.blocks(blocked=False)
    await lan.says("menu")  # Not every platform tells that it was let in again.
    assert [one.reachable for one in await town.rows(Account)] == [True]
    assert "Làm tiếp" in lan.sees


async def test_after_a_real_restart_everything_is_where_it_was(town: Town) -> None:
    lan = await at_a_card(town)
    engine, town.engine = town.engine, None
    assert engine is not None
    await engine.dispose()
    await lan.says("95")
    assert "95 % đạt «trên 90 %»" in lan.sees
    await lan.taps("Tiếp theo")
    assert "Tiêu chí 10/32".casefold() in lan.sees.casefold()
