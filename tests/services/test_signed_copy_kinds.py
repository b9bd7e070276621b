"""The Word copy tells every kind of criterion: what was answered, how it was compared, what came of it."""

from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from zoneinfo import ZoneInfo

import docx
import pytest

from core.assessment import Entry, Sheet, SignedCopy, given_to_json
from core.criteria import (
    Answer,
    AwaitedGiven,
    DeclarationGiven,
    DeltaGiven,
    Given,
    LevelGiven,
    NumberGiven,
    SlotsGiven,
    TextGiven,
    WayGiven,
)
from core.criteria_judged import judge
from services.papers import signed_copy
from services.papers.campaign_toml import read_file
from tests import every_kind

CLEAR = ("nguoi", "viec", "thoi-gian", "trach-nhiem", "san-pham", "tham-quyen")


def share(part: int, whole: int) -> NumberGiven:
    return NumberGiven(Decimal(part) * 100 / whole, Decimal(part), Decimal(whole))


ANSWERS: dict[str, dict[str, Given]] = {
    "009-a1": {"1": share(90, 98)},
    "009-a2": {"1": NumberGiven(Decimal(30))},
    "009-a3": {"1": AwaitedGiven()},
    "009-a4": {"1": DeltaGiven(Decimal("70.5"), Decimal(72))},
    "009-a5": {"1": DeltaGiven(Decimal(6), Decimal(9))},
    "009-a6": {"1": SlotsGiven(dict.fromkeys(CLEAR, "đã nêu"))},
    "009-a8": {"1": DeclarationGiven(yes=True, explanation="Không vi phạm.")},
    "009-a9": {"1": TextGiven("Đã tham mưu kế hoạch.")},
    "009-b1": {
        "tang": WayGiven("bac"),
        "diem": DeltaGiven(Decimal(72), Decimal(70)),
        "bac": DeltaGiven(Decimal(9), Decimal(6)),
    },
    "009-b2": {"chung": WayGiven("thanh-tich"), "thanh-tich": TextGiven("Rút ngắn thời gian chờ.")},
    "009-c1": {"1": LevelGiven("hoan-thanh")},
    "009-d1": {"1": share(12, 98)},
    "009-d2": {"1": DeclarationGiven(yes=False)},
}
#: What came of each, and the lines beside it.
TOLD: dict[str, tuple[str, list[str]]] = {
    "009-a1": (
        "Đạt",
        [
            "Trả lời: 90/98 ≈ 91,84 %",
            "Đối chiếu: 90/98 ≈ 91,84 % đạt «trên 90 %».",
        ],
    ),
    "009-a2": (
        "Đạt",
        [
            "Trả lời: 30 phút",
            "Đối chiếu: 30 phút đạt «từ 20 đến 30 phút».",
        ],
    ),
    "009-a3": (
        "Đang chờ kết quả",
        [
            "Trả lời: Đang chờ xếp loại",
            "Đối chiếu: Đang chờ xếp loại.",
        ],
    ),
    "009-a4": (
        "Đạt",
        [
            "Trả lời: năm trước 70,5 điểm, năm nay 72 điểm: tăng 1,5 điểm",
            (
                "Đối chiếu: Năm trước 70,5 điểm, năm nay 72 điểm: tăng 1,5 điểm, đạt «tăng điểm so "
                "với năm trước»."
            ),
        ],
    ),
    "009-a5": (
        "Chưa đạt",
        [
            "Trả lời: năm trước hạng 6, năm nay hạng 9: giảm 3 bậc",
            (
                "Đối chiếu: Năm trước hạng 6, năm nay hạng 9: giảm 3 bậc, không đạt «tăng bậc so với "
                "năm trước»."
            ),
        ],
    ),
    "009-a6": (
        "Chờ xem xét",
        [
            (
                "Trả lời: Rõ người: đã nêu; Rõ việc: đã nêu; Rõ thời gian: đã nêu; Rõ trách nhiệm: đã "
                "nêu; Rõ sản phẩm: đã nêu; Rõ thẩm quyền: đã nêu"
            ),
            "Đối chiếu: Đã nêu đủ 6 mục; người thẩm định sẽ xem xét.",
        ],
    ),
    "009-a7": (
        "Chưa trả lời",
        [
            "Đối chiếu: Chưa trả lời.",
        ],
    ),
    "009-a8": (
        "Đạt",
        [
            "Trả lời: Có. Không vi phạm.",
            "Đối chiếu: Tự xác nhận là có.",
        ],
    ),
    "009-a9": (
        "Chờ xem xét",
        [
            "Trả lời: Đã tham mưu kế hoạch.",
            "Đối chiếu: Đã có nội dung; người thẩm định sẽ xem xét.",
        ],
    ),
    "009-b1": (
        "Đạt",
        [
            "Trả lời: Tăng điểm: năm trước 72 điểm, năm nay 70 điểm: giảm 2 điểm",
            "Trả lời: Tăng bậc: năm trước hạng 9, năm nay hạng 6: tăng 3 bậc",
            "Đối chiếu: Đạt theo cách 2: tăng bậc.",
            (
                "Tăng điểm: năm trước 72 điểm, năm nay 70 điểm: giảm 2 điểm, không đạt «tăng điểm so "
                "với năm trước»."
            ),
            "Tăng bậc: năm trước hạng 9, năm nay hạng 6: tăng 3 bậc, đạt «tăng bậc so với năm trước».",
        ],
    ),
    "009-b2": (
        "Chờ xem xét",
        [
            "Trả lời: Thành tích: Rút ngắn thời gian chờ.",
            "Đối chiếu: Xét theo cách 1: thành tích.",
            "Thành tích: đã có nội dung; người thẩm định sẽ xem xét.",
        ],
    ),
    "009-c1": (
        "Chưa đạt điều kiện tiên quyết",
        [
            "Trả lời: Hoàn thành",
            (
                "Đối chiếu: Mức Hoàn thành không đạt «Hoàn thành tốt trở lên» (cần Hoàn thành tốt "
                "hoặc Hoàn thành xuất sắc)."
            ),
        ],
    ),
    "009-d1": (
        "Thuộc trường hợp không xét khen thưởng",
        [
            "Trả lời: 12/98 ≈ 12,24 %",
            "Đối chiếu: 12/98 ≈ 12,24 %, trên 10 %: không được xét.",
        ],
    ),
    "009-d2": (
        "Không thuộc trường hợp loại trừ",
        [
            "Trả lời: Không",
            "Đối chiếu: Tự xác nhận là không: không bị loại trừ.",
        ],
    ),
}


