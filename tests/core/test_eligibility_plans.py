"""The gates and quotas of the real plans, each at its border."""

from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.assessment import Entry, given_to_json
from core.campaign_terms import SubjectKind
from core.campaigns import Campaign, Track
from core.criteria import Answer, AwaitedGiven, LevelGiven, NotApplicable, NumberGiven
from core.criteria_judged import judge
from core.eligibility import ObstacleKind, Result, Standing, consider
from core.measures import NumberMeasure, OrdinalMeasure
from core.quotas import Used, ledger
from core.texts import eligibility as texts
from core.texts.nominations import rows_of
from services.papers.campaign_toml import read_file

PLANS = Path(__file__).resolve().parents[2] / "campaigns"
TODAY = date(2026, 11, 23)
BINH_DINH, NINH_THUAN, VUNG_TAU = "binh-dinh-2021-2025", "ninh-thuan-2024", "ba-ria-vung-tau-2023"


@cache
def plan(name: str) -> Campaign:
    return read_file(PLANS / f"{name}.toml")


def answered(name: str, code: str, answer: Answer | NotApplicable) -> Standing:
    criterion = plan(name).criterion(code)
    entry = Entry(criterion, given_to_json(answer), judge(criterion, answer).outcome, "", ())
    return consider([entry], (), (), (), TODAY)


def share(name: str, code: str, part: int, whole: int) -> Standing:
    (measure,) = plan(name).criterion(code).measures
    value = NumberGiven(Decimal(part) * 100 / whole, Decimal(part), Decimal(whole))
    return answered(name, code, Answer({measure.code: value}))


def told(standing: Standing) -> str:
    return "\n".join(texts.obstacle(one) for one in standing.obstacles)


@pytest.mark.parametrize(
    ("name", "code", "enough"),
    [
        (BINH_DINH, "000-N2", ("Hoàn thành tốt", "Hoàn thành xuất sắc")),
        (NINH_THUAN, "001-N1", ("Hoàn thành xuất sắc",)),
        (NINH_THUAN, "001-T1", ("Hoàn thành xuất sắc",)),
    ],
)
def test_a_rating_gate_at_every_level(name: str, code: str, enough: tuple[str, ...]) -> None:
    (measure,) = plan(name).criterion(code).measures
    assert isinstance(measure, OrdinalMeasure)
    for level in measure.scale.levels:
        standing = answered(name, code, Answer({measure.code: LevelGiven(level.key)}))
        reached = any(level.label.startswith(words) for words in enough)
        assert (standing.result is Result.ELIGIBLE) is reached, level
        if not reached:
            assert code in told(standing)
            assert f"mức {level.label} không đạt" in told(standing).replace("Mức", "mức")
    waiting = answered(name, code, Answer({measure.code: AwaitedGiven()}))
    assert (waiting.result, waiting.barring) == (Result.AWAITED, ())
    assert measure.awaited.casefold() in told(waiting).casefold()


@given(st.sampled_from(["001-X1", "001-X2"]), st.integers(1, 2000), st.integers(0, 2000))
def test_more_than_ten_percent_excludes_a_unit(code: str, whole: int, part: int) -> None:
    part = min(part, whole)
    standing = share(NINH_THUAN, code, part, whole)
    assert (standing.result is Result.NOT_ELIGIBLE) is (10 * part > whole)


@pytest.mark.parametrize("code", ["001-X1", "001-X2"])
def test_the_border_of_ten_percent_is_told_with_its_denominator(code: str) -> None:
    assert share(NINH_THUAN, code, 98, 980).result is Result.ELIGIBLE
    hit = share(NINH_THUAN, code, 12, 98)
    assert [one.kind for one in hit.obstacles] == [ObstacleKind.DISQUALIFIER]
    assert f"{code} «" in told(hit)
    assert "12/98 ≈ 12,24 %, trên 10 %: không được xét." in told(hit)
    just = share(NINH_THUAN, code, 1001, 10_000)
    assert "1.001/10.000 = 10,01 %, trên 10 %" in told(just)


