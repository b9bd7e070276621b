"""The five plans: who is asked what, where each target lies, how many are commended, and how it reads."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from core.calendar import WorkCalendar
from core.campaign_terms import Feedback, Quota, RoundKind, SubjectKind, Unsaid
from core.campaigns import Campaign, CampaignKind, Track
from core.criteria import (
    Answer,
    AwaitedGiven,
    ClauseKind,
    DeclarationGiven,
    DeltaGiven,
    Given,
    LevelGiven,
    NumberGiven,
    Outcome,
    TextGiven,
    WayGiven,
)
from core.criteria_judged import judge
from core.measures import OrdinalMeasure
from core.roles import Role
from core.texts.campaigns import read_back
from services.papers.campaign_toml import read_file

PLANS = Path(__file__).resolve().parents[2] / "campaigns"


def plan_of(name: str) -> Campaign:
    return read_file(PLANS / f"{name}.toml")


@pytest.fixture(scope="module")
def binh_dinh() -> Campaign:
    return plan_of("binh-dinh-2021-2025")


@pytest.fixture(scope="module")
def ninh_thuan() -> Campaign:
    return plan_of("ninh-thuan-2024")


@pytest.fixture(scope="module")
def vung_tau() -> Campaign:
    return plan_of("ba-ria-vung-tau-2023")


@pytest.fixture(scope="module")
def umbrella() -> Campaign:
    return plan_of("binh-dinh-2025")


def number(value: str) -> NumberGiven:
    return NumberGiven(Decimal(value))


def ranks(before: str, now: str) -> DeltaGiven:
    return DeltaGiven(Decimal(before), Decimal(now))


def outcome(campaign: Campaign, code: str, files: int = 0, **given: Given) -> Outcome:
    """Where the clause stands; measures go by their codes with «_» for «-», a single one by `answer`."""
    answers = {name.replace("_", "-"): one for name, one in given.items()}
    if "answer" in answers:
        answers = {campaign.criterion(code).measures[0].code: answers["answer"]}
    return judge(campaign.criterion(code), Answer(answers, files)).outcome


def codes_of(campaign: Campaign, track: Track) -> list[str]:
    return [criterion.code.partition("-")[2] for criterion in campaign.criteria(track)]


def quotas_of(campaign: Campaign) -> list[tuple[str, str, int, bool, str]]:
    assert not isinstance(campaign.commendation, Unsaid)
    quotas = campaign.commendation.quotas
    assert not isinstance(quotas, Unsaid)

    def row(quota: Quota) -> tuple[str, str, int, bool, str]:
        return quota.round.value, quota.subject.value, quota.count, quota.at_most, quota.clause.code

    return list(map(row, quotas))


def test_every_question_can_be_asked_on_a_telephone() -> None:
    for name in ("binh-dinh-2021-2025", "ninh-thuan-2024", "ba-ria-vung-tau-2023"):
        for criterion in plan_of(name).criteria():
            assert criterion.evidence, criterion.code
            assert criterion.usual, criterion.code
            assert criterion.key.isascii()
            for measure in criterion.measures:
                assert len(measure.question) <= 160, criterion.code
                assert measure.question.endswith(("?", ".")), criterion.code


def test_content_and_standards_of_binh_dinh_are_told_apart(binh_dinh: Campaign) -> None:
    kinds = {criterion.code[4:]: criterion.kind for criterion in binh_dinh.criteria()}
    assert kinds["N2"] is ClauseKind.PREREQUISITE
    assert kinds["N1"] is kinds["T1"] is ClauseKind.STANDARD
    assert {kinds[f"C{n}"] for n in range(1, 8)} == {ClauseKind.CONTENT}
    everyone = [f"C{n}" for n in range(1, 8)]
    assert codes_of(binh_dinh, Track.INDIVIDUAL) == ["N2", "N1", *everyone]
    assert codes_of(binh_dinh, Track.COLLECTIVE) == ["T1", *everyone]
    assert binh_dinh.tracks() == (Track.INDIVIDUAL, Track.COLLECTIVE)


@pytest.mark.parametrize(
    ("level", "expected"),
    [("hoan-thanh", Outcome.NOT_MET), ("tot", Outcome.MET), ("xuat-sac", Outcome.MET)],
)
def test_in_binh_dinh_good_is_good_enough(binh_dinh: Campaign, level: str, expected: Outcome) -> None:
    assert outcome(binh_dinh, "000-N2", answer=LevelGiven(level)) is expected
    assert outcome(binh_dinh, "000-N2", answer=AwaitedGiven()) is Outcome.AWAITED


def test_a_merit_or_a_whole_initiative(binh_dinh: Campaign) -> None:
    told, yes, no = TextGiven("Đã làm."), DeclarationGiven(yes=True), DeclarationGiven(yes=False)
    merit, initiative, new_way = WayGiven("thanh-tich"), WayGiven("sang-kien"), WayGiven("cach-moi")
    assert outcome(binh_dinh, "000-N1", dat=merit, thanh_tich=told) is Outcome.NEEDS_REVIEW
    assert outcome(binh_dinh, "000-N1", dat=initiative, ap_dung=yes, hieu_qua=told) is Outcome.UNANSWERED
    assert outcome(binh_dinh, "000-N1", 1, dat=initiative, ap_dung=yes, hieu_qua=told) is Outcome.NEEDS_REVIEW
    assert outcome(binh_dinh, "000-N1", 1, dat=initiative, ap_dung=no, hieu_qua=told) is Outcome.NOT_MET
    assert outcome(binh_dinh, "000-T1", dat=new_way, giai_phap=told) is Outcome.UNANSWERED
    assert outcome(binh_dinh, "000-T1", dat=new_way, giai_phap=told, hoc_tap=yes) is Outcome.NEEDS_REVIEW
    assert outcome(binh_dinh, "000-T1", dat=new_way, giai_phap=told, hoc_tap=no) is Outcome.NOT_MET
    assert outcome(binh_dinh, "000-T1", dat=merit, thanh_tich=told) is Outcome.NEEDS_REVIEW


def test_quotas_of_binh_dinh_are_two_ledgers_of_at_most(binh_dinh: Campaign) -> None:
    assert quotas_of(binh_dinh) == [
        ("yearly", "collective", 5, True, "000-A2"),
        ("yearly", "individual", 10, True, "000-A2"),
        ("period", "collective", 10, True, "000-A3"),
        ("period", "individual", 20, True, "000-A3"),
    ]


def test_rounds_and_deadlines_of_binh_dinh(binh_dinh: Campaign) -> None:
    assert [(one.code, one.kind, one.year) for one in binh_dinh.rounds] == [
        *((str(year), RoundKind.YEARLY, year) for year in range(2022, 2026)),
        ("giai-doan", RoundKind.PERIOD, None),
    ]
    due = {one.code: one for one in binh_dinh.deadlines}
    assert due["000-D1"].last_day(2022) == date(2022, 3, 30)
    assert [due["000-D2"].last_day(year) for year in (2022, 2023, 2024, 2025)] == [
        date(year, 12, 14) for year in (2022, 2023, 2024, 2025)
    ]
    guidance = due["000-D3"]
    assert isinstance(guidance.day, Unsaid)
    assert guidance.round == "giai-doan"
    assert guidance.words.startswith("Sở Y tế sẽ có văn bản hướng dẫn")


def test_tracks_of_ninh_thuan_differ(ninh_thuan: Campaign) -> None:
    individual = [f"N{n}" for n in range(1, 6)]
    assert codes_of(ninh_thuan, Track.INDIVIDUAL) == individual
    assert codes_of(ninh_thuan, Track.HEAD) == [*individual, *(f"L{n}" for n in range(1, 6))]
    assert sorted(codes_of(ninh_thuan, Track.COLLECTIVE)) == sorted(
        [*(f"T{n}" for n in range(1, 12)), "X1", "X2", "X3"]
    )
    assert ninh_thuan.tracks() == (Track.INDIVIDUAL, Track.HEAD, Track.COLLECTIVE)


def test_gates_and_disqualifiers_of_ninh_thuan(ninh_thuan: Campaign) -> None:
    gates: dict[ClauseKind, list[str]] = {}
    for criterion in ninh_thuan.criteria():
        gates.setdefault(criterion.kind, []).append(criterion.code)
    assert gates[ClauseKind.PREREQUISITE] == ["001-T1", "001-N1"]
    assert gates[ClauseKind.DISQUALIFIER] == ["001-X1", "001-X2", "001-X3"]
    for code in gates[ClauseKind.PREREQUISITE]:
        rating = ninh_thuan.criterion(code).measures[0]
        assert isinstance(rating, OrdinalMeasure)
        assert (rating.minimum, rating.awaited) == ("xuat-sac", "Đang chờ xếp loại")
        assert outcome(ninh_thuan, code, answer=LevelGiven("tot")) is Outcome.NOT_MET
        assert outcome(ninh_thuan, code, answer=LevelGiven("xuat-sac")) is Outcome.MET
        assert outcome(ninh_thuan, code, answer=AwaitedGiven()) is Outcome.AWAITED


@pytest.mark.parametrize(
    ("code", "value", "expected"),
    [
        ("001-X1", "10", Outcome.MET),
        ("001-X1", "10.1", Outcome.NOT_MET),
        ("001-X1", "12.2", Outcome.NOT_MET),
        ("001-X2", "10", Outcome.MET),
        ("001-X2", "10.000001", Outcome.NOT_MET),
        ("001-X3", "0", Outcome.MET),
        ("001-X3", "1", Outcome.NOT_MET),
        ("001-T8", "100", Outcome.MET),
        ("001-T8", "99.9", Outcome.NOT_MET),
        ("001-T9", "0", Outcome.MET),
        ("001-T9", "1", Outcome.NOT_MET),
        ("001-L2", "100", Outcome.MET),
        ("001-L3", "99.99", Outcome.NOT_MET),
        ("001-L4", "100", Outcome.MET),
        ("001-L5", "0", Outcome.MET),
        ("001-L5", "2", Outcome.NOT_MET),
    ],
)
def test_figures_of_ninh_thuan_at_their_borders(
    ninh_thuan: Campaign, code: str, value: str, expected: Outcome
) -> None:
    assert outcome(ninh_thuan, code, answer=number(value)) is expected


def test_a_score_or_a_rank_that_rose(ninh_thuan: Campaign) -> None:
    index = "001-T10"
    assert outcome(ninh_thuan, index, diem=ranks("70", "70.1")) is Outcome.MET
    assert outcome(ninh_thuan, index, bac=ranks("8", "5")) is Outcome.MET
    assert outcome(ninh_thuan, index, diem=ranks("70", "70"), bac=ranks("8", "7")) is Outcome.MET
    assert outcome(ninh_thuan, index, diem=ranks("70", "70"), bac=ranks("5", "5")) is Outcome.NOT_MET
    assert outcome(ninh_thuan, index, diem=ranks("70", "69"), bac=ranks("5", "8")) is Outcome.NOT_MET


def test_a_head_needs_the_class_and_the_rise(ninh_thuan: Campaign) -> None:
    tot, kha, rose = LevelGiven("tot"), LevelGiven("kha"), ranks("70", "71")
    assert outcome(ninh_thuan, "001-L1", xep_loai=tot, diem=rose) is Outcome.MET
    assert outcome(ninh_thuan, "001-L1", xep_loai=kha, diem=rose) is Outcome.NOT_MET
    assert outcome(ninh_thuan, "001-L1", xep_loai=tot) is Outcome.UNANSWERED
    assert outcome(ninh_thuan, "001-L1", xep_loai=AwaitedGiven(), bac=ranks("3", "2")) is Outcome.AWAITED


def test_two_rates_may_pass_what_was_assigned(ninh_thuan: Campaign) -> None:
    full, more, less = number("100"), number("125"), number("99.5")
    assert outcome(ninh_thuan, "001-T5", phat_sinh=full, truc_tuyen=more) is Outcome.MET
    assert outcome(ninh_thuan, "001-T5", phat_sinh=full, truc_tuyen=less) is Outcome.NOT_MET


def test_discipline_and_no_late_file(ninh_thuan: Campaign) -> None:
    yes = DeclarationGiven(yes=True)
    assert outcome(ninh_thuan, "001-N5", ky_luat=yes, tre_hen=number("0")) is Outcome.MET
    assert outcome(ninh_thuan, "001-N5", ky_luat=yes, tre_hen=number("1")) is Outcome.NOT_MET


def test_what_ninh_thuan_leaves_open(ninh_thuan: Campaign) -> None:
    assert ninh_thuan.issued_on == Unsaid("ngày tháng năm 2024")
    assert ninh_thuan.window.from_issue
    assert ninh_thuan.window.ends_on == date(2024, 12, 30)
    assert [(one.code, one.kind, one.year) for one in ninh_thuan.rounds] == [("2024", RoundKind.YEARLY, 2024)]
    assert all(isinstance(one.day, Unsaid) for one in ninh_thuan.deadlines)
    assert not isinstance(ninh_thuan.commendation, Unsaid)
    assert ninh_thuan.commendation.quotas == Unsaid()
    assert not isinstance(ninh_thuan.dossier, Unsaid)
    assert ninh_thuan.dossier.copies == 1


def test_vung_tau_commends_an_exact_number(vung_tau: Campaign) -> None:
    assert quotas_of(vung_tau) == [
        ("yearly", "collective", 5, False, "002-A2"),
        ("yearly", "individual", 10, False, "002-A2"),
    ]
    assert [(one.code, one.kind, one.year) for one in vung_tau.rounds] == [("2023", RoundKind.YEARLY, 2023)]
    assert vung_tau.window.ends_on == date(2023, 12, 31)
    assert vung_tau.dossier == vung_tau.feedback == Unsaid()
    assert vung_tau.deadlines == ()


def test_standards_of_vung_tau(vung_tau: Campaign) -> None:
    everyone = [f"C{n}" for n in range(1, 6)]
    assert codes_of(vung_tau, Track.INDIVIDUAL) == ["N1", "N2", *everyone]
    assert codes_of(vung_tau, Track.COLLECTIVE) == [*(f"T{n}" for n in range(1, 6)), *everyone]
    told = TextGiven("Có giải pháp.")
    tot, usual = LevelGiven("tot"), LevelGiven("hoan-thanh")
    assert outcome(vung_tau, "002-N1", xep_loai=tot) is Outcome.UNANSWERED
    assert outcome(vung_tau, "002-N1", xep_loai=tot, giai_phap=told) is Outcome.NEEDS_REVIEW
    assert outcome(vung_tau, "002-N1", xep_loai=usual, giai_phap=told) is Outcome.NOT_MET
    assert outcome(vung_tau, "002-T5", nam_nay=number("2")) is Outcome.NEEDS_REVIEW
    assert outcome(vung_tau, "002-T5", nam_truoc=number("9")) is Outcome.UNANSWERED


def test_the_umbrella_asks_nobody_anything(umbrella: Campaign) -> None:
    assert umbrella.kind is CampaignKind.UMBRELLA
    assert umbrella.tracks() == ()
    assert umbrella.rounds == ()
    assert umbrella.commendation == umbrella.dossier == Unsaid()
    assert [len(group.criteria) for group in umbrella.groups] == [2, 4, 2, 4, 1, 4, 2]
    assert not any(criterion.measures for criterion in umbrella.criteria())
    assert umbrella.theme == "Phong trào thi đua yêu nước năm 2025"
    told = umbrella.feedback
    assert isinstance(told, Feedback)
    assert (told.to, told.written, told.changes) == ("so-y-te", True, True)


APPRAISERS = [
    ("binh-dinh-2021-2025", ["tccb"], ["van-phong"]),
    ("ninh-thuan-2024", ["tccb"], ["van-phong"]),
    ("ba-ria-vung-tau-2023", ["van-phong"], ["van-phong"]),
    ("hoai-nhon-2026-2030", ["tc-hc"], ["tc-hc"]),
]


@pytest.mark.parametrize(("name", "appraisers", "offices"), APPRAISERS)
def test_who_appraises_differs_from_plan_to_plan(
    name: str, appraisers: list[str], offices: list[str]
) -> None:
    bodies = plan_of(name).bodies
    assert [body.code for body in bodies if Role.APPRAISER in body.roles] == appraisers
    assert [body.code for body in bodies if Role.OFFICE in body.roles] == offices


def test_everybody_who_may_enter_has_a_sentence() -> None:
    for name in ("binh-dinh-2021-2025", "ninh-thuan-2024", "ba-ria-vung-tau-2023"):
        kinds = [subject.kind for subject in plan_of(name).subjects]
        assert kinds == [SubjectKind.COLLECTIVE, SubjectKind.INDIVIDUAL]


LINES = [
    ("binh-dinh-2021-2025", "hằng năm không quá 05 tập thể [000-A2]"),
    ("binh-dinh-2021-2025", "cả giai đoạn không quá 20 cá nhân [000-A3]"),
    ("binh-dinh-2021-2025", "«trước 31/3/2022», tức chậm nhất thứ Tư 30/03/2022"),
    ("binh-dinh-2021-2025", "«trước ngày 15/12 hằng năm», tức chậm nhất ngày 14/12 hằng năm"),
    ("binh-dinh-2021-2025", "(nguyên văn: «Sở Y tế sẽ có văn bản hướng dẫn cụ thể"),
    ("binh-dinh-2021-2025", "Số bộ: chưa quy định trong kế hoạch"),
    ("ninh-thuan-2024", "(nguyên văn: «ngày tháng năm 2024»)"),
    ("ninh-thuan-2024", "Ngày bắt đầu: ngày ban hành kế hoạch"),
    ("ninh-thuan-2024", "Ngày kết thúc: thứ Hai 30/12/2024"),
    ("ninh-thuan-2024", "Số bộ: 01 bộ"),
    ("ninh-thuan-2024", "Số lượng: chưa quy định trong kế hoạch"),
    ("ninh-thuan-2024", "(nguyên văn: «Theo hướng dẫn của Sở Nội vụ tỉnh»)"),
    ("ba-ria-vung-tau-2023", "hằng năm đúng 05 tập thể [002-A2]; hằng năm đúng 10 cá nhân [002-A2]"),
    ("ba-ria-vung-tau-2023", "Ngày kết thúc: Chủ nhật 31/12/2023"),
    ("ba-ria-vung-tau-2023", "HỒ SƠ ĐỀ NGHỊ KHEN THƯỞNG: chưa quy định trong kế hoạch"),
    ("binh-dinh-2025", "Loại: kế hoạch chung, không tự đánh giá riêng"),
    ("binh-dinh-2025", "Chủ đề: Phong trào thi đua yêu nước năm 2025"),
    ("binh-dinh-2025", "phải bằng văn bản; nhận cả đề nghị điều chỉnh kế hoạch"),
]


@pytest.mark.parametrize(("name", "line"), LINES)
def test_a_plan_reads_back_what_was_understood(name: str, line: str) -> None:
    assert line in read_back(plan_of(name), WorkCalendar())


@pytest.mark.parametrize("name", sorted({name for name, _ in LINES}))
def test_a_plan_reads_back_every_clause(name: str) -> None:
    plan = plan_of(name)
    said = read_back(plan, WorkCalendar())
    assert [one.code for one in plan.clauses() if one.quote not in said] == []
    assert "None" not in said
    assert "{" not in said
