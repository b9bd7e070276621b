"""The ladders in the chat: who gets there, and what is typed that makes no sense."""

from datetime import time

import pytest

from core.messages import Choice, Message
from core.reminders_hours import Quiet
from core.roles import Role
from db.models import JournalRow, QuietHours, Setting
from services import conversations, reminders
from services.conversations import Frame, Standing
from tests.chat import Chat, Town

NOT_YOURS = "vai trò của anh/chị đã thay đổi"
LADDER: dict[str, object] = {"whose": "report.head"}
PLACES: dict[str, dict[str, object]] = {
    "top": {},
    "hours": {},
    "shelf": {},
    "one": LADDER,
    "sure": {**LADDER, "adding": ["person-10"]},
    "week": {"start": "2026-11-23"},
    "day": {"day": "2026-12-14"},
    "letter": {"day": "2026-12-14", "letter": 0},
}
HOSTILE = (
    "30/2",
    "99/99/2026",
    "999 ngày trước",
    "-7 ngày trước",
    "15/12/2099",
    "🙂🙂",
    "\u0000\u202e\u200b7",
    "<b>7 ngày trước</b>",
    "' OR 1=1 --",
    "7 ngày trước, " * 400,
)


async def stand(chat: Chat, dialogue: str, step: str, place: dict[str, object], *offered: Choice) -> None:
    """Put somebody at a step, with choices on the screen that were never offered to them."""
    async with chat.town.office() as session:
        before = await conversations.resume(session, chat.address)
        stack = (Frame("menu", "tasks", {}), Frame(dialogue, step, place))
        shown = Message(rows=tuple((one,) for one in offered))
        standing = Standing(stack, shown, before.turn, "", before.screen)
        conversations.keep(session, chat.address, standing, chat.town.clock.now())


def _offered(step: str) -> list[Choice]:
    return [Choice("save", "Lưu", grave=True, word="LUU")] if step == "sure" else []


async def kept(town: Town) -> list[Setting]:
    return [one for one in await town.rows(Setting) if one.name in {reminders.LADDERS, reminders.GENERAL}]


@pytest.mark.parametrize("role", [Role.STAFF, Role.HEAD, Role.OFFICE, Role.OBSERVER])
async def test_nobody_else_is_offered_or_allowed_the_ladders(numbers_town: Town, role: Role) -> None:
    lan = await numbers_town.joined("Trần Thị Lan", roles=(role,))
    await lan.says("menu")
    assert "Lịch và nhắc việc" not in lan.sees
    for step, place in PLACES.items():
        await stand(lan, "ladders", step, place, *_offered(step))
        await lan.says("LUU")
        assert NOT_YOURS in lan.sees, step
    await stand(lan, "ladders", "one", LADDER)
    await lan.says("10 ngày trước")
    assert NOT_YOURS in lan.sees
    assert await kept(numbers_town) == []


@pytest.mark.parametrize("typed", HOSTILE)
async def test_what_makes_no_sense_changes_nothing_and_breaks_nothing(numbers_town: Town, typed: str) -> None:
    tam = await numbers_town.joined("Đỗ Minh Tâm", roles=(Role.STAFF, Role.ADMINISTRATOR))
    for step in ("one", "week", "day", "hours"):
        await stand(tam, "ladders", step, PLACES[step])
        await tam.says(typed)
        assert tam.sees, step
        assert "mã sự cố" not in tam.sees, step
    await stand(tam, "account", "quiet", {})
    await tam.says(typed)
    assert "Chưa hiểu giờ này" in tam.sees
    assert await kept(numbers_town) == []
    assert await numbers_town.rows(QuietHours) == []


@pytest.mark.parametrize(
    ("step", "place"),
    [
        ("one", {"whose": "report.council"}),
        ("one", {"whose": "mayor.head"}),
        ("sure", {"whose": "report.head", "without": "person-13"}),
        ("sure", {"whose": "final_review.head", "adding": ["person-10"]}),
        ("sure", {"whose": "report.head", "adding": ["mayor+1"]}),
        ("letter", {"day": "2026-12-14", "letter": 99}),
        ("letter", {"day": "2026-12-14", "letter": -1}),
        ("day", {"day": "2099-12-14"}),
    ],
)
async def test_what_there_is_not_is_refused(numbers_town: Town, step: str, place: dict[str, object]) -> None:
    tam = await numbers_town.joined("Đỗ Minh Tâm", roles=(Role.STAFF, Role.ADMINISTRATOR))
    await stand(tam, "ladders", step, place, *_offered(step))
    await tam.says("LUU")
    assert tam.sees
    assert "mã sự cố" not in tam.sees
    assert "Đã lưu" not in tam.sees
    assert await kept(numbers_town) == []


async def test_a_change_somebody_else_made_meanwhile_is_not_made_twice(telegram_town: Town) -> None:
    town = telegram_town
    tam = await town.joined("Đỗ Minh Tâm", roles=(Role.STAFF, Role.ADMINISTRATOR))
    an = await town.joined("Võ Thị An", roles=(Role.STAFF, Role.ADMINISTRATOR))
    for chat in (tam, an):
        await chat.says("menu")
        await chat.taps("Mục khác")
        await chat.taps("Lịch và nhắc việc")
        await chat.taps("Thang nhắc việc")
        await chat.taps("Mặc định cho mọi việc")
        await chat.taps("Thêm: 10 ngày trước · người phụ trách")
    await tam.taps("Lưu")
    assert "Đã lưu." in tam.sees
    await an.taps("Lưu")
    assert "được ghi hai lần" in an.sees
    assert len(await kept(town)) == 1


async def test_an_administrator_sets_the_hours_of_everybody(telegram_town: Town) -> None:
    town = telegram_town
    tam = await town.joined("Đỗ Minh Tâm", roles=(Role.STAFF, Role.ADMINISTRATOR))
    lan = await town.joined("Trần Thị Lan")
    await tam.says("menu")
    await tam.taps("Mục khác")
    await tam.taps("Lịch và nhắc việc")
    await tam.taps("Giờ nhắc chung")
    assert "Không nhắc ai từ 20:00 đến 07:00" in tam.sees
    for refused in ("7h đến 17h", "sáng 18h", "0:00 đến 23:59"):
        await tam.says(refused)
        assert "không chừa lúc nào" in tam.sees, refused
    assert await kept(town) == []
    await tam.says("18h đến 6h")
    await tam.says("sáng 8h15")
    assert "không nhắc từ 18:00 đến 06:00; lượt sáng lúc 08:15" in tam.sees
    (row,) = await kept(town)
    assert row.value == "18:00 06:00 08:15"
    assert [one.verb for one in await town.rows(JournalRow)].count("set_general_hours") == 2
    async with town.office() as session:
        rules = await reminders.rules_in_force(session)
    assert (rules.quiet, rules.morning) == (Quiet(time(18), time(6)), time(8, 15))
    await lan.says("menu")
    await lan.taps("Tài khoản và dữ liệu")
    await lan.taps("Giờ không nhắc")
    assert "không nhắc ai từ 18:00 đến 06:00" in lan.sees