@pytest.fixture(scope="module")
def tables() -> list[list[list[str]]]:
    """The tables of the copy, row by row."""
    plan = read_file(every_kind.PLAN_FILE)
    entries = []
    for criterion in plan.criteria():
        answer = Answer(ANSWERS.get(criterion.code, {}))
        entries.append(Entry(criterion, given_to_json(answer), judge(criterion, answer).outcome, "", ()))
    sheet = Sheet(1, plan, "Năm 2026", None, signed=True, entries=tuple(entries))
    at = datetime(2026, 12, 10, 2, 5, tzinfo=UTC)
    copy = SignedCopy("TDG-00012-1", "3f" * 32, at, "Trần Thị Lan", "NV001", "Điều dưỡng", "Khoa Nội", sheet)
    paper = docx.Document(BytesIO(signed_copy.build(copy, ZoneInfo("Asia/Ho_Chi_Minh"))))
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in paper.tables]


@pytest.mark.parametrize("code", TOLD)
def test_a_criterion_of_every_kind_is_told(tables: list[list[list[str]]], code: str) -> None:
    told = {row[0].partition("\n")[0]: (row[2], row[1].splitlines()) for row in tables[3]}
    assert told[code] == TOLD[code]


def test_what_is_awaited_has_a_column_of_its_own(tables: list[list[list[str]]]) -> None:
    heads, counts = tables[2]
    assert dict(zip(heads, counts, strict=True)) == {
        "Tổng số tiêu chí": "14",
        "Đạt": "6",
        "Chưa đạt": "3",
        "Chờ xem xét": "3",
        "Đang chờ kết quả": "1",
        "Không áp dụng": "0",
        "Tệp minh chứng": "0",
    }
