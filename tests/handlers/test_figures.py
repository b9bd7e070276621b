"""Figures that people type, and the choices they must never be taken for."""

from db.models import Answer
from tests.chat import Chat, Town
from tests.handlers.test_evidence import opens


async def test_zero_at_a_figure_is_asked_back_where_it_also_means_back(numbers_town: Town) -> None:
    lan = await numbers_town.joined("Trần Thị Lan")
    await opens(lan, "c", "004-c3")
    await lan.says("0")
    assert "Chưa ghi gì, vì «0» ở đây có thể là số 0 hoặc là quay lại" in lan.sees
    assert await numbers_town.rows(Answer) == []
    await lan.says("0,0")
    assert "Chưa đạt" in lan.sees
    assert len(await numbers_town.rows(Answer)) == 1


async def test_zero_is_a_figure_where_there_are_buttons(telegram_town: Town) -> None:
    lan = await telegram_town.joined("Trần Thị Lan")
    await opens(lan, "c", "004-c3")
    await lan.says("0")
    assert "Chưa đạt" in lan.sees


async def test_a_figure_with_a_sign_presses_no_button(town: Town) -> None:
    lan = await town.joined("Trần Thị Lan")
    await lan.says("/tudanhgia")
    for figure in ("-5", "\u22123", ">2", "4%"):
        await lan.says(figure)
        assert _is_not_understood(lan), figure


def _is_not_understood(chat: Chat) -> bool:
    return "Chưa hiểu tin nhắn vừa rồi" in chat.sees and "0/32" in chat.sees


async def test_what_is_no_bare_number_is_refused_with_what_to_type(numbers_town: Town) -> None:
    lan = await numbers_town.joined("Trần Thị Lan")
    await opens(lan, "c", "004-c3")
    for typed in ("khoảng 95", ">90", "91 / 100 người"):
        await lan.says(typed)
        assert f"Chưa đọc được con số trong «{typed}». Anh/chị chỉ nhắn con số, không kèm chữ" in lan.sees
    await lan.says("1.000")
    assert "Dấu chấm, dấu phẩy trong «1.000» chưa rõ" in lan.sees
    assert await numbers_town.rows(Answer) == []


async def test_a_count_is_not_asked_for_with_a_share(numbers_town: Town) -> None:
    lan = await numbers_town.joined("Trần Thị Lan")
    await opens(lan, "i", "004-i1")
    await lan.says("hai")
    assert "Chưa đọc được con số trong «hai»" in lan.sees
    assert "95,5" not in lan.sees


async def test_a_code_opens_its_criterion(town: Town) -> None:
    lan = await town.joined("Trần Thị Lan")
    await lan.says("/tudanhgia")
    for code, quoted in (("004-c3", "(004-c3)"), ("c3", "(004-c3)"), ("Đ1", "(004-đ1)"), ("d1", "(004-d1)")):
        await lan.says(code)
        assert quoted in lan.sees
        await lan.says("quay lại")
    await lan.taps("c)")
    await lan.says("đ4")
    assert "(004-đ4)" in lan.sees
    await lan.says("quay lại")
    await lan.says("c99")
    assert "Chưa hiểu tin nhắn vừa rồi" in lan.sees
