"""Everybody who may be considered, as the screens about it show them."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from core.assessment import Entry, given_to_json
from core.campaign_terms import Clause, Quota, RoundKind, SubjectKind
from core.campaigns import Track
from core.criteria import Answer, AwaitedGiven, ClauseKind, Criterion, LevelGiven, NumberGiven
from core.criteria_judged import judge
from core.eligibility import (
    Case,
    HindranceChange,
    HindranceFacts,
    HindranceKind,
    NominationFacts,
    Obstacle,
    Standing,
    WaiverFacts,
    WaiverState,
    consider,
)
from core.measures import Level, NumberMeasure, Operator, OrdinalMeasure, Scale
from core.quotas import Ledger, LedgerRow, Used

TODAY = date(2026, 11, 23)
RATING = Scale("xep-loai", (Level("kem", "Hoàn thành"), Level("tot", "Hoàn thành tốt")))
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
    "Không chấp hành giờ giấc trên 10%",
    (NumberMeasure("1", "Bao nhiêu?", "%", Operator.ABOVE, Decimal(10), fraction="người/tổng số"),),
    ClauseKind.DISQUALIFIER,
)


def samples(words: str) -> dict[object, Sequence[object]]:
    """By the type that a function of the texts asks for."""
    cases = list(_cases(words))
    return {
        Case: cases,
        Obstacle: [one for case in cases for one in case.standing.obstacles],
        HindranceFacts: _hindrances(words),
        HindranceChange: [
            HindranceChange(1, TODAY, None, True, words, words, "Lê Thị Văn", 5),
            HindranceChange(2, TODAY, TODAY, False, words, words, "Lê Thị Văn", 5),
        ],
        HindranceChange | None: [
            HindranceChange(3, TODAY, None, True, words, words, "Lê Thị Văn", 5),
            None,
        ],
        HindranceKind: list(HindranceKind),
        NominationFacts: [_nomination(words, commended=False), _nomination(words, commended=True)],
        SubjectKind: list(SubjectKind),
        Ledger: [_ledger(1, at_most=True), _ledger(2, at_most=False)],
    }


def _cases(words: str) -> list[Case]:
    """In order, hindered, incomplete, awaited, and set aside."""
    bad = [_entry(GATE, Answer({"1": LevelGiven("kem")})), _entry(LATE, _share(12, 98))]
    awaited = [_entry(GATE, Answer({"1": AwaitedGiven()})), _entry(LATE, Answer())]
    under = _hindrances(words)
    known = [_nomination(words, commended=True)]
    hindered = consider(bad, under, known, (), TODAY)
    waivers = [
        WaiverFacts(place, one.key, state, words, "Lê Thị Văn", 5, "Đỗ Văn Thẩm")
        for place, (one, state) in enumerate(zip(hindered.obstacles, [*WaiverState] * 2, strict=False), 1)
    ]
    standings = (
        consider([_entry(GATE, Answer({"1": LevelGiven("tot")}))], (), (), (), TODAY),
        hindered,
        consider(awaited, (), (), (), TODAY),
        consider(awaited[:1], (), (), (), TODAY),
        consider(bad, under, known, waivers, TODAY),
    )
    return [_case(place, one) for place, one in enumerate(standings, 1)]


def _case(place: int, standing: Standing) -> Case:
    return Case(
        assessment_id=place,
        round_id=1,
        person_id=3,
        unit_id=1,
        track=Track.COLLECTIVE if place % 2 else Track.INDIVIDUAL,
        name="Trần Thị Lan",
        unit="Khoa Nội",
        campaign="Thi đua cải cách hành chính",
        round_label="Năm 2026",
        signed=place != 1,
        standing=standing,
        nomination=_nomination("Số hóa hồ sơ", commended=place == 4) if place > 2 else None,
    )


def _entry(criterion: Criterion, answer: Answer) -> Entry:
    return Entry(criterion, given_to_json(answer), judge(criterion, answer).outcome, "", ())


def _share(part: int, whole: int) -> Answer:
    return Answer({"1": NumberGiven(Decimal(part) * 100 / whole, Decimal(part), Decimal(whole))})


def _hindrances(words: str) -> list[HindranceFacts]:
    return [
        HindranceFacts(1, HindranceKind.DISCIPLINE, TODAY, TODAY + timedelta(days=90), words),
        HindranceFacts(2, HindranceKind.COMPLAINT, TODAY, None, words),
    ]


def _nomination(words: str, *, commended: bool) -> NominationFacts:
    return NominationFacts(7, 9, "Thi đua 2025", "Năm 2025", words, commended)


def _ledger(round_id: int, *, at_most: bool) -> Ledger:
    clause = Clause("000-A2", "Không quá 05 tập thể")
    quotas = [Quota(RoundKind.YEARLY, subject, 5, at_most, clause) for subject in SubjectKind]
    rows = [
        LedgerRow(quota.subject, Used(proposed, 1), quota)
        for quota, proposed in zip(quotas, (2, 6), strict=True)
    ]
    silent = [LedgerRow(subject, Used(3)) for subject in SubjectKind]
    return Ledger("Thi đua cải cách hành chính", "Năm 2026", (*rows, *silent), round_id)