@pytest.mark.parametrize(("late", "hit"), [(0, False), (1, True), (40, True)])
def test_any_late_directive_excludes_a_unit(late: int, hit: bool) -> None:  # noqa: FBT001 - a table
    (measure,) = plan(NINH_THUAN).criterion("001-X3").measures
    assert isinstance(measure, NumberMeasure)
    standing = answered(NINH_THUAN, "001-X3", Answer({measure.code: NumberGiven(Decimal(late))}))
    assert bool(standing.barring) is hit


def test_a_unit_without_subordinates_says_so_by_a_figure() -> None:
    asked = next(one for one in plan(NINH_THUAN).criteria() if one.code == "001-X2").measures[0]
    assert "Không có đơn vị trực thuộc thì nhắn 0." in asked.question
    waved = answered(NINH_THUAN, "001-X2", NotApplicable("Không có đơn vị trực thuộc"))
    assert waved.result is Result.NOT_ELIGIBLE
    none = answered(NINH_THUAN, "001-X2", Answer({asked.code: NumberGiven(Decimal(0))}))
    assert none.result is Result.ELIGIBLE


@pytest.mark.parametrize(
    ("name", "track", "gates"),
    [
        (BINH_DINH, Track.INDIVIDUAL, ["000-N2"]),
        (BINH_DINH, Track.COLLECTIVE, []),
        (NINH_THUAN, Track.INDIVIDUAL, ["001-N1"]),
        (NINH_THUAN, Track.HEAD, ["001-N1"]),
        (NINH_THUAN, Track.COLLECTIVE, ["001-T1", "001-X1", "001-X2", "001-X3"]),
    ],
)
def test_the_gates_of_each_track(name: str, track: Track, gates: list[str]) -> None:
    entries = [Entry(one, "{}", judge(one, Answer()).outcome, "", ()) for one in plan(name).criteria(track)]
    standing = consider(entries, (), (), (), TODAY)
    assert [entry.criterion.code for entry in standing.gates] == gates
    assert standing.result is Result.INCOMPLETE
    first = [one.criterion.code for one in standing.unanswered if one.criterion][: len(gates)]
    assert first == gates


def ledger_of(name: str, code: str, collectives: int, people: int) -> list[str]:
    campaign = plan(name)
    (of_round,) = [one for one in campaign.rounds if one.code == code]
    used = {SubjectKind.COLLECTIVE: Used(collectives), SubjectKind.INDIVIDUAL: Used(people)}
    return rows_of(ledger(campaign, of_round, used))


def test_the_quotas_of_each_plan() -> None:
    assert ledger_of(BINH_DINH, "2024", 3, 11) == [
        "• Tập thể: 3/5, không quá 5 (000-A2); đã khen 0",
        "• Cá nhân: 11/10, không quá 10, vượt 1 (000-A2); đã khen 0",
    ]
    assert ledger_of(BINH_DINH, "giai-doan", 10, 19) == [
        "• Tập thể: 10/10, không quá 10 (000-A3); đã khen 0",
        "• Cá nhân: 19/20, không quá 20 (000-A3); đã khen 0",
    ]
    assert ledger_of(VUNG_TAU, "2023", 4, 10) == [
        "• Tập thể: đã chọn 4, cần đúng 5, còn thiếu 1 (002-A2); đã khen 0",
        "• Cá nhân: đã chọn 10, cần đúng 10, vừa đủ (002-A2); đã khen 0",
    ]
    assert ledger_of(NINH_THUAN, "2024", 1, 2) == [
        "• Tập thể: đã chọn 1, chỉ tiêu chưa quy định; đã khen 0",
        "• Cá nhân: đã chọn 2, chỉ tiêu chưa quy định; đã khen 0",
    ]
