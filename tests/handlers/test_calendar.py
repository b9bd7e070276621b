"""The calendar in the chat: who may change it, and what is typed that makes no sense."""

from datetime import date

import pytest

from core.messages import Choice, Message
from core.roles import Role
from db.models import CalendarDay, CalendarYear
from services import calendar, conversations
from services.conversations import Frame, Standing
from tests.chat import Chat, Town

SOURCE = "Thông báo số 15/TB-SYT ngày 20/11/2026"
NOT_YOURS = "anh/chị không có quyền xem"


async def stand(chat: Chat, step: str, place: dict[str, object], *choices: Choice) -> None:
    """Put somebody at a step with choices on the screen that were never offered to them."""
    async with chat.town.office() as session:
        before = await conversations.resume(session, chat.address)
        stack = (Frame("menu", "tasks", {}), Frame("calendar", step, place))
        shown = Message(rows=tuple((one,) for one in choices))
        standing = Standing(stack, shown, before.turn + 1, "", before.screen)
        conversations.keep(session, chat.address, standing, chat.town.clock.now())


@pytest.mark.parametrize("role", [Role.STAFF, Role.HEAD, Role.OFFICE, Role.OBSERVER])
async def test_nobody_else_is_offered_or_allowed_a_change(numbers_town: Town, role: Role) -> None:
    lan = await numbers_town.joined("Trần Thị Lan", roles=(role,))
    await lan.says("/lich")
    await lan.says("25/11")
    assert "Thứ Tư 25/11/2026: ngày làm việc." in lan.sees
    assert "Ghi là ngày nghỉ" not in lan.sees
    places: dict[str, dict[str, object]] = {
        "source": {"day": "2026-11-25", "kind": "off", "reason": "substitute"},
        "swap_source": {"off": "2026-11-25", "work": "2026-11-28"},
        "confirm_year": {"year": 2027},
    }
    for step, place in places.items():
        await stand(lan, step, place)
        await lan.says(SOURCE)
        assert NOT_YOURS in lan.sees, step
    assert await numbers_town.rows(CalendarDay) == []
    assert await numbers_town.rows(CalendarYear) == []


@pytest.mark.parametrize(
    "typed",
    [
        "31/2",
        "0/0/0",
        "99999999999999999999",
        "15/12/1900",
        "999 tuần nữa",
        "999 ngày làm việc nữa",
        "15/12/2099",
        "' OR 1=1 --",
        "{place.year}",
        "\u0661\u0665/\u0661\u0662",
        "ngày" * 500,
        "\u202e21/51",
    ],
)
async def test_what_makes_no_sense_changes_nothing_and_breaks_nothing(numbers_town: Town, typed: str) -> None:
    tam = await numbers_town.joined("Đỗ Minh Tâm", roles=(Role.STAFF, Role.ADMINISTRATOR))
    for step, place in (
        ("month", {"year": 2026, "month": 11}),
        ("day", {"day": "2026-11-25"}),
        ("year", {"year": 2026}),
        ("swap", {"day": "2026-11-25"}),
    ):
        await stand(tam, step, dict(place))
        await tam.says(typed)
        assert tam.sees, step
        assert "mã sự cố" not in tam.sees, step
    assert await numbers_town.rows(CalendarDay) == []


async def test_the_edges_of_the_calendar_are_told(numbers_town: Town) -> None:
    lan = await numbers_town.joined("Trần Thị Lan")
    await lan.says("/lich")
    await lan.says("31/12/2050")
    await lan.taps("Quay lại")
    assert "Tháng 11/2050" in lan.sees
    assert "Tháng 1/2051" not in lan.sees
    await lan.says("1/1/2051")
    assert "Lịch làm việc có từ năm 2015 đến năm 2050" in lan.sees


async def test_a_day_that_became_so_meanwhile_is_not_entered_twice(numbers_town: Town) -> None:
    tam = await numbers_town.joined("Đỗ Minh Tâm", roles=(Role.STAFF, Role.ADMINISTRATOR))
    await tam.says("/lich")
    await tam.says("25/11")
    await tam.taps("Hoán đổi với ngày khác")
    await tam.says("28/11")
    async with numbers_town.office() as session:
        actor, now = await numbers_town.actor(session, tam), numbers_town.clock.now()
        await calendar.swap(session, actor, date(2026, 11, 25), date(2026, 11, 28), SOURCE, now)
    await tam.says(SOURCE)
    assert "Thứ Tư 25/11/2026 vốn đã là ngày nghỉ; chưa có gì thay đổi." in tam.sees
    assert len(await numbers_town.rows(CalendarDay)) == 2
