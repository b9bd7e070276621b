"""Whoever sends too much is told once, and then nothing is said; nothing is lost without a word."""

from core.roles import Role
from db.models import Conversation, InboxRow, OutboxRow
from services import journal
from tests.chat import Chat, Town


async def floods(chat: Chat, *texts: str) -> None:
    """Several messages in one second, answered together."""
    town = chat.town
    await town.hears(None, "", lambda: [town.surface.says(chat.id, text) for text in texts])


async def said_to(town: Town, chat: Chat) -> int:
    """How many messages the house has for a chat."""
    return sum(row.chat == str(chat.id) for row in await town.rows(OutboxRow))


async def test_somebody_who_sends_too_fast_is_told_once(telegram_town: Town) -> None:
    lan = await telegram_town.joined()
    await floods(lan, *["menu"] * 100)
    assert await said_to(telegram_town, lan) == 21
    assert "gửi trước 08:05:30 sẽ không được xử lý" in lan.screen
    assert {row.state for row in await telegram_town.rows(InboxRow)} == {"done"}
    async with telegram_town.office() as session:
        assert "flooded" in {line.verb for line in await journal.latest(session, 9)}

    await lan.says("menu")
    assert lan.sees == ""
    telegram_town.clock.move(seconds=30)
    await lan.says("menu")
    assert "có 81 tin chưa được xử lý" in lan.sees
    assert "Bắt đầu tự đánh giá" in lan.sees
    await lan.says("menu")
    assert "chưa được xử lý" not in lan.sees


async def test_a_stranger_gets_twelve_answers_a_minute(telegram_town: Town) -> None:
    stranger = telegram_town.stranger()
    await floods(stranger, *["xin chào"] * 100)
    assert await said_to(telegram_town, stranger) == 13
    await stranger.says("xin chào")
    assert stranger.sees == ""
    telegram_town.clock.move(seconds=25)
    await stranger.starts()
    assert "nhập mã tham gia" in stranger.sees


async def test_a_clumsy_newcomer_is_heard_all_the_way(telegram_town: Town) -> None:
    token = await telegram_town.invite()
    lan = telegram_town.stranger()
    await lan.starts()
    for said in ("alo", "ok", "bắt đầu", "trợ giúp", "xin mã", "mã đâu"):
        await lan.says(said)
        assert lan.sees
    await lan.starts(token)
    await lan.taps("Đúng là tôi")
    await lan.taps("Tôi đồng ý")
    assert "Đã kết nối" in lan.screen


async def test_somebody_with_a_good_code_is_not_kept_waiting(telegram_town: Town) -> None:
    stranger = telegram_town.stranger()
    await floods(stranger, "xin chào", "tro giup", "xin chào", "tro giup", await telegram_town.code())
    await floods(stranger, "đúng là tôi", "tro giup", "tôi đồng ý")
    assert "Đã kết nối" in stranger.screen


async def test_others_are_served_meanwhile(telegram_town: Town) -> None:
    lan = await telegram_town.joined()
    minh = await telegram_town.joined("Lê Văn Minh", "QT001", (Role.STAFF,))
    await floods(lan, *["menu"] * 100)
    await minh.says("menu")
    assert "Bắt đầu tự đánh giá" in minh.sees


async def test_it_can_be_turned_off(telegram_town: Town) -> None:
    telegram_town.flood = None
    lan = await telegram_town.joined()
    await floods(lan, *["menu"] * 30)
    assert await said_to(telegram_town, lan) == 30
    assert [row.tally for row in await telegram_town.rows(Conversation)] == ['["",0,"","",0]']
