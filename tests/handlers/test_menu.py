"""The first screen: what each role may open, and what waits."""

import pytest

from core.roles import Role
from core.texts.menu import NOTHING_OPEN
from tests.chat import Chat, Town

ASSESSES = {Role.STAFF}


async def offers(chat: Chat) -> str:
    """What the first screen shows."""
    await chat.says("menu")
    return chat.sees


@pytest.mark.parametrize("role", list(Role))
async def test_every_role_sees_its_own_account_and_staff_assess_themselves(
    numbers_town: Town, role: Role
) -> None:
    lan = await numbers_town.joined("Trần Thị Lan", roles=(role,))
    shown = await offers(lan)
    assert "Tài khoản và dữ liệu" in shown
    assert ("Bắt đầu tự đánh giá năm 2026" in shown) is (role in ASSESSES)
    assert ("Minh chứng của tôi" in shown) is (role in ASSESSES)
    assert (NOTHING_OPEN in shown) is (role not in ASSESSES)
    assert "chính thức" not in shown
    for command in ("/tudanhgia", "/minhchung"):
        await lan.says(command)
        assert ("không có quyền xem" in lan.sees) is (role not in ASSESSES)


async def test_roles_add_up(numbers_town: Town) -> None:
    lan = await numbers_town.joined("Trần Thị Lan", roles=(Role.STAFF, Role.HEAD))
    await offers(lan)
    await lan.taps("Tài khoản")
    assert "Vai trò: thủ trưởng đơn vị, viên chức, người lao động" in lan.sees


async def test_somebody_without_any_role_is_told_that_nothing_waits(numbers_town: Town) -> None:
    lan = await numbers_town.joined("Trần Thị Lan", roles=())
    assert NOTHING_OPEN in await offers(lan)


async def test_the_first_screen_says_how_far_one_is(numbers_town: Town) -> None:
    lan = await numbers_town.joined("Trần Thị Lan")
    assert "chưa bắt đầu (32 tiêu chí)" in await offers(lan)
    await numbers_town.answers(lan, but=["004-a1"])
    assert "31/32 tiêu chí" in await offers(lan)
    await lan.taps("Làm tiếp năm 2026 (31/32)")
    await lan.taps("Tiếp tục: 004-a1")
    await lan.says("Đã làm đủ việc được giao.")
    assert "đủ 32 tiêu chí, chờ anh/chị ký" in await offers(lan)
    await lan.taps("Xem lại và ký năm 2026")
    await lan.taps("Xem lại và ký")
    await lan.taps("Ký xác nhận")
    await lan.taps("Ký xác nhận")
    assert "đã ký" in await offers(lan)


async def test_several_rounds_stand_one_below_the_other(telegram_town: Town) -> None:
    lan = await telegram_town.joined("Trần Thị Lan")
    telegram_town.clock.move(days=365)
    shown = await offers(lan)
    assert "Bắt đầu tự đánh giá năm 2026" in shown
    assert "Bắt đầu tự đánh giá năm 2027" in shown
    await lan.says("/tudanhgia")
    assert "Năm 2027: Thi đua CCHC" in lan.sees
    await lan.taps("Năm 2027")
    assert "Tự đánh giá năm 2027" in lan.sees

    await lan.says("menu")
    await lan.sends_photo()
    await lan.taps("Chọn tiêu chí cho 1 tệp")
    assert "Tệp dùng cho đợt nào?" in lan.sees
    await lan.taps("Năm 2027")
    await lan.taps("a)")
    await lan.taps("004-a1")
    assert "Đã gắn tệp vào tiêu chí" in lan.sees


async def test_the_first_screen_offers_no_way_out_that_leads_nowhere(telegram_town: Town) -> None:
    lan = await telegram_town.joined("Trần Thị Lan")
    shown = await offers(lan)
    assert "[❔ Trợ giúp]" in shown
    for nowhere in ("Quay lại", "Hủy", "🏠 Menu"):
        assert nowhere not in shown
    await lan.says("quay lại")
    assert "Bắt đầu tự đánh giá năm 2026" in lan.sees


async def test_what_is_seldom_needed_stands_behind_one_choice(numbers_town: Town) -> None:
    mai = await numbers_town.joined("Lê Thị Mai", roles=(Role.OFFICE, Role.ADMINISTRATOR))
    shown = await offers(mai)
    assert "Lịch và nhắc việc" not in shown
    await mai.taps("Mục khác")
    await mai.taps("Lịch và nhắc việc")
    await mai.says("quay lại")
    assert "Kênh và lượt tin" in mai.sees
    await mai.says("quay lại")
    assert mai.sees == shown


async def test_one_seldom_needed_thing_stands_on_the_first_screen(numbers_town: Town) -> None:
    binh = await numbers_town.joined("Phạm Văn Bình", roles=(Role.COORDINATOR,))
    shown = await offers(binh)
    assert "Người chưa liên lạc được" in shown
    assert "Mục khác" not in shown
