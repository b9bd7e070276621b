"""Texts that are too long, and answers given again: nothing is cut, nothing is lost on the way."""

import pytest

from tests.chat import Town
from tests.handlers.test_evidence import opens

LONG = "Đã họp giao ban, phổ biến văn bản mới. " * 100


async def test_a_text_that_is_too_long_is_refused_whole(town: Town) -> None:
    lan = await town.joined("Trần Thị Lan")
    await opens(lan, "b", "004-b3")
    await lan.says(LONG)
    assert f"dài {len(LONG.strip())} ký tự, quá giới hạn 3000 ký tự nên chưa được ghi" in lan.sees
    assert "Anh/chị đã viết" not in lan.sees
    await lan.says("x" * 3000)
    assert "Anh/chị đã viết" in lan.sees

    await lan.taps("Ghi chú")
    await lan.says("y" * 501)
    assert "dài 501 ký tự, quá giới hạn 500 ký tự" in lan.sees
    await lan.says("y" * 500)
    assert "Đã lưu ghi chú" in lan.sees


async def test_an_explanation_that_is_too_long_is_refused_whole(town: Town) -> None:
    lan = await town.joined("Trần Thị Lan")
    await opens(lan, "đ", "004-đ3")
    await lan.taps("Có")
    await lan.says(LONG)
    assert "quá giới hạn 3000 ký tự nên chưa được ghi" in lan.sees
    await lan.says("Không có vi phạm nào.")
    assert "Anh/chị đã viết: «Không có vi phạm nào.»" in lan.sees


async def test_the_old_answer_stays_until_a_new_one_is_given(town: Town) -> None:
    lan = await town.joined("Trần Thị Lan")
    await opens(lan, "c", "004-c3")
    await lan.says("92")
    await lan.taps("Trả lời lại")
    assert "Câu trả lời trước vẫn giữ cho đến khi có câu mới" in lan.sees
    assert "92 % đạt" in lan.sees
    await lan.says("chín mươi")
    assert "92 % đạt" in lan.sees
    await lan.says("quay lại")
    assert "Giữ nguyên câu trả lời trước" in lan.sees
    assert "92 % đạt" in lan.sees

    await lan.taps("Trả lời lại")
    await lan.says("menu")
    assert "1/32 tiêu chí" in lan.sees
    await opens(lan, "c", "004-c3")
    assert "92 % đạt" in lan.sees

    await lan.taps("Trả lời lại")
    await lan.says("93,5")
    assert "93,5 % đạt" in lan.sees
    assert "Đang trả lời lại" not in lan.sees
    await lan.taps("Trả lời lại")
    await lan.taps("Không áp dụng với tôi")
    assert "Không áp dụng. Lý do" in lan.sees
    assert "Đang trả lời lại" not in lan.sees


async def test_each_measure_is_replaced_when_its_new_figure_comes(town: Town) -> None:
    lan = await town.joined("Trần Thị Lan")
    await opens(lan, "c", "004-c1")
    await lan.says("100")
    await lan.says("98")
    assert "98 % không đạt" in lan.sees
    await lan.taps("Trả lời lại")
    await lan.says("99")
    assert "Công bố, công khai: 99 % không đạt" in lan.sees
    assert "Đúng và trước hạn: 98 % không đạt" in lan.sees
    await lan.says("99,5")
    assert "Công bố, công khai: 99 % không đạt" in lan.sees
    assert "Đúng và trước hạn: 99,5 % đạt" in lan.sees


async def test_what_is_named_again_replaces_slot_by_slot(town: Town) -> None:
    lan = await town.joined("Trần Thị Lan")
    await opens(lan, "a", "004-a2")
    await lan.says("1. Lan\n2. tiếp đón\n3. quý IV\n4. điều dưỡng\n5. trưởng khoa\n6. sổ bàn giao")
    assert "Đã nêu đủ 6 mục" in lan.sees
    await lan.taps("Trả lời lại")
    await lan.says("Chị Hoa")
    assert "2/6" in lan.sees
    await lan.says("quay lại")
    assert "Chị Hoa" in lan.sees
    assert "tiếp đón" in lan.sees
    assert "Đã nêu đủ 6 mục" in lan.sees


async def test_a_digit_presses_no_button_on_an_answered_card(telegram_town: Town) -> None:
    lan = await telegram_town.joined("Trần Thị Lan")
    await opens(lan, "c", "004-c3")
    await lan.says("92")
    for digit in "123":
        await lan.says(digit)
        assert "đã có câu trả lời nên tin nhắn vừa rồi chưa được ghi" in lan.sees
        assert "92 % đạt" in lan.sees


@pytest.mark.parametrize("explained", [True, False])
async def test_a_yes_becomes_a_no(town: Town, *, explained: bool) -> None:
    lan = await town.joined("Trần Thị Lan")
    await opens(lan, "đ", "004-đ3")
    await lan.taps("Có")
    await lan.says("Không có vi phạm nào.")
    await lan.taps("Trả lời lại")
    await lan.taps("Không")
    await (lan.says("Một lỗi nhỏ.") if explained else lan.taps("Bỏ qua"))
    assert "Tự xác nhận là không" in lan.sees
    assert ("Một lỗi nhỏ." in lan.sees) is explained
    assert "Không có vi phạm nào." not in lan.sees
