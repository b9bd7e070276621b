"""Who may be considered: every obstacle with its clause and its sum, at every border."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.assessment import Entry, given_to_json
from core.campaigns import Track
from core.criteria import (
    Answer,
    AwaitedGiven,
    ClauseKind,
    Criterion,
    DeclarationGiven,
    LevelGiven,
    NotApplicable,
    NumberGiven,
    Outcome,
    TextGiven,
)
from core.criteria_judged import judge
from core.eligibility import (
    Case,
    HindranceFacts,
    HindranceKind,
    NominationFacts,
    ObstacleKind,
    Result,
    Standing,
    WaiverFacts,
    WaiverState,
    consider,
    same_achievement,
)
from core.measures import (
    DeclarationMeasure,
    Level,
    NarrativeMeasure,
    NumberMeasure,
    Operator,
    OrdinalMeasure,
    Scale,
)
from core.texts import eligibility as texts

TODAY = date(2026, 11, 23)
LEVELS = ("khong", "hoan-thanh", "tot", "xuat-sac")
LABELS = ("Không hoàn thành", "Hoàn thành", "Hoàn thành tốt", "Hoàn thành xuất sắc")
RATING = Scale("xep-loai", tuple(Level(key, label) for key, label in zip(LEVELS, LABELS, strict=True)))
GATE = Criterion(
    "001-N1",
    "N1",
    "Xếp loại",
    "Hoàn thành tốt nhiệm vụ trở lên",
    (OrdinalMeasure("1", "Xếp loại nào?", RATING, "tot", awaited="Đang chờ xếp loại"),),
    ClauseKind.PREREQUISITE,
)
LATE = Criterion(
    "001-X1",
    "X1",
    "Giờ giấc",
    "không chấp hành nghiêm giờ giấc làm việc chiếm tỷ lệ trên 10%",
    (NumberMeasure("1", "Bao nhiêu?", "%", Operator.ABOVE, Decimal(10), fraction="người/tổng số"),),
    ClauseKind.DISQUALIFIER,
)
MISSED = Criterion(
    "001-X3",
    "X3",
    "Văn bản trễ",
    "chưa đảm bảo thời hạn các văn bản",
    (DeclarationMeasure("1", "Có văn bản trễ không?"),),
    ClauseKind.DISQUALIFIER,
)
STANDARD = Criterion(
    "001-T1",
    "T1",
    "Giải ngân",
    "100%",
    (NumberMeasure("1", "?", "%", Operator.EQUAL, Decimal(100)),),
    ClauseKind.STANDARD,
)
CONTENT = Criterion("001-C1", "C1", "Nội dung", "Thi đua", (NarrativeMeasure("1", "?"),))


def entry(criterion: Criterion, answer: Answer | NotApplicable) -> Entry:
    return Entry(criterion, given_to_json(answer), judge(criterion, answer).outcome, "", ())


def rated(level: str) -> Entry:
    return entry(GATE, Answer({"1": LevelGiven(level)}))


def share(part: int, whole: int) -> Entry:
    value = Decimal(part) * 100 / Decimal(whole)
    return entry(LATE, Answer({"1": NumberGiven(value, Decimal(part), Decimal(whole))}))


def percent(value: Decimal) -> Entry:
    return entry(LATE, Answer({"1": NumberGiven(value)}))


def stands(
    *entries: Entry,
    hindrances: tuple[HindranceFacts, ...] = (),
    nominations: tuple[NominationFacts, ...] = (),
    waivers: tuple[WaiverFacts, ...] = (),
    today: date = TODAY,
) -> Standing:
    return consider(entries, hindrances, nominations, waivers, today)


def case(standing: Standing, *, signed: bool = True, track: Track = Track.INDIVIDUAL) -> Case:
    return Case(1, 1, 1, 1, track, "Trần Thị Lan", "Khoa Nội", "Thi đua", "Năm 2026", signed, standing)


def told(standing: Standing) -> str:
    return "\n".join(texts.told(case(standing)))


@pytest.mark.parametrize("level", LEVELS)
def test_a_rating_counts_from_its_minimum_on(level: str) -> None:
    standing = stands(rated(level))
    assert (standing.result is Result.ELIGIBLE) is (LEVELS.index(level) >= LEVELS.index("tot"))
    assert [one.kind for one in standing.obstacles] == (
        [] if LEVELS.index(level) >= 2 else [ObstacleKind.PREREQUISITE]
    )


def test_a_rating_that_is_not_out_yet_is_pending_not_refused() -> None:
    standing = stands(entry(GATE, Answer({"1": AwaitedGiven()})))
    assert standing.result is Result.AWAITED
    assert "Đang chờ, chưa phải là bị từ chối:" in told(standing)
    assert "«Hoàn thành tốt nhiệm vụ trở lên»: Đang chờ xếp loại" in told(standing)
    assert not standing.barring


@given(st.decimals(0, 100, places=3))
def test_a_disqualifier_excludes_only_beyond_its_border(value: Decimal) -> None:
    standing = stands(percent(value))
    assert (standing.result is Result.NOT_ELIGIBLE) is (value > 10)


@pytest.mark.parametrize(("value", "hit"), [("10", False), ("10.0", False), ("10.1", True), ("10.001", True)])
def test_ten_percent_is_not_above_ten_percent(value: str, hit: bool) -> None:  # noqa: FBT001 - a table
    assert bool(stands(percent(Decimal(value))).barring) is hit


@given(st.integers(1, 500), st.integers(0, 500))
def test_a_share_is_told_with_its_denominator(whole: int, part: int) -> None:
    part = min(part, whole)
    standing = stands(share(part, whole))
    hit = 10 * part > whole
    assert bool(standing.barring) is hit
    if hit:
        assert f"{part}/{whole} " in told(standing)
        assert "trên 10 %" in told(standing)
        assert "001-X1 «không chấp hành nghiêm giờ giấc" in told(standing)


def test_every_obstacle_is_told_with_its_clause_and_its_sum() -> None:
    standing = stands(
        rated("hoan-thanh"),
        share(12, 98),
        entry(MISSED, Answer({"1": DeclarationGiven(yes=True)})),
        entry(STANDARD, Answer({"1": NumberGiven(Decimal(97))})),
        entry(CONTENT, Answer()),
        hindrances=(HindranceFacts(3, HindranceKind.DISCIPLINE, TODAY, None, "Quyết định 15/QĐ"),),
        nominations=(NominationFacts(4, 9, "Thi đua 2025", "Năm 2025", "Một cửa số", commended=True),),
    )
    assert [one.kind for one in standing.barring] == [
        ObstacleKind.PREREQUISITE,
        ObstacleKind.DISQUALIFIER,
        ObstacleKind.DISQUALIFIER,
        ObstacleKind.STANDARD,
        ObstacleKind.DISCIPLINE,
        ObstacleKind.COMMENDED,
    ]
    words = told(standing)
    assert "Chưa được xét vì:" in words
    assert "12/98 ≈ 12,24 %" in words
    assert "mức Hoàn thành không đạt «Hoàn thành tốt trở lên»" in words.replace("Mức", "mức")
    assert "97 % không đạt «đúng 100 %»" in words
    assert "chưa rõ ngày kết thúc (Quyết định 15/QĐ)" in words
    assert "đã được khen ở Thi đua 2025, năm 2025; một thành tích chỉ khen một lần" in words
    assert "001-C1" not in words


def test_what_is_unknown_is_said_apart() -> None:
    standing = stands(entry(GATE, Answer()), entry(STANDARD, Answer()), share(12, 98))
    assert standing.result is Result.NOT_ELIGIBLE
    assert [one.criterion and one.criterion.code for one in standing.unanswered] == ["001-N1", "001-T1"]
    words = told(standing)
    assert "Chưa có thông tin:" in words
    assert "001-N1 «Hoàn thành tốt nhiệm vụ trở lên»: chưa trả lời." in words
    assert "Còn 1 tiêu chuẩn khen thưởng chưa trả lời." in words
    assert stands(entry(LATE, Answer())).result is Result.INCOMPLETE


def test_no_gate_can_be_waved_away() -> None:
    waved = stands(entry(GATE, NotApplicable("Không thuộc nhiệm vụ")))
    assert waved.result is Result.INCOMPLETE
    assert "không ghi «Không áp dụng» được" in told(waved)
    assert stands(entry(LATE, NotApplicable("Không có đơn vị trực thuộc"))).result is Result.NOT_ELIGIBLE


def test_what_only_people_can_judge_stands_in_nobodys_way() -> None:
    narrated = entry(CONTENT, Answer({"1": TextGiven("Đã làm.")}))
    assert narrated.outcome is Outcome.NEEDS_REVIEW
    assert stands(narrated, rated("tot")).result is Result.ELIGIBLE


days = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@given(days, st.none() | st.integers(0, 200), days)
def test_a_hindrance_holds_from_its_first_day_to_its_last(
    since: date, length: int | None, today: date
) -> None:
    until = None if length is None else since + timedelta(days=length)
    under = HindranceFacts(1, HindranceKind.COMPLAINT, since, until, "Đơn số 3")
    standing = stands(hindrances=(under,), today=today)
    holds = since <= today and (until is None or today <= until)
    assert (standing.result is Result.NOT_ELIGIBLE) is holds


def test_the_last_day_and_the_day_after() -> None:
    under = HindranceFacts(1, HindranceKind.DISCIPLINE, date(2026, 1, 1), TODAY, "Quyết định 15/QĐ")
    last = stands(hindrances=(under,))
    assert "Đang trong thời gian bị kỷ luật, đến hết thứ Hai 23/11/2026 (Quyết định 15/QĐ)" in told(last)
    assert stands(hindrances=(under,), today=TODAY + timedelta(days=1)).result is Result.ELIGIBLE
    assert stands(hindrances=(under,), today=date(2025, 12, 31)).result is Result.ELIGIBLE


def waiver(obstacle: str, state: WaiverState, number: int = 1) -> WaiverFacts:
    return WaiverFacts(number, obstacle, state, "Nghỉ thai sản theo chế độ", "Minh", 5, "Hạnh")


@pytest.mark.parametrize("state", list(WaiverState))
def test_a_waived_obstacle_stays_shown(state: WaiverState) -> None:
    (only,) = stands(share(12, 98)).obstacles
    standing = stands(share(12, 98), waivers=(waiver(only.key, state),))
    (obstacle,) = standing.obstacles
    assert (standing.result is Result.ELIGIBLE) is (state is WaiverState.GRANTED)
    assert obstacle.waivable is (state is WaiverState.DENIED)
    assert "12/98 ≈ 12,24 %" in told(standing)
    if state is WaiverState.GRANTED:
        assert (
            "Đã được bỏ qua, lý do «Nghỉ thai sản theo chế độ»; người đề nghị: Minh; người quyết định: Hạnh"
            in told(standing)
        )


def test_a_waiver_is_of_what_was_seen() -> None:
    (seen,) = stands(share(12, 98)).obstacles
    worse = stands(share(90, 98), waivers=(waiver(seen.key, WaiverState.GRANTED),))
    assert worse.result is Result.NOT_ELIGIBLE


def test_the_last_word_about_an_obstacle_counts() -> None:
    (seen,) = stands(share(12, 98)).obstacles
    twice = (waiver(seen.key, WaiverState.DENIED, 1), waiver(seen.key, WaiverState.GRANTED, 2))
    assert stands(share(12, 98), waivers=twice).result is Result.ELIGIBLE


def test_nobody_sets_aside_what_is_not_known() -> None:
    (unknown,) = stands(entry(LATE, Answer())).obstacles
    assert not unknown.waivable


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Một cửa số hóa hồ sơ", "một cửa, số hóa hồ sơ.", True),
        ("Mot cua so hoa ho so", "Một cửa số hóa hồ sơ", True),
        ("Một cửa số hóa hồ sơ", "Một cửa số hóa hồ sơ giai đoạn 2", False),
        ("", "", False),
        ("...", "?!", False),
    ],
)
def test_the_same_achievement_however_it_is_spelt(one: str, other: str, same: bool) -> None:  # noqa: FBT001 - a table
    assert same_achievement(one, other) is same


def test_a_key_fits_a_button() -> None:
    for standing in (stands(share(12, 98)), stands(rated("khong"))):
        assert all(one.key.isascii() and len(one.key) <= 40 for one in standing.obstacles)


@pytest.mark.parametrize(
    ("kind", "obstacle"),
    [
        (ClauseKind.PREREQUISITE, ObstacleKind.UNANSWERED),
        (ClauseKind.DISQUALIFIER, ObstacleKind.DISQUALIFIER),
        (ClauseKind.STANDARD, ObstacleKind.STANDARD),
    ],
)
def test_saying_that_it_does_not_apply_opens_no_gate(kind: ClauseKind, obstacle: ObstacleKind) -> None:
    criterion = Criterion(
        "009-X1", "X1", "Giờ giấc", "Không xét.", (DeclarationMeasure("1", "Có không?"),), kind
    )
    said = given_to_json(NotApplicable("Không thuộc nhiệm vụ"))
    standing = consider(
        [Entry(criterion, said, Outcome.NOT_APPLICABLE, "", ())], [], [], [], date(2026, 12, 1)
    )
    assert [one.kind for one in standing.obstacles] == [obstacle]
    assert standing.result is not Result.ELIGIBLE
