"""What a new version of a plan changes: nothing for the same, and every difference in words."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum

import pytest

from core.campaign_changes import Place, differences
from core.campaigns import Campaign
from core.criteria import Way
from core.measures import Measure
from core.texts import campaign_changes as texts
from services.papers.campaign_toml import read
from tests.services.short_plan import SHORT

PLAN = read(SHORT, "ngan.toml")
REFERRED = {"code", "minimum", "parts"}


def said(*changes: tuple[str, str]) -> tuple[str, ...]:
    """What is told of the plan with these pieces of its file replaced."""
    text = SHORT
    for before, after in changes:
        assert before in text
        text = text.replace(before, after, 1)
    return texts.lines(differences(PLAN, read(text, "ngan.toml")))


def test_the_same_plan_has_no_differences() -> None:
    assert differences(PLAN, PLAN) == ()
    assert texts.listed(()) == texts.SAME


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        (
            'quote = "Hoàn thành tốt nhiệm vụ trở lên."',
            'quote = "Hoàn thành nhiệm vụ."',
            "Đổi điều khoản [009-c2]: «Hoàn thành tốt nhiệm vụ trở lên.» → «Hoàn thành nhiệm vụ.».",
        ),
        (
            'operator = ">"\ntarget = 90.5',
            'operator = ">="\ntarget = 90.5',
            "Đổi mức cần đạt của [009-c1] (Tỷ lệ): trên 90,5 % → từ 90,5 % trở lên.",
        ),
        (
            'question = "Bao nhiêu phút?"',
            'question = "Mất mấy phút?"',
            "Đổi câu hỏi ở [009-c1] (Thời gian): «Bao nhiêu phút?» → «Mất mấy phút?».",
        ),
        (
            "issued_on = 2025-03-21",
            "issued_on = 2025-03-22",
            "Đổi ngày ban hành: thứ Sáu 21/03/2025 → thứ Bảy 22/03/2025.",
        ),
        ('number = "41/KH-SYT"', 'number = "42/KH-SYT"', "Đổi số, ký hiệu: «41/KH-SYT» → «42/KH-SYT»."),
        ('send_to = "van-phong"\n', "", "Đổi hồ sơ, nơi nhận hoặc nơi thẩm định."),
        (
            'label = "Xếp loại"',
            'label = "Xếp loại năm"',
            "Đổi tên ngắn, gợi ý hoặc cách hiểu của [009-c2] Xếp loại năm.",
        ),
    ],
)
def test_each_change_is_told_with_its_clause(before: str, after: str, line: str) -> None:
    assert said((before, after)) == (line,)


def test_quotas_deadlines_and_rounds() -> None:
    (line,) = said(("count = 5", "count = 6"))
    assert line.startswith("Đổi số lượng khen: hằng năm không quá 05 tập thể [")
    assert "→ hằng năm không quá 06 tập thể [" in line
    (line,) = said(("day = 2025-12-15", "day = 2025-12-20"))
    assert line.startswith("Đổi thời hạn [009-D1]: gửi hồ sơ đề nghị khen thưởng, ")
    assert "chậm nhất thứ Sáu 19/12/2025" in line
    (line,) = said(("closes_at = 2025-12-05T17:00:00", "closes_at = 2025-12-08T17:00:00"))
    assert line.startswith("Đổi kỳ tự đánh giá: Năm 2025 [2025]")


def test_what_is_added_and_what_is_gone() -> None:
    more = '[[purposes]]\ncode = "009-M9"\nquote = "Ý mới."\n\n'
    added = ("[[scales]]", more + "[[scales]]")
    assert said(added) == ("Thêm điều khoản [009-M9]: «Ý mới.».",)
    newer = read(SHORT.replace(*added, 1), "moi.toml")
    assert texts.lines(differences(newer, PLAN)) == ("Bỏ điều khoản [009-M9]: «Ý mới.».",)


def test_another_order_is_told_too() -> None:
    rounds = replace(PLAN, rounds=PLAN.rounds[::-1])
    assert texts.lines(differences(PLAN, rounds)) == ("Đổi thứ tự các phần.",)


def mutants(value: object) -> Iterator[object]:
    """Copies of a fact, each with one leaf changed."""
    match value:
        case Enum() | None:
            return
        case bool():
            yield not value
        case str():
            yield f"{value}x"
        case int() | Decimal():
            yield value + 1
        case datetime() | date():
            yield value + timedelta(days=1)
        case tuple():
            for place, one in enumerate(value):
                yield from ((*value[:place], other, *value[place + 1 :]) for other in mutants(one))
        case _:
            yield from of_fields(value)


def of_fields(fact: object) -> Iterator[object]:
    """Copies with one leaf of one field changed; names by which a plan refers to itself stay."""
    assert is_dataclass(fact)
    assert not isinstance(fact, type)
    kept = REFERRED if isinstance(fact, Measure | Way) else {"key"}
    for one in fields(fact):
        if one.name not in kept:
            yield from (replace(fact, **{one.name: other}) for other in mutants(getattr(fact, one.name)))


def test_no_change_goes_untold() -> None:
    found = 0
    for other in mutants(PLAN):
        assert isinstance(other, Campaign)
        changes = differences(PLAN, other)
        assert changes, other
        lines = texts.lines(changes)
        assert len(lines) >= len(changes)
        assert all(line.endswith(".") for line in lines)
        found += 1
    assert found > 150


def test_every_place_is_reached() -> None:
    assert {
        one.place
        for other in mutants(PLAN)
        if isinstance(other, Campaign)
        for one in differences(PLAN, other)
    } == set(Place)
